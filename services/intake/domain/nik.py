"""What a NIK says about itself; it only ever warns, for it may differ from the truth.

Sixteen digits: six for the area of first registration, the birth date as DDMMYY with forty
added to the day for women, and a serial number (domain.md 1.3).
"""

import re
from typing import Final

from services.intake.domain.forms.field import Answers

_SHAPE: Final = re.compile(r"\d{16}")


def nik_warnings(person: Answers) -> list[str]:
    """Return codes of what does not fit between a NIK and the other answers; never an error."""
    nik = person.get("nik")
    if not nik:
        return []
    if not isinstance(nik, str) or not _SHAPE.fullmatch(nik):
        return ["nik_not_16_digits"]
    warnings = []
    if person.get("sex") and (int(nik[6:8]) > 40) != (person["sex"] == "P"):
        warnings.append("nik_sex_differs")
    if person.get("birth_date") and _born(nik) != _as_nik(person["birth_date"]):
        warnings.append("nik_birth_date_differs")
    return warnings


def masked(nik: str) -> str:
    """Return a NIK as it may be shown: the first and the last four digits."""
    return f"{nik[:4]}{'*' * (len(nik) - 8)}{nik[-4:]}" if len(nik) > 8 else "*" * len(nik)


def _born(nik: str) -> str:
    day = int(nik[6:8])
    return f"{day - 40 if day > 40 else day:02d}{nik[8:12]}"


def _as_nik(birth_date: str) -> str:
    year, month, day = birth_date.split("-")
    return f"{day}{month}{year[2:]}"
