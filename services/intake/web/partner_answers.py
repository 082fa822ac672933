"""What a partner said by letter or telephone, written down with what shows it."""

from typing import Any
from uuid import UUID

from flask import request

from services.intake.actions.policies import RESPONDERS
from services.intake.domain.forms.field import Block
from services.intake.outward import referral as outward
from services.intake.web.partner_moves import answer_form, belonging, told_by_partner
from services.intake.web.reading import Sheet, labels, read, refused
from services.intake.web.sent import help_of_case, sent_now
from services.intake.web.workspace import go, line, pages, show
from shared.contracts.event import Publisher
from shared.errors import Invalid, RajutError
from shared.web.front import front, page
from shared.web.language import say

_ANYTHING = answer_form(told_by_partner(None)).blocks[0]


@pages.get("/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/jawaban")
@page(RESPONDERS)
def ask_answer(case_id: UUID, referral_id: UUID) -> Any:
    """Ask what the partner said."""
    sheet = Sheet(dict(front().typed()), labels=labels(_ANYTHING.fields))
    return _answer(case_id, referral_id, sheet)


@pages.post("/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/jawaban")
@page(RESPONDERS, changes=True)
def keep_answer(case_id: UUID, referral_id: UUID) -> Any:
    """Hand it to the referral service; the partner is told of it."""
    sheet, key = read(_ANYTHING, request.form), request.form.get("_once", "")
    if sheet.errors:
        return _answer(case_id, referral_id, sheet, 422)
    help_of_case(case_id, referral_id)
    there, said = line(Publisher.REFERRAL), belonging(sheet.answers)
    try:
        outward.record_answer(there, referral_id, said, key=key)
    except Invalid as wrong:
        told = refused(sheet, wrong.fields)
        return _answer(case_id, referral_id, told, wrong.status, clash=wrong)
    except RajutError as clash:
        if clash.status == 401:
            raise
        return _answer(case_id, referral_id, sheet, clash.status, clash=clash)
    return go(f"/kasus/{case_id}/rujukan/{referral_id}", say("Jawaban mitra dicatat."))


def _block(referral_id: UUID, chosen: str) -> Block:
    """Return the form with what fits now, and with what was chosen before it stopped fitting."""
    fits = told_by_partner(sent_now(referral_id))
    known = set(_ANYTHING.fields[0].codes)
    return answer_form(fits | ({chosen} & known) or frozenset(known)).blocks[0]


def _answer(case_id: UUID, referral_id: UUID, sheet: Sheet, status: int = 200, **more: Any) -> Any:
    help_of_case(case_id, referral_id)
    return show(
        "sheet.html",
        status,
        title=say("Catat jawaban mitra"),
        block=_block(referral_id, str(sheet.values.get("move", ""))),
        form=sheet,
        errors=sheet.errors,
        back=f"/kasus/{case_id}/rujukan/{referral_id}",
        button=say("Simpan jawaban"),
        references={},
        seen=None,
        **more,
    )
