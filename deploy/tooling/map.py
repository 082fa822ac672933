"""`make map`: writes the tables and documents that are made from the code.

A table stands between two marker lines; what is written by hand around it stays. The AsyncAPI
document is generated whole.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from deploy.tooling.events_table import events_heard_by, events_published_by, every_event
from deploy.tooling.map_asyncapi import asyncapi
from deploy.tooling.readme_table import four_services, paths
from deploy.tooling.routes_table import routes_of
from shared.contracts.event import Publisher

ROOT: Final = Path(__file__).resolve().parents[2]
BEGIN: Final = "<!-- made by make map: {name} -->"
END: Final = "<!-- end of {name} -->"


def tables() -> Iterator[tuple[Path, str, str]]:
    """Each generated table: the README it stands in, its name, its lines."""
    yield ROOT / "README.md", "services", four_services()
    yield ROOT / "README.md", "paths", paths()
    yield ROOT / "shared/contracts/README.md", "events", every_event()
    for service in Publisher:
        readme = ROOT / "services" / service / "README.md"
        yield readme, "routes", routes_of(ROOT / "services" / service)
        yield readme, "events", events_published_by(service)
        yield readme, "listens", events_heard_by(service)


def documents() -> Iterator[tuple[Path, str]]:
    """Each file that is generated whole, and its text."""
    yield ROOT / "shared/contracts/asyncapi.json", asyncapi()


def stale() -> list[str]:
    """The files that do not say what the code says."""
    readmes = {
        readme
        for readme, name, table in tables()
        if _read(readme) != with_table(_read(readme), name, table)
    }
    whole = {path for path, text in documents() if not path.exists() or path.read_text() != text}
    return sorted(path.relative_to(ROOT).as_posix() for path in readmes | whole)


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
    """Writes the tables that have changed, and the documents."""
    for readme, name, table in tables():
        text = _read(readme)
        if not readme.exists() or text != with_table(text, name, table):
            readme.write_text(with_table(text, name, table), encoding="utf-8")
            sys.stdout.write(f"{readme.relative_to(ROOT)}: {name}\n")
    for path, text in documents():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
