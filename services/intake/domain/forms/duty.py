"""F21 Catatan Laporan Wajib: the unit's own duty to report (UU 12/2022, art. 41)."""

from typing import Final

from services.intake.domain.forms.field import (
    Answers,
    Field,
    Kind,
    Needed,
    Sensitivity,
    When,
    one_page,
)
from shared.contracts.protection import FieldClass


def _not_filed(block: Answers, _whole: Answers) -> bool:
    return block.get("filed") is False


def _filed(block: Answers, _whole: Answers) -> bool:
    return block.get("filed") is True


NOT_FILED: Final = When("bila tidak dilaporkan", "when not filed", _not_filed)
FILED: Final = When("bila dilaporkan", "when filed", _filed)

DUTY: Final = one_page(
    "F21",
    "Laporan wajib",
    "Mandatory report",
    Field("told_client_at", "Disampaikan kepada korban", "Told the person at", Kind.MOMENT),
    Field(
        "filed",
        "Sudah dilaporkan ke polisi",
        "Filed with the police",
        Kind.YES_NO,
        needed=Needed.MUST,
    ),
    Field("filed_at", "Waktu dilaporkan", "Filed at", Kind.MOMENT, needed=Needed.MUST, when=FILED),
    Field(
        "lp_no",
        "Nomor laporan polisi",
        "Police report number",
        Kind.TEXT,
        FieldClass.INTERNAL_NOTES,
        Sensitivity.SPECIAL,
        Needed.MUST,
        FILED,
    ),
    Field(
        "not_filed_reason",
        "Alasan tidak dilaporkan",
        "Why it was not filed",
        Kind.LONG_TEXT,
        FieldClass.INTERNAL_NOTES,
        Sensitivity.SPECIAL,
        Needed.MUST,
        NOT_FILED,
    ),
)
