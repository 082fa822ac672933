"""Reads and fills the English catalogue; `python -m shared.web.catalogue` adds what is missing.

The sentences are those given to `_`, `say` and `worded` anywhere in services/ and shared/.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[2]
ENGLISH: Final = Path(__file__).parent / "translations" / "en.po"
KEYWORDS: Final = {"_": None, "say": None, "worded": None}
#: Ending of a source file -> how Babel reads it; a template that cannot be read must not go by.
_SOURCES: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    ".py": ("python", {}),
    ".html": ("jinja2", {"extensions": "jinja2.ext.do", "silent": "false"}),
}


def english(path: Path = ENGLISH) -> Mapping[str, str]:
    """Every Indonesian sentence that has an English one."""
    return {
        str(message.id): str(message.string)
        for message in _read(path)
        if message.id and message.string and not message.fuzzy
    }


@cache
def used() -> frozenset[str]:
    """Every sentence that a page, a form or a message of ours may show."""
    found: set[str] = set()
    for path in _files():
        found.update(_sentences(path))
    return frozenset(found)


def missing() -> frozenset[str]:
    """Sentences in use that have no English."""
    return used() - english().keys()


def unused() -> frozenset[str]:
    """English sentences that nothing asks for any more."""
    return frozenset(str(message.id) for message in _read(ENGLISH) if message.id) - used()


def placeholders(sentence: str) -> frozenset[str]:
    """The {names} that a sentence fills in; both languages must have the same."""
    return frozenset(re.findall(r"\{(\w+)\}", sentence))


def _files() -> Iterator[Path]:
    for folder in ("services", "shared"):
        for ending in _SOURCES:
            yield from sorted((ROOT / folder).rglob("*" + ending))


def _sentences(path: Path) -> Iterator[str]:
    how, options = _SOURCES[path.suffix]
    with path.open("rb") as lines:
        for _line, found, _comments, _context in extract(how, lines, KEYWORDS, options=options):
            yield found if isinstance(found, str) else found[0]


def _read(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale="en")


def _write(catalogue: Catalog) -> None:
    with ENGLISH.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=True)


def main(arguments: Iterable[str]) -> None:
    """Add the missing sentences with empty English; with --prune also drop the unused."""
    catalogue = _read(ENGLISH)
    for sentence in missing() - {str(message.id) for message in catalogue}:
        catalogue.add(sentence)
    gone = unused()
    if "--prune" in arguments:
        for sentence in gone:
            catalogue.delete(sentence)
    _write(catalogue)
    sys.stdout.write(f"{len(missing())} without English, {len(gone)} unused\n")


if __name__ == "__main__":
    main(sys.argv[1:])
