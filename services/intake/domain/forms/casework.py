"""F5, F11 and the reduced forms of need and plan: what casework writes down (domain.md 2.2-2.4)."""

from typing import Final

from services.intake.domain.forms.field import (
    Answers,
    Field,
    Kind,
    Needed,
    Option,
    Rule,
    Sensitivity,
    When,
    one_page,
)
from shared.contracts.codes import row
from shared.contracts.protection import FieldClass

_MUST, _STORY = Needed.MUST, FieldClass.NARRATIVE
_NOTES = FieldClass.INTERNAL_NOTES
_S, _X = Sensitivity.SPECIAL, Sensitivity.TEAM_ONLY


def _needs_subclass(block: Answers, _whole: Answers) -> bool:
    return block.get("primary_class") in ("ABH", "PUA", "TPPO")


def _other_class(block: Answers, _whole: Answers) -> bool:
    chosen = block.get("subclass")
    return bool(chosen) and row("CL02", str(chosen))["class"] != block.get("primary_class")


def _refused(block: Answers, _whole: Answers) -> bool:
    return block.get("decision") == "TOLAK"


SUBCLASSED: Final = When(
    "untuk jenis ABH, pernikahan anak, dan TPPO",
    "for ABH, child marriage and trafficking",
    _needs_subclass,
)
REFUSED: Final = When("bila ditolak", "when refused", _refused)

SCREENING_DECISIONS: Final = (
    Option("LANJUT", "Dilanjutkan di sini", "Goes on here"),
    Option("RUJUK_KELUAR", "Dirujuk ke luar", "Referred out"),
    Option("LIMPAH", "Dilimpahkan", "Handed over"),
    Option("TOLAK", "Di luar kewenangan", "Outside the mandate"),
)
URGENCIES: Final = (
    Option("1", "1 - segera", "1 - at once"),
    Option("2", "2 - minggu ini", "2 - this week"),
    Option("3", "3 - dapat menunggu", "3 - can wait"),
)
SOURCES: Final = (
    Option("KLIEN", "Penerima layanan", "The person"),
    Option("PETUGAS", "Petugas", "Staff"),
    Option("AHLI", "Tenaga ahli", "An expert"),
)
MODES: Final = (
    Option("LANGSUNG_UPTD", "Langsung oleh UPTD", "Directly by the unit"),
    Option("RUJUKAN", "Rujukan ke mitra", "Referral to a partner"),
    Option("INFORMAL", "Dukungan lingkungan", "Local support"),
)
PLAN_DECISIONS: Final = (
    Option("SETUJU", "Setuju", "Yes"),
    Option("TOLAK", "Menolak", "No"),
    Option("TUNDA", "Nanti dulu", "Later"),
)
ESCORTS: Final = (
    Option("DENGAN", "Dengan pendamping", "With a companion"),
    Option("TANPA", "Tanpa pendamping", "Without a companion"),
)
COUNSELLING_DECISIONS: Final = (
    Option("LANJUT", "Perlu penanganan lanjut", "Further help is needed"),
    Option("SELESAI", "Selesai", "Finished"),
)
COUNSELLING_MODES: Final = (
    Option("TATAP_MUKA", "Tatap muka", "Face to face"),
    Option("TELEPON", "Telepon", "By phone"),
)

