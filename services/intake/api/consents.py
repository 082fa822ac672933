"""Consents: what a person allows, refuses and takes back (F3)."""

from typing import Any
from uuid import UUID

from services.intake import queries
from services.intake.actions import consents as actions
from services.intake.actions.policies import RESPONDERS, SECOND_PERSON
from services.intake.api import schemas
from services.intake.api.answers import tagged
from services.intake.api.shapes import ConsentShape
from services.intake.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "consents",
    __name__,
    url_prefix="/api/intake/v1/cases/<uuid:case_id>/consents",
    description="Consent is one decision: one scope, one recipient, from when until when.",
)


@routes.get("")
@needs(Scope.CASE_READ, policy=RESPONDERS)
@reads(begin)
@routes.response(200, ConsentShape(many=True))
def listed(work: Work, case_id: UUID) -> Any:
    """Read every decision, newest first."""
    return queries.case_file(work, actor(), case_id).consents


@routes.post("")
@needs(Scope.CONSENT_RECORD, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.ConsentSchema)
@routes.response(201, ConsentShape)
def record(work: Work, answers: dict[str, Any], case_id: UUID) -> Any:
    """Write a decision down: given, refused, or cannot be asked now."""
    return tagged(actions.record_consent(work, actor(), case_id, answers), 201)


@routes.post("/<uuid:consent_id>/approval")
@needs(Scope.CASE_MANAGE, policy=SECOND_PERSON)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, ConsentShape)
def approve(work: Work, _payload: dict[str, Any], case_id: UUID, consent_id: UUID) -> Any:
    """Agree, as a second person, to sharing without consent; otherwise it ends after 3 hours."""
    return tagged(actions.approve_consent(work, actor(), case_id, consent_id))


@routes.post("/<uuid:consent_id>/withdrawal")
@needs(Scope.CONSENT_RECORD, policy=RESPONDERS)
@changes(begin)
@routes.arguments(schemas.Nothing)
@routes.response(200, ConsentShape)
def withdraw(work: Work, _payload: dict[str, Any], case_id: UUID, consent_id: UUID) -> Any:
    """The person takes it back; partners are told to stop."""
    return tagged(actions.withdraw_consent(work, actor(), case_id, consent_id))
