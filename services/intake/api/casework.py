"""What is done in a case: screening, risk, stages, counselling, reassessment, ending."""

from typing import Any
from uuid import UUID

from services.intake import queries
from services.intake.actions import cases, looping
from services.intake.actions.policies import CASE_MANAGERS, RESPONDERS, SECOND_PERSON
from services.intake.api import schemas
from services.intake.api.answers import tagged
from services.intake.api.shapes import CaseShape, ReassessmentShape
from services.intake.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.etag import if_match
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "casework",
    __name__,
    url_prefix="/api/intake/v1/cases/<uuid:case_id>",
    description="What is done in a case. Every step that does not follow is refused (409).",
)


@routes.post("/screening")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.ScreeningSchema)
@routes.response(200, CaseShape)
def screen(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Make the case screening (F5); statutes are computed, a lower risk waits."""
    return tagged(cases.screen(work, actor(), case_id, answers, seen=if_match()))


@routes.post("/risk")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.RiskSchema)
@routes.response(200, CaseShape)
def judge_risk(work: Work, payload: dict[str, Any], case_id: UUID) -> Any:
    """Judge the risk anew: higher counts at once, lower waits for a second person."""
    return tagged(cases.judge_risk(work, actor(), case_id, **payload, seen=if_match()))


@routes.post("/risk/confirmation")
@needs(Scope.CASE_MANAGE, policy=SECOND_PERSON)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, CaseShape)
def confirm_risk(work: Work, _payload: dict[str, Any], case_id: UUID) -> Any:
    """Agree, as a second person, to a lower risk."""
    return tagged(cases.confirm_lower_risk(work, actor(), case_id, seen=if_match()))


@routes.post("/next-stage")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, CaseShape)
def go_on(work: Work, _payload: dict[str, Any], case_id: UUID) -> Any:
    """Move the case on; 409 ``not_ready`` names what is lacking."""
    return tagged(cases.go_on(work, actor(), case_id, seen=if_match()))


@routes.post("/screening-out")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, CaseShape)
def screen_out(work: Work, _payload: dict[str, Any], case_id: UUID) -> Any:
    """Take a case that is not for this unit to its ending."""
    return tagged(cases.screen_out(work, actor(), case_id, seen=if_match()))


@routes.post("/counselling")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.CounsellingSchema)
@routes.response(200, CaseShape)
def counsel(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Keep basic counselling (F11): go on, or finished."""
    return tagged(looping.counsel(work, actor(), case_id, answers, seen=if_match()))


@routes.get("/reassessments")
@needs(Scope.CASE_READ, policy=RESPONDERS)
@reads(begin)
@routes.response(200, ReassessmentShape(many=True))
def reassessments(work: Work, case_id: UUID) -> Any:
    """Read the short reassessments of the case, newest first."""
    return queries.case_file(work, actor(), case_id).reassessments


@routes.post("/reassessment")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(schemas.ReassessmentSchema)
@routes.response(200, CaseShape)
def reassess(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Answer the three questions of the open reassessment; the case goes where they lead."""
    return tagged(looping.answer_reassessment(work, actor(), case_id, answers, seen=if_match()))


@routes.post("/duty-to-report")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.DutySchema)
@routes.response(200, CaseShape)
def settle_duty(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Keep the mandatory report (F21); not filing takes a second person."""
    return tagged(looping.settle_duty(work, actor(), case_id, answers, seen=if_match()))


@routes.post("/closure")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(schemas.ClosureSchema)
@routes.response(200, CaseShape)
def close(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Close the case, or propose it where a second person must agree; 409 lists what is open."""
    return tagged(looping.close_case(work, actor(), case_id, answers, seen=if_match()))


@routes.post("/closure/agreement")
@needs(Scope.CASE_MANAGE, policy=SECOND_PERSON)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, CaseShape)
def agree_to_close(work: Work, _payload: dict[str, Any], case_id: UUID) -> Any:
    """Agree, as a second person, to a proposed closing."""
    return tagged(looping.agree_to_close(work, actor(), case_id, seen=if_match()))


@routes.post("/reopening")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(schemas.ReopeningSchema)
@routes.response(200, CaseShape)
def reopen(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Open the same case again, one more episode (R9)."""
    return tagged(looping.reopen(work, actor(), case_id, answers, seen=if_match()))
