"""The plan on one page: needs, services for them, and what the person says to each."""

from typing import Any
from uuid import UUID

from flask import request

from services.intake import queries
from services.intake.actions import planning as actions
from services.intake.actions.policies import CASE_MANAGERS, RESPONDERS
from services.intake.domain.forms.casework import PLAN_DECISION, PLAN_ITEM
from services.intake.domain.need import NotReferredReason
from services.intake.storage.work import Work
from services.intake.web.reading import Sheet, labels, read, refused
from services.intake.web.workspace import go, once, pages, show, work
from shared.contracts.codes import choices
from shared.errors import Conflict, Invalid
from shared.http.guard import actor
from shared.web.front import front, page
from shared.web.language import current_language, say

_ITEM, _DECISION = PLAN_ITEM.blocks[0], PLAN_DECISION.blocks[0]


@pages.get("/kasus/<uuid:case_id>/rencana")
@page(RESPONDERS)
def plan(case_id: UUID) -> Any:
    """Show needs, plan items and decisions."""
    return _plan(case_id)


@pages.get("/kasus/<uuid:case_id>/rencana/baru")
@page(RESPONDERS)
def new_item(case_id: UUID) -> Any:
    """Ask for one service for one need."""
    chosen = request.args.get("kebutuhan", "")
    values = {"mode": "RUJUKAN", "escort": "TANPA"} | ({"need_id": chosen} if chosen else {})
    return _item(case_id, Sheet(values | dict(front().typed()), labels=labels(_ITEM.fields)))


@pages.post("/kasus/<uuid:case_id>/rencana/baru")
@page(RESPONDERS, changes=True)
def write_item(case_id: UUID) -> Any:
    """Put a service into the plan."""
    sheet = read(_ITEM, request.form)
    if sheet.errors:
        return _item(case_id, sheet, 422)

    def write(opened: Work) -> str:
        actions.write_item(opened, actor(), case_id, sheet.answers)
        return f"/kasus/{case_id}/rencana"

    try:
        return once(write)
    except Invalid as wrong:
        return _item(case_id, refused(sheet, wrong.fields), 422)


@pages.post("/kasus/<uuid:case_id>/rencana/<uuid:item_id>/keputusan")
@page(RESPONDERS, changes=True)
def decide(case_id: UUID, item_id: UUID) -> Any:
    """Keep what the person says to a service."""
    sheet = read(_DECISION, request.form)
    if sheet.errors:
        return _plan(case_id, 422, errors=sheet.errors)
    with work() as opened:
        actions.decide(opened, actor(), case_id, item_id, sheet.answers)
    return go(f"/kasus/{case_id}/rencana", say("Keputusan dicatat."))


@pages.post("/kasus/<uuid:case_id>/rencana/sepakat")
@page(CASE_MANAGERS, changes=True)
def agree(case_id: UUID) -> Any:
    """The plan is agreed with the person."""
    try:
        with work() as opened:
            actions.agree_plan(opened, actor(), case_id)
    except Conflict as clash:
        return _plan(case_id, 409, clash=clash)
    return go(f"/kasus/{case_id}", say("Rencana disepakati."))


@pages.post("/kasus/<uuid:case_id>/rencana/<uuid:item_id>/tidak-ada-mitra")
@page(CASE_MANAGERS, changes=True)
def nobody_left(case_id: UUID, item_id: UUID) -> Any:
    """No partner gives this service: a gap, and back to planning (R3)."""
    with work() as opened:
        actions.nobody_left(opened, actor(), case_id, item_id)
    return go(f"/kasus/{case_id}", say("Dicatat sebagai kesenjangan layanan."))


@pages.post("/kasus/<uuid:case_id>/kebutuhan/<uuid:need_id>/alasan")
@page(RESPONDERS, changes=True)
def leave_need(case_id: UUID, need_id: UUID) -> Any:
    """Say why a need has no plan item."""
    reason = request.form.get("reason", "")
    if reason not in set(NotReferredReason):
        return _plan(case_id, 422, errors={"reason": "required"})
    with work() as opened:
        actions.leave_need(opened, actor(), case_id, need_id, NotReferredReason(reason))
    return go(f"/kasus/{case_id}/rencana", say("Alasan dicatat."))


def _plan(case_id: UUID, status: int = 200, **more: Any) -> Any:
    with work() as opened:
        file = queries.case_file(opened, actor(), case_id)
    answered = {item.need_id for item in file.items}
    return show(
        "plan.html",
        status,
        file=file,
        case=file.case,
        answered=answered,
        reasons=choices("CL39", current_language()),
        decisions=_DECISION.field("decision").choices(current_language()),
        undecided=[item for item in file.items if item.decision is None],
        **more,
    )


def _item(case_id: UUID, sheet: Sheet, status: int = 200) -> Any:
    with work() as opened:
        file = queries.case_file(opened, actor(), case_id)
    return show(
        "sheet.html",
        status,
        title=say("Bagian rencana"),
        block=_ITEM,
        form=sheet,
        errors=sheet.errors,
        back=f"/kasus/{case_id}/rencana",
        button=say("Simpan bagian rencana"),
        references={"need_id": [(str(need.id), need.need) for need in file.needs]},
        seen=None,
    )
