"""/cases: open a case, say who looks after it, read its file."""

from typing import Any
from uuid import UUID

from services.intake import queries
from services.intake.actions import cases as actions
from services.intake.actions.policies import CASE_MANAGERS, CASE_WORKERS, RESPONDERS
from services.intake.api.answers import asked, paged, tagged
from services.intake.api.schemas import (
    AssignmentSchema,
    CaseQuery,
    CompanionSchema,
    OpenCaseSchema,
)
from services.intake.api.shapes import CaseShape, FullCaseShape, MoveShape, PartnerHelpShape
from services.intake.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.contracts.vocabulary import Stage
from shared.errors import Invalid
from shared.http.etag import if_match, tag_of
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes("cases", __name__, url_prefix="/api/intake/v1/cases", description="Cases.")


@routes.post("")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(OpenCaseSchema)
@routes.response(201, CaseShape)
def open_case(work: Work, payload: dict[str, Any]) -> Any:
    """Take one person of a report on as a case."""
    return tagged(actions.open_case(work, actor(), **payload), 201)


@routes.get("")
@needs(Scope.CASE_READ, policy=CASE_WORKERS)
@reads(begin)
@routes.arguments(CaseQuery, location="query")
@routes.response(200, CaseShape(many=True))
def listed(work: Work, query: dict[str, Any]) -> Any:
    """List the cases one may see, newest first."""
    limit, after = asked()
    return paged(queries.cases(work, actor(), limit, after, _stage(query)), limit)


@routes.get("/<uuid:case_id>")
@needs(Scope.CASE_READ, policy=CASE_WORKERS)
@reads(begin)
@routes.response(200, FullCaseShape)
def one(work: Work, case_id: UUID) -> Any:
    """Read a case: its person, its number, and what is lacking before it may go on."""
    file = queries.case_file(work, actor(), case_id)
    named = vars(file.case) | {
        "person": file.person,
        "lacks": file.lacks,
        "blockers": file.blocks,
    }
    return named, 200, {"ETag": tag_of(file.case.version)}


@routes.get("/<uuid:case_id>/moves")
@needs(Scope.CASE_READ, policy=CASE_WORKERS)
@reads(begin)
@routes.response(200, MoveShape(many=True))
def moves(work: Work, case_id: UUID) -> Any:
    """Read every step the case has made, newest first."""
    return queries.case_file(work, actor(), case_id).moves


@routes.get("/<uuid:case_id>/referrals")
@needs(Scope.CASE_READ, policy=CASE_WORKERS)
@reads(begin)
@routes.response(200, PartnerHelpShape(many=True))
def referrals(work: Work, case_id: UUID) -> Any:
    """Read the case's referrals as far as their events tell; details are with referral."""
    return queries.help_of(work, actor(), case_id)


@routes.post("/<uuid:case_id>/assignment")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(AssignmentSchema)
@routes.response(200, CaseShape)
def assign(work: Work, payload: dict[str, Any], case_id: UUID) -> Any:
    """Say which case manager answers for the case."""
    return tagged(actions.assign(work, actor(), case_id, **payload, seen=if_match()))


@routes.post("/<uuid:case_id>/companion")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(CompanionSchema)
@routes.response(200, CaseShape)
def accompany(work: Work, payload: dict[str, Any], case_id: UUID) -> Any:
    """Say who walks with the person."""
    return tagged(actions.accompany(work, actor(), case_id, **payload, seen=if_match()))


def _stage(query: dict[str, Any]) -> Stage | None:
    wanted = query.get("stage")
    if not wanted:
        return None
    if wanted not in set(Stage):
        raise Invalid(fields={"stage": ["wrong_code"]})
    return Stage(wanted)
