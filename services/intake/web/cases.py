"""Cases: the list, the page of one case, and the steps that need no form."""

from typing import Any
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from services.intake import queries
from services.intake.actions import cases as actions
from services.intake.actions import looping
from services.intake.actions.policies import (
    CASE_MANAGERS,
    CASE_WORKERS,
    RESPONDERS,
    SECOND_PERSON,
)
from services.intake.domain.forms.lists import is_child
from services.intake.web.next_step import next_step, stage_rows
from services.intake.web.people import colleagues, institution_name
from services.intake.web.timeline import timeline
from services.intake.web.words import STANDINGS
from services.intake.web.workspace import go, pages, show, work
from shared.contracts.vocabulary import Stage
from shared.errors import Invalid
from shared.http.guard import actor
from shared.web.front import page
from shared.web.labels import label
from shared.web.language import say


@pages.get("/kasus")
@page(CASE_WORKERS)
def cases() -> Any:
    """List the cases one may see; a stage may be asked for."""
    wished = request.args.get("tahap", "")
    stage = Stage(wished) if wished in set(Stage) else None
    with work() as opened:
        found = queries.cases(opened, actor(), 100, None, stage)[:100]
    return show("cases.html", cases=found, stage=stage, stages=list(Stage))


@pages.get("/rujukan")
@page(CASE_WORKERS)
def referrals() -> Any:
    """List the referrals that wait for an answer, or are under way."""
    running = request.args.get("keadaan") == "berjalan"
    standings = queries.RUNNING if running else queries.WAITING
    with work() as opened:
        found = queries.help_standing(opened, actor(), standings)
        now = opened.clock.now(actor().org)
    rows = [_referral(one) | {"code": code} for one, code in found]
    return show("referrals.html", rows=rows, running=running, now=now)


@pages.get("/kasus/<uuid:case_id>")
@page(CASE_WORKERS)
def case(case_id: UUID) -> Any:
    """Show a case: facts, the next step, stages, referrals and timeline."""
    with work() as opened:
        file = queries.case_file(opened, actor(), case_id)
        now = opened.clock.now(file.case.unit_id)
    return show(
        "case.html",
        file=file,
        case=file.case,
        person=file.person,
        child=is_child(file.person, {"reporter": {"reported_at": file.case.opened_at.isoformat()}}),
        step=next_step(file, actor()),
        stages=stage_rows(file),
        managers=colleagues(roles=CASE_MANAGERS.roles),
        manager=colleagues().get(str(file.case.manager_id), ""),
        mine=file.case.manager_id == actor().id,
        may_judge=actor().holds(CASE_MANAGERS.roles),
        now=now,
        **_progress(file.help, case_id),
    )


@pages.get("/kasus/<uuid:case_id>/perkembangan")
@page(CASE_WORKERS)
def progress(case_id: UUID) -> Any:
    """Show only the parts of the page that change by themselves."""
    with work() as opened:
        found = queries.help_of(opened, actor(), case_id)
        now = opened.clock.now(actor().org)
    return show("case_progress.html", case={"id": case_id}, now=now, **_progress(found, case_id))


@pages.post("/kasus/<uuid:case_id>/tunjuk")
@page(CASE_MANAGERS, changes=True)
def assign(case_id: UUID) -> Response:
    """Take the case on oneself, or give it to a colleague."""
    chosen = request.form.get("manager_id", "")
    try:
        manager_id = UUID(chosen) if chosen else actor().id
    except ValueError:
        raise Invalid(fields={"manager_id": ["not_a_uuid"]}) from None
    with work() as opened:
        actions.assign(opened, actor(), case_id, manager_id)
    return go(f"/kasus/{case_id}", say("Manajer kasus ditunjuk."))


@pages.post("/kasus/<uuid:case_id>/lanjut")
@page(RESPONDERS, changes=True)
def go_on(case_id: UUID) -> Response:
    """Move the case on to its next stage."""
    with work() as opened:
        moved = actions.go_on(opened, actor(), case_id)
    return go(
        f"/kasus/{case_id}", say("Tahap sekarang: {stage}.", stage=label("CL30", moved.stage))
    )


@pages.post("/kasus/<uuid:case_id>/keluar")
@page(CASE_MANAGERS, changes=True)
def screen_out(case_id: UUID) -> Response:
    """Take a case that is not for this unit to its ending."""
    with work() as opened:
        actions.screen_out(opened, actor(), case_id)
    return go(f"/kasus/{case_id}")


@pages.post("/kasus/<uuid:case_id>/risiko/setuju")
@page(SECOND_PERSON, changes=True)
def confirm_risk(case_id: UUID) -> Response:
    """Agree, as a second person, to a lower risk."""
    with work() as opened:
        actions.confirm_lower_risk(opened, actor(), case_id)
    return go(f"/kasus/{case_id}", say("Tingkat risiko diturunkan."))


@pages.post("/kasus/<uuid:case_id>/terminasi/setuju")
@page(SECOND_PERSON, changes=True)
def agree_to_close(case_id: UUID) -> Response:
    """Agree, as a second person, to closing the case."""
    with work() as opened:
        looping.agree_to_close(opened, actor(), case_id)
    return go(f"/kasus/{case_id}", say("Kasus ditutup."))


def _progress(found: list[Any], case_id: UUID) -> dict[str, Any]:
    """Return the referrals, and the timeline."""
    return {"referrals": [_referral(one) for one in found], **timeline(case_id, found)}


def _referral(one: Any) -> dict[str, Any]:
    state = "expired" if one.business_state == "expired" else one.standing.value
    return {
        "help": one,
        "service": label("CL16", one.service),
        "partner": institution_name(one.institution_id),
        "standing": say(STANDINGS.get(state, STANDINGS["requested"])),
        "colour": _colour(one),
        "reason": label("CL19", one.reason) if one.reason else "",
        "waiting": one.standing.value in ("requested", "received"),
    }


def _colour(one: Any) -> str:
    """Return the colour of a standing's tag; the word says it, the colour only helps."""
    if one.needs_another_partner:
        return "red"
    return "blue" if one.open else "green" if one.standing.value == "completed" else "grey"
