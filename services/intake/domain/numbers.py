"""The registration number of a case: for the register in the office, never for a partner."""

from datetime import datetime
from typing import Final

from shared.contracts.vocabulary import CaseClass

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def registration_number(seq: int, kind: CaseClass, at: datetime) -> str:
    """Return a number such as ``0007/KTP/UPTD-PPA/III/2026`` (domain.md 1.3)."""
    return f"{seq:04d}/{kind}/UPTD-PPA/{_ROMAN[at.month - 1]}/{at.year}"
