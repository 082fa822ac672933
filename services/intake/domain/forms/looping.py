"""Short reassessment, closing and reopening: how a case goes back or ends (domain.md 2.7, 3)."""

from typing import Final

from services.intake.domain.forms.field import (
    Answers,
    Field,
    Kind,
    Needed,
    Option,
    Sensitivity,
    When,
    one_page,
)
from shared.contracts.protection import FieldClass

_MUST, _STORY = Needed.MUST, FieldClass.NARRATIVE
_NOTES = FieldClass.INTERNAL_NOTES
_S, _X = Sensitivity.SPECIAL, Sensitivity.TEAM_ONLY

CONCLUSIONS: Final = (
    Option("TERCAPAI", "Tercapai", "Achieved"),
    Option("SEBAGIAN", "Sebagian", "In part"),
    Option("TIDAK", "Tidak tercapai", "Not achieved"),
)
REOPENINGS: Final = (
    Option("BERULANG", "Kekerasan atau masalah berulang", "It happened again"),
    Option("KEBUTUHAN_BARU", "Kebutuhan baru", "A new need"),
    Option("LAPORAN_BARU", "Laporan baru tentang orang yang sama", "A new report"),
)


def _lost(block: Answers, _whole: Answers) -> bool:
    return block.get("reason") == "HILANG_KONTAK"


LOST: Final = When("bila hilang kontak", "when contact was lost", _lost)

#: The three questions of seed 000, section 5: another need, the process, the delivery.
REASSESSMENT: Final = one_page(
    "R1",
    "Penilaian ulang singkat",
    "Short reassessment",
    Field(
        "unstated_need",
        "Apakah ada kebutuhan lain yang belum tersampaikan?",
        "Is there another need that has not been stated?",
        Kind.LONG_TEXT,
        _STORY,
        _S,
        _MUST,
    ),
    Field(
        "followed_through",
        "Apakah penerima layanan mengikuti proses yang sudah disepakati?",
        "Was the agreed process followed?",
        Kind.LONG_TEXT,
        _STORY,
        _S,
        _MUST,
    ),
    Field(
        "delivery",
        "Apakah penyampaian layanan perlu ditingkatkan?",
        "Must the delivery of the service improve?",
        Kind.LONG_TEXT,
        _STORY,
        _S,
        _MUST,
    ),
    Field("cause", "Sebab utama", "Main cause", Kind.CODE, needed=_MUST, of="CL22"),
)

CLOSURE: Final = one_page(
    "F18",
    "Lembar terminasi",
    "Termination",
    Field("reason", "Alasan", "Reason", Kind.CODE, needed=_MUST, of="CL24"),
    Field(
        "decided_with_person",
        "Diputuskan bersama penerima layanan",
        "Decided with the person",
        Kind.YES_NO,
        needed=_MUST,
    ),
    Field("conclusion", "Tujuan", "Goals", Kind.CODE, needed=_MUST, options=CONCLUSIONS),
    Field(
        "achievement", "Ringkasan capaian", "What was achieved", Kind.LONG_TEXT, _STORY, _S, _MUST
    ),
    Field(
        "keeping_progress",
        "Dukungan yang tetap ada",
        "Supports that stay",
        Kind.LONG_TEXT,
        _STORY,
        _S,
        _MUST,
    ),
    Field(
        "return_door_explained",
        "Sudah dijelaskan: boleh kembali kapan saja",
        "It was explained: the door stays open",
        Kind.YES_NO,
        needed=_MUST,
    ),
    Field(
        "follow_up_wanted",
        "Bersedia dihubungi kembali",
        "Agrees to be contacted again",
        Kind.YES_NO,
        needed=_MUST,
    ),
    Field(
        "attempts_log",
        "Catatan upaya menghubungi",
        "Attempts to reach the person",
        Kind.LONG_TEXT,
        _NOTES,
        _X,
        _MUST,
        LOST,
    ),
)

REOPENING: Final = one_page(
    "R9",
    "Membuka kembali kasus",
    "Reopening",
    Field("cause", "Sebab", "Cause", Kind.CODE, needed=_MUST, options=REOPENINGS),
    Field("what_happened", "Apa yang terjadi", "What happened", Kind.LONG_TEXT, _STORY, _X, _MUST),
)
