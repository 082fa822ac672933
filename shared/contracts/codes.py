"""Code lists and their labels in both languages, from ``codes.json``; codes are never re-used."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).with_name("codes.json")


@cache
def _lists() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    raw = json.loads(_FILE.read_text(encoding="utf-8"))
    made = {
        name: {row["code"]: row for row in listed["rows"]} for name, listed in raw["lists"].items()
    }
    made["AREA"] = {row["kemendagri"]: _area(row) for row in raw["areas"]} | {
        "LUAR": {"code": "LUAR", "id": "Luar kota", "en": "Outside the city"},
        "NA": {"code": "NA", "id": "Tidak diketahui", "en": "Unknown"},
    }
    return made


def _area(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "code": row["kemendagri"], "id": row["kelurahan"], "en": row["kelurahan"]}


def codes(name: str) -> tuple[str, ...]:
    """Return the codes of a list (``CL08``, or ``AREA`` for the kelurahan) in their order."""
    return tuple(_lists()[name])


def row(name: str, code: str) -> Mapping[str, Any]:
    """Return one row of a list; KeyError when there is no such code."""
    return _lists()[name][code]


def label(name: str, code: str, language: str = "id") -> str:
    """Return the label of a code in ``id`` or ``en``; the code itself when it is unknown."""
    found = _lists()[name].get(code)
    return str(found[language]) if found else code


def choices(name: str, language: str = "id") -> list[tuple[str, str]]:
    """Return (code, label) pairs for a form."""
    return [(code, label(name, code, language)) for code in codes(name)]
