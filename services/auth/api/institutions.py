"""Institutions: registered, read, suspended and reinstated."""

from typing import Any
from uuid import UUID

from services.auth.actions import institutions as actions
from services.auth.api.policies import ADMINISTRATORS, COLLEAGUES
from services.auth.api.schemas import InstitutionSchema, NewInstitutionSchema
from services.auth.domain.institution import Institution
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "institutions",
    __name__,
    url_prefix="/api/auth/v1/institutions",
    description="The institutions that take part, and whether they may act.",
)


@routes.get("")
@needs(Scope.INSTITUTION_MANAGE, policy=ADMINISTRATORS)
@reads(begin)
@routes.response(200, InstitutionSchema(many=True))
def listed(work: Work) -> list[Institution]:
    """List the institutions."""
    return actions.list_institutions(work, actor())


@routes.get("/<uuid:institution_id>")
@needs(Scope.PERSON_LIST, policy=COLLEAGUES)
@reads(begin)
@routes.response(200, InstitutionSchema)
def one(work: Work, institution_id: UUID) -> Institution:
    """Read an institution's kind, name and standing."""
    return actions.read_institution(work, actor(), institution_id)


@routes.post("")
@needs(Scope.INSTITUTION_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.arguments(NewInstitutionSchema)
@routes.response(201, InstitutionSchema)
def register(work: Work, given: dict[str, Any]) -> Institution:
    """Take an institution into the network."""
    return actions.register_institution(work, actor(), at=now(), **given)


@routes.post("/<uuid:institution_id>/suspension")
@needs(Scope.INSTITUTION_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.response(200, InstitutionSchema)
def suspend(work: Work, institution_id: UUID) -> Institution:
    """Stop an institution with its people and machines, everywhere, now."""
    return actions.suspend_institution(work, actor(), institution_id, at=now())


@routes.post("/<uuid:institution_id>/reinstatement")
@needs(Scope.INSTITUTION_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.response(200, InstitutionSchema)
def reinstate(work: Work, institution_id: UUID) -> Institution:
    """Let an institution act again."""
    return actions.reinstate_institution(work, actor(), institution_id, at=now())
