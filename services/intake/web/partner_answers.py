"""What a partner said by letter or telephone, written down with what shows it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import request

from services.intake.actions.policies import RESPONDERS
from services.intake.domain.forms.field import Field, Kind, Needed, Option, When, one_page
from services.intake.outward import referral as outward
from services.intake.web.reading import Sheet, labels, read
from services.intake.web.sent import help_of_case
from services.intake.web.workspace import go, line, pages, show
from shared.contracts.event import Publisher
from shared.errors import RajutError
from shared.web.front import page
from shared.web.language import say

_SAID = (
    Option("accept", "Menerima", "Accepts"),
    Option("decline", "Tidak dapat menerima", "Cannot take it on"),
    Option("report_progress", "Melaporkan kemajuan", "Reports progress"),
    Option("complete", "Layanan selesai", "The help is done"),
    Option("fail", "Layanan gagal", "The help failed"),
)
_RESULTS = (
    Option("given", "Diberikan seluruhnya", "Given"),
    Option("given-in-part", "Diberikan sebagian", "Given in part"),
    Option("assessed-only", "Baru diperiksa", "Assessed only"),
    Option("not-needed-any-more", "Tidak diperlukan lagi", "Not needed any more"),
)
_DOORS = (Option("letter", "Surat", "Letter"), Option("phone", "Telepon", "Telephone"))


def _when(says: str, en: str, *moves: str) -> When:
    return When(says, en, lambda block, _whole: block.get("move") in moves)


_ENDS = _when("bila tidak dapat menerima atau gagal", "when refused or failed", "decline", "fail")
_DONE = _when("bila selesai", "when done", "complete")
_MOVES = _when("bila ada kemajuan", "when there is progress", "report_progress", "complete")

ANSWER = one_page(
    "partner-answer",
    "Catat jawaban mitra",
    "Write down a partner's answer",
    Field("move", "Apa jawabannya", "What was said", Kind.CODE, needed=Needed.MUST, options=_SAID),
    Field("door", "Melalui", "Through", Kind.CODE, needed=Needed.MUST, options=_DOORS),
    Field(
        "evidence",
        "Bukti: nomor surat, atau nama dan jabatan penelepon",
        "Evidence: number of the letter, or who called",
        needed=Needed.MUST,
        most=500,
    ),
    Field("answered_at", "Waktu jawaban", "Answered at", Kind.MOMENT),
    Field("reason", "Alasan", "Reason", Kind.CODE, needed=Needed.MUST, when=_ENDS, of="CL19"),
    Field("sessions_done", "Pertemuan terlaksana", "Sessions", Kind.NUMBER, when=_MOVES, most=999),
    Field("result", "Hasil", "Result", Kind.CODE, needed=Needed.MUST, when=_DONE, options=_RESULTS),
    Field("note", "Catatan, tanpa nama", "Note, without names", Kind.LONG_TEXT, most=2000),
)
_BLOCK = ANSWER.blocks[0]


@pages.get("/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/jawaban")
@page(RESPONDERS)
def ask_answer(case_id: UUID, referral_id: UUID) -> Any:
    """Ask what the partner said."""
    return _answer(case_id, referral_id, Sheet(labels=labels(_BLOCK.fields)))


@pages.post("/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/jawaban")
@page(RESPONDERS, changes=True)
def keep_answer(case_id: UUID, referral_id: UUID) -> Any:
    """Hand it to the referral service; the partner is told of it."""
    sheet = read(_BLOCK, request.form)
    if sheet.errors:
        return _answer(case_id, referral_id, sheet, 422)
    help_of_case(case_id, referral_id)
    key = request.form.get("_once", "")

    def tell() -> Any:
        return outward.record_answer(line(Publisher.REFERRAL), referral_id, _said(sheet), key=key)

    refused = _refused(tell)
    if refused is not None:
        return _answer(case_id, referral_id, sheet, refused.status, clash=refused)
    return go(f"/kasus/{case_id}", say("Jawaban mitra dicatat."))


def _said(sheet: Sheet) -> dict[str, Any]:
    """Return only what belongs to the answer; the rest may have been typed and left."""
    moves = {"reason": _ENDS, "sessions_done": _MOVES, "result": _DONE}
    return {
        name: value
        for name, value in sheet.answers.items()
        if name not in moves or moves[name].holds(sheet.answers, {})
    }


def _refused(tell: Callable[[], Any]) -> RajutError | None:
    try:
        tell()
    except RajutError as refused:
        return refused
    return None


def _answer(case_id: UUID, referral_id: UUID, sheet: Sheet, status: int = 200, **more: Any) -> Any:
    return show(
        "sheet.html",
        status,
        title=say("Catat jawaban mitra"),
        block=_BLOCK,
        form=sheet,
        errors=sheet.errors,
        back=f"/kasus/{case_id}/rujukan/{referral_id}",
        button=say("Simpan jawaban"),
        references={},
        seen=None,
        **more,
    )
