"""F2, blocks D, E and F: what happened, trafficking, and what is asked for (domain.md 2.1)."""

from typing import Final

from services.intake.domain.forms.field import (
    Answers,
    Block,
    Field,
    Kind,
    Needed,
    Question,
    Sensitivity,
    When,
)
from services.intake.domain.forms.lists import (
    SITUATIONS,
    SPHERES,
    TIMES,
    TRAFFICKING_MEANS,
    TRAFFICKING_PURPOSES,
)
from shared.contracts.protection import FieldClass

_S, _X = Sensitivity.SPECIAL, Sensitivity.TEAM_ONLY
_HEALTH, _STORY = FieldClass.HEALTH, FieldClass.NARRATIVE
_WANTED = Needed.WANTED


def _sexual(_block: Answers, whole: Answers) -> bool:
    incident = whole.get("incident") or {}
    acts = incident.get("acts") or []
    return "SEKSUAL" in (incident.get("forms") or []) or any(
        str(act).startswith("SEK_") for act in acts
    )


def _trafficking(_block: Answers, whole: Answers) -> bool:
    return (whole.get("incident") or {}).get("class_reported") == "TPPO"


def _told(block: Answers, _whole: Answers) -> bool:
    return block.get("mandatory_report_told") is True


SEXUAL: Final = When(
    "bila ada kekerasan seksual", "when there was sexual violence", _sexual, here=False
)
TRAFFICKED: Final = When(
    "untuk tindak pidana perdagangan orang", "for trafficking", _trafficking, here=False
)
TOLD: Final = When("bila sudah disampaikan", "when it was explained", _told)

INCIDENT: Final = Block(
    "incident",
    "Kejadian",
    "What happened",
    (
        Question(
            "class",
            "Termasuk jenis kasus apa menurut laporan?",
            "What kind of case is reported?",
            (
                Field(
                    "class_reported",
                    "Jenis kasus",
                    "Kind of case",
                    Kind.CODE,
                    needed=Needed.MUST,
                    of="CL01",
                ),
                Field(
                    "forms",
                    "Bentuk kekerasan",
                    "Forms of violence",
                    Kind.CODES,
                    _HEALTH,
                    _S,
                    _WANTED,
                    of="CL04",
                ),
                Field("acts", "Perbuatan", "Acts", Kind.CODES, _HEALTH, _S, of="CL05"),
            ),
        ),
        Question(
            "where",
            "Di mana kejadiannya?",
            "Where did it happen?",
            (
                Field("place", "Tempat", "Place", Kind.CODE, needed=_WANTED, of="CL06"),
                Field(
                    "place_kelurahan",
                    "Kelurahan",
                    "Kelurahan",
                    Kind.CODE,
                    needed=_WANTED,
                    of="AREA",
                ),
                Field("context", "Lingkup", "Context", Kind.CODES, of="CL03"),
                Field("sphere", "Ranah", "Sphere", Kind.CODE, options=SPHERES),
                Field("situation", "Situasi", "Situation", Kind.CODE, options=SITUATIONS),
            ),
        ),
        Question(
            "when",
            "Kapan kejadiannya?",
            "When did it happen?",
            (
                Field(
                    "incident_pattern",
                    "Berapa kali",
                    "How often",
                    Kind.CODE,
                    _HEALTH,
                    _S,
                    _WANTED,
                    options=TIMES,
                ),
                Field(
                    "incident_from",
                    "Waktu kejadian, atau sejak",
                    "When, or since when",
                    Kind.MOMENT,
                    _HEALTH,
                    _S,
                    _WANTED,
                ),
                Field("incident_until", "Sampai", "Until", Kind.MOMENT, _HEALTH, _S),
                Field(
                    "still_going_on",
                    "Masih berlangsung",
                    "Still going on",
                    Kind.YES_NO,
                    _HEALTH,
                    _S,
                    _WANTED,
                ),
            ),
        ),
        Question(
            "story",
            "Apa yang terjadi, dengan kata-kata pelapor?",
            "What happened, in the reporter's words?",
            (
                Field("chronology", "Kronologi", "Chronology", Kind.LONG_TEXT, _STORY, _X, _WANTED),
                Field("injuries", "Luka", "Injuries", Kind.LONG_TEXT, _HEALTH, _S),
                Field("weapon", "Ada senjata", "A weapon", Kind.YES_NO, _HEALTH, _S),
                Field("evidence_list", "Bukti", "Evidence", Kind.LONG_TEXT, _STORY, _X),
                Field(
                    "previous_report",
                    "Laporan sebelumnya",
                    "Earlier reports",
                    Kind.LONG_TEXT,
                    _STORY,
                    _S,
                ),
            ),
        ),
    ),
)

TRAFFICKING: Final = Block(
    "trafficking",
    "Perdagangan orang",
    "Trafficking",
    (
        Question(
            "trafficking",
            "Bagaimana perdagangan orang itu terjadi?",
            "How did the trafficking happen?",
            (
                Field("route", "Rute", "Route", Kind.LONG_TEXT, _STORY, _X),
                Field("transport", "Alat transportasi", "Transport", Kind.TEXT, _STORY),
                Field(
                    "means",
                    "Cara",
                    "Means",
                    Kind.CODES,
                    _HEALTH,
                    needed=_WANTED,
                    options=TRAFFICKING_MEANS,
                ),
                Field(
                    "purpose",
                    "Tujuan",
                    "Purpose",
                    Kind.CODES,
                    _HEALTH,
                    needed=_WANTED,
                    options=TRAFFICKING_PURPOSES,
                ),
                Field("violations", "Pelanggaran", "Violations", Kind.LONG_TEXT, _STORY, _S),
                Field(
                    "criminalised", "Kriminalisasi", "Criminalisation", Kind.LONG_TEXT, _STORY, _S
                ),
                Field("documents_held", "Dokumen ditahan", "Documents withheld", Kind.YES_NO),
                Field(
                    "debt_amount",
                    "Jumlah utang (rupiah)",
                    "Debt (rupiah)",
                    Kind.NUMBER,
                    _HEALTH,
                    _S,
                    most=10_000_000_000,
                ),
            ),
        ),
    ),
    when=TRAFFICKED,
)

REQUEST: Final = Block(
    "request",
    "Permintaan",
    "What is asked for",
    (
        Question(
            "hopes",
            "Apa yang diharapkan?",
            "What does she or he hope for?",
            (
                Field("hopes", "Harapan", "Hopes", Kind.LONG_TEXT, _STORY, _S, _WANTED),
                Field(
                    "services_asked",
                    "Layanan yang diminta",
                    "Services asked",
                    Kind.CODES,
                    of="CL16",
                ),
            ),
        ),
        Question(
            "duty",
            "Apakah kewajiban lapor sudah dijelaskan sebelum ia bercerita?",
            "Was the duty to report explained before the story was told?",
            (
                Field(
                    "mandatory_report_told",
                    "Sudah dijelaskan",
                    "It was explained",
                    Kind.YES_NO,
                    needed=_WANTED,
                    when=SEXUAL,
                ),
                Field(
                    "told_at",
                    "Waktu dijelaskan",
                    "Explained at",
                    Kind.MOMENT,
                    needed=_WANTED,
                    when=TOLD,
                ),
            ),
        ),
    ),
)
