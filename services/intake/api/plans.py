"""Needs, the service plan and what the person decides; and what a partner would see."""

from typing import Any
from uuid import UUID

from services.intake import queries
from services.intake.actions import planning, referring
from services.intake.actions.policies import CASE_MANAGERS, RESPONDERS
from services.intake.api import schemas
from services.intake.api.answers import tagged
from services.intake.api.shapes import (
    CaseShape,
    NeedShape,
    OrderShape,
    PlanItemShape,
    PlanShape,
    PreviewShape,
    WholePlanShape,
)
from services.intake.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "plans",
    __name__,
    url_prefix="/api/intake/v1/cases/<uuid:case_id>",
    description="Needs and the service plan. The person is free to refuse each service.",
)


@routes.get("/needs")
@needs(Scope.CASE_READ, policy=RESPONDERS)
@reads(begin)
@routes.response(200, NeedShape(many=True))
def needs_of(work: Work, case_id: UUID) -> Any:
    """Read the needs that were found."""
    return queries.case_file(work, actor(), case_id).needs


@routes.post("/needs")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.NeedSchema)
@routes.response(201, NeedShape)
def record_need(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Write a need down."""
    return tagged(planning.record_need(work, actor(), case_id, answers), 201)


@routes.post("/needs/<uuid:need_id>/reason")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.LeaveNeedSchema)
@routes.response(200, NeedShape)
def leave_need(work: Work, payload: dict[str, Any], case_id: UUID, need_id: UUID) -> Any:
    """Say why a need has no plan item (CL39)."""
    return tagged(planning.leave_need(work, actor(), case_id, need_id, payload["reason"]))


@routes.get("/plan")
@needs(Scope.CASE_READ, policy=RESPONDERS)
@reads(begin)
@routes.response(200, WholePlanShape)
def plan(work: Work, case_id: UUID) -> Any:
    """Read the plan: every agreed version, and the items as they are now."""
    file = queries.case_file(work, actor(), case_id)
    return {"versions": file.plans, "items": file.items}


@routes.post("/plan/items")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.PlanItemSchema)
@routes.response(201, PlanItemShape)
def write_item(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Put a service into the plan; an agreed plan gets its next version by that."""
    return tagged(planning.write_item(work, actor(), case_id, answers), 201)


@routes.post("/plan/items/<uuid:item_id>/decision")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.PlanDecisionSchema)
@routes.response(200, PlanItemShape)
def decide(work: Work, answers: dict[str, Any], case_id: UUID, item_id: UUID) -> Any:
    """Keep what the person says to a service. What was refused can never be referred."""
    return tagged(planning.decide(work, actor(), case_id, item_id, answers))


@routes.post("/plan/items/<uuid:item_id>/no-partner")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, CaseShape)
def nobody_left(work: Work, _payload: dict[str, Any], case_id: UUID, item_id: UUID) -> Any:
    """Say that no partner gives this service: a gap, and back to planning (R3)."""
    return tagged(planning.nobody_left(work, actor(), case_id, item_id))


@routes.post("/plan/agreement")
@needs(Scope.CASE_MANAGE, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, PlanShape)
def agree(work: Work, _payload: dict[str, Any], case_id: UUID) -> Any:
    """The plan is agreed with the person as it stands now."""
    return tagged(planning.agree_plan(work, actor(), case_id))


@routes.post("/plan/items/<uuid:item_id>/preview")
@needs(Scope.CASE_READ, policy=RESPONDERS)
@reads(begin)
@routes.arguments(schemas.PreviewSchema)
@routes.response(200, PreviewShape)
def preview(work: Work, payload: dict[str, Any], case_id: UUID, item_id: UUID) -> Any:
    """Read what a partner would see: its template, as far as the consent goes."""
    to = (payload["institution_id"], frozenset(payload["template"]))
    seen = referring.preview(work, actor(), case_id, item_id, to)
    filled = {field.value: seen.filled_in.get(field, "") for field in seen.offered}
    return {
        "consent_id": seen.consent.id,
        "field_classes": sorted(seen.consent.field_classes),
        "fields_": filled,
    }


@routes.post("/plan/items/<uuid:item_id>/referral-order")
@needs(Scope.CASE_WRITE, policy=RESPONDERS)
@reads(begin)
@routes.arguments(schemas.OrderSchema)
@routes.response(200, OrderShape)
def order(work: Work, wish: dict[str, Any], case_id: UUID, item_id: UUID) -> Any:
    """Get a referral ready: the body to post to referral, and the key to post it with.

    Posting it is a call of its own, with a token for that service. Nothing leaves by this.
    """
    wish["template"] = frozenset(wish["template"])
    return referring.prepare(work, actor(), case_id, referring.Wish(item_id=item_id, **wish))