SCREENING: Final = one_page(
    "F5",
    "Skrining kasus",
    "Case screening",
    Field(
        "is_ppa_mandate",
        "Termasuk kewenangan UPTD PPA",
        "Within the mandate of the unit",
        Kind.YES_NO,
        needed=_MUST,
    ),
    Field("primary_class", "Jenis kasus", "Kind of case", Kind.CODE, needed=_MUST, of="CL01"),
    Field("secondary_classes", "Jenis lain", "Further kinds", Kind.CODES, of="CL01"),
    Field(
        "subclass",
        "Rincian jenis kasus",
        "Kind of case, in detail",
        Kind.CODE,
        needed=_MUST,
        when=SUBCLASSED,
        of="CL02",
    ),
    Field("authority", "Kewenangan", "Authority", Kind.CODE, needed=_MUST, of="CL28"),
    Field(
        "risk_level",
        "Tingkat risiko",
        "Risk level",
        Kind.CODE,
        FieldClass.RISK,
        needed=_MUST,
        of="CL27",
    ),
    Field(
        "risk_basis",
        "Alasan tingkat risiko",
        "Why this level",
        Kind.LONG_TEXT,
        _NOTES,
        _X,
        _MUST,
    ),
    Field(
        "decision", "Keputusan", "Decision", Kind.CODE, needed=_MUST, options=SCREENING_DECISIONS
    ),
    rules=(Rule("subclass", "wrong_code", _other_class),),
)

NEED: Final = one_page(
    "F9",
    "Kebutuhan",
    "Need",
    Field("domain", "Bidang", "Field of life", Kind.CODE, needed=_MUST, of="CL34"),
    Field("need", "Apa yang diperlukan", "What is needed", Kind.LONG_TEXT, _STORY, _S, _MUST),
    Field("urgency", "Kemendesakan", "Urgency", Kind.CODE, needed=_MUST, options=URGENCIES),
    Field(
        "agrees",
        "Penerima layanan mengakui kebutuhan ini",
        "The person agrees that it is needed",
        Kind.YES_NO,
        needed=_MUST,
    ),
    Field("source", "Menurut siapa", "According to", Kind.CODE, needed=_MUST, options=SOURCES),
)

PLAN_ITEM: Final = one_page(
    "F10",
    "Bagian rencana",
    "Plan item",
    Field("need_id", "Kebutuhan", "Need", Kind.REFERENCE, needed=_MUST),
    Field("service", "Layanan", "Service", Kind.CODE, needed=_MUST, of="CL16"),
    Field("mode", "Cara", "How", Kind.CODE, needed=_MUST, options=MODES),
    Field("goal", "Tujuan", "Goal", Kind.LONG_TEXT, _STORY, _S, _MUST),
    Field("escort", "Pendampingan", "Escort", Kind.CODE, needed=_MUST, options=ESCORTS),
    Field("planned_sessions", "Banyaknya pertemuan", "Sessions planned", Kind.NUMBER, most=200),
)

PLAN_DECISION: Final = one_page(
    "F10-decision",
    "Keputusan penerima layanan",
    "The person's decision",
    Field("decision", "Keputusan", "Decision", Kind.CODE, needed=_MUST, options=PLAN_DECISIONS),
    Field("reason", "Alasan", "Reason", Kind.LONG_TEXT, _STORY, _S, when=REFUSED),
)

COUNSELLING: Final = one_page(
    "F11",
    "Konseling dasar",
    "Basic counselling",
    Field("held_at", "Waktu", "Held at", Kind.MOMENT, needed=_MUST),
    Field("mode", "Cara", "How", Kind.CODE, needed=_MUST, options=COUNSELLING_MODES),
    Field("concerns", "Hal utama", "Main concerns", Kind.LONG_TEXT, _STORY, _X, _MUST),
    Field(
        "state_before",
        "Keadaan sebelum (1-5)",
        "State before (1-5)",
        Kind.NUMBER,
        FieldClass.HEALTH,
        _S,
        most=5,
    ),
    Field(
        "state_after",
        "Keadaan sesudah (1-5)",
        "State after (1-5)",
        Kind.NUMBER,
        FieldClass.HEALTH,
        _S,
        most=5,
    ),
    Field(
        "decision", "Keputusan", "Decision", Kind.CODE, needed=_MUST, options=COUNSELLING_DECISIONS
    ),
    Field("reason", "Alasan", "Reason", Kind.LONG_TEXT, _NOTES, _X, _MUST),
    Field("agrees", "Penerima layanan setuju", "The person agrees", Kind.YES_NO, needed=_MUST),
)
