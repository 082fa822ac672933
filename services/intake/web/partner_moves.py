"""What a partner may tell by letter or telephone, as a form; and what fits how a referral stands.

The referral service judges; this table only spares an officer answers that cannot be meant.
"""

from collections.abc import Mapping
from typing import Any, Final

from services.intake.domain.forms.field import (
    Answers,
    Field,
    Form,
    Kind,
    Needed,
    Option,
    Rule,
    When,
    one_page,
)

_SAID: Final = (
    Option("accept", "Menerima", "Accepts"),
    Option("decline", "Tidak dapat menerima", "Cannot take it on"),
    Option("ask_information", "Bertanya dulu", "Asks first"),
    Option("schedule", "Memberi janji temu", "Makes an appointment"),
    Option("record_no_show", "Penerima layanan tidak datang", "The person did not come"),
    Option("report_progress", "Melaporkan kemajuan", "Reports progress"),
    Option("hold", "Menunda layanan", "Puts the help on hold"),
    Option("resume", "Melanjutkan layanan", "Goes on with the help"),
    Option("complete", "Layanan selesai", "The help is done"),
    Option("fail", "Layanan gagal", "The help failed"),
    Option("add_result", "Hasil susulan", "A late result"),
    Option("agree_to_cancel", "Setuju berhenti", "Agrees to stop"),
    Option("go_on", "Tetap meneruskan layanan", "Goes on in spite of it"),
    Option("acknowledge_stop", "Menyatakan sudah berhenti", "Says that it has stopped"),
)
_RESULTS: Final = (
    Option("given", "Diberikan seluruhnya", "Given"),
    Option("given-in-part", "Diberikan sebagian", "Given in part"),
    Option("assessed-only", "Baru diperiksa", "Assessed only"),
    Option("not-needed-any-more", "Tidak diperlukan lagi", "Not needed any more"),
)
_WAITED_FOR: Final = (
    Option("waiting-person", "Menunggu orangnya", "Waits for the person"),
    Option("waiting-document", "Menunggu dokumen", "Waits for a document"),
)
_DOORS: Final = (Option("letter", "Surat", "Letter"), Option("phone", "Telepon", "Telephone"))
#: What must be said in words.
_TOLD: Final = frozenset({"ask_information", "hold", "complete", "add_result"})
_WORK: Final = frozenset(
    {"schedule", "record_no_show", "report_progress", "hold", "complete", "fail"}
)
_STOPPING: Final = frozenset({"agree_to_cancel", "go_on", "complete", "fail"})
_ASKED: Final = frozenset({"accept", "decline", "ask_information"})
_BY_STANDING: Final[Mapping[str, frozenset[str]]] = {
    "requested": _ASKED,
    "received": _ASKED,
    "accepted": frozenset({"schedule", "report_progress", "complete", "decline"}),
    "in-progress": _WORK,
    "on-hold": frozenset({"resume", "fail"}),
    "completed": frozenset({"add_result"}),
}
_BY_STATE: Final[Mapping[str, frozenset[str]]] = {
    "awaiting-information": _ASKED - {"ask_information"},
    "cancel-requested": _STOPPING,
    "loop-closed": frozenset(),
}


def _when(says: str, en: str, *moves: str) -> When:
    return When(says, en, lambda block, _whole: block.get("move") in moves)


#: The fields that only some answers have.
_ONLY: Final[Mapping[str, When]] = {
    "reason": _when(
        "bila tidak dapat menerima atau gagal", "when refused or failed", "decline", "fail"
    ),
    "appointment_at": _when("bila ada janji temu", "when there is an appointment", "schedule"),
    "sessions_done": _when(
        "bila ada kemajuan", "when there is progress", "report_progress", "complete"
    ),
    "waiting_for": _when("bila ditunda", "when on hold", "hold"),
    "result": _when("bila selesai", "when done", "complete"),
}
_MUST: Final = Needed.MUST
_FIELDS: Final = (
    Field("door", "Melalui", "Through", Kind.CODE, needed=_MUST, options=_DOORS),
    Field(
        "evidence",
        "Bukti: nomor surat, atau nama dan jabatan penelepon",
        "Evidence: number of the letter, or who called",
        needed=_MUST,
        most=500,
    ),
    Field("answered_at", "Waktu jawaban", "Answered at", Kind.MOMENT),
    Field("reason", "Alasan", "Reason", Kind.CODE, needed=_MUST, when=_ONLY["reason"], of="CL19"),
    Field(
        "appointment_at",
        "Waktu janji temu",
        "Time of the appointment",
        Kind.MOMENT,
        needed=_MUST,
        when=_ONLY["appointment_at"],
    ),
    Field(
        "sessions_done",
        "Pertemuan terlaksana",
        "Sessions",
        Kind.NUMBER,
        when=_ONLY["sessions_done"],
        most=999,
    ),
    Field(
        "waiting_for",
        "Yang ditunggu",
        "What is waited for",
        Kind.CODE,
        needed=_MUST,
        when=_ONLY["waiting_for"],
        options=_WAITED_FOR,
    ),
    Field(
        "result",
        "Hasil",
        "Result",
        Kind.CODE,
        needed=_MUST,
        when=_ONLY["result"],
        options=_RESULTS,
    ),
    Field("note", "Catatan, tanpa nama", "Note, without names", Kind.LONG_TEXT, most=2000),
)


def told_by_partner(sent: Mapping[str, Any] | None) -> frozenset[str]:
    """Return what a partner can mean now; everything when nobody tells how the referral stands."""
    if sent is None:
        return frozenset(option.code for option in _SAID)
    standing, state = str(sent.get("standing")), str(sent.get("business_state"))
    fits = _BY_STATE.get(state, _BY_STANDING.get(standing, frozenset()))
    if sent.get("appointment_at") is None:
        fits -= {"record_no_show"}
    return fits | ({"acknowledge_stop"} if sent.get("stop_outstanding") else frozenset())


def answer_form(moves: frozenset[str]) -> Form:
    """Return the form for a partner's answer, with a choice of these moves."""
    options = tuple(option for option in _SAID if option.code in moves)
    move = Field(
        "move", "Apa jawabannya", "What was said", Kind.CODE, needed=_MUST, options=options
    )
    return one_page(
        "partner-answer",
        "Catat jawaban mitra",
        "Write down a partner's answer",
        move,
        *_FIELDS,
        rules=(Rule("note", "required", _note_missing),),
    )


def belonging(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return only what belongs to the answer; the rest may have been typed and left."""
    return {
        name: value
        for name, value in answers.items()
        if name not in _ONLY or _ONLY[name].holds(answers, {})
    }


def _note_missing(answers: Answers, _whole: Answers) -> bool:
    other = answers.get("reason") == "OTHER" and _ONLY["reason"].holds(answers, {})
    return (answers.get("move") in _TOLD or other) and not answers.get("note")
