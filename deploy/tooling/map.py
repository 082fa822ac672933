"""`make map`: writes the tables of the READMEs that are made from the code.

A table stands between two marker lines; what is written by hand around it stays.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from deploy.tooling.events_table import events_published_by, every_event
from deploy.tooling.routes_table import routes_of
from shared.contracts.event import Publisher

ROOT: Final = Path(__file__).resolve().parents[2]
BEGIN: Final = "<!-- made by make map: {name} -->"
END: Final = "<!-- end of {name} -->"


def tables() -> Iterator[tuple[Path, str, str]]:
    """Each generated table: the README it stands in, its name, its lines."""
    yield ROOT / "shared/contracts/README.md", "events", every_event()
    for service in Publisher:
        readme = ROOT / "services" / service / "README.md"
        yield readme, "routes", routes_of(ROOT / "services" / service)
        yield readme, "events", events_published_by(service)


def stale() -> list[str]:
    """The READMEs that do not say what the code says."""
    return sorted(
        {
            readme.relative_to(ROOT).as_posix()
            for readme, name, table in tables()
            if _read(readme) != with_table(_read(readme), name, table)
        }
    )


def with_table(text: str, name: str, table: str) -> str:
    """The text with this table between its markers, which are added when they are not there."""
    begin, end = BEGIN.format(name=name), END.format(name=name)
    if begin not in text or end not in text:
        text = f"{text.rstrip()}\n\n{begin}\n{end}\n"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{table.strip()}\n{end}{after}"


def _read(readme: Path) -> str:
    if readme.exists():
        return readme.read_text(encoding="utf-8")
    package = ".".join(readme.parent.relative_to(ROOT).parts)
    promise = (import_module(package).__doc__ or "").strip()
    return f"# {package}\n\n{promise}\n"


def main() -> None:
    """Writes the tables that have changed."""
    for readme, name, table in tables():
        text = _read(readme)
        if not readme.exists() or text != with_table(text, name, table):
            readme.write_text(with_table(text, name, table), encoding="utf-8")
            sys.stdout.write(f"{readme.relative_to(ROOT)}: {name}\n")


if __name__ == "__main__":
    main()
