"""People: invited, named, given roles, stopped, reset by two administrators."""

from typing import Any
from uuid import UUID

from services.auth.actions import people as actions
from services.auth.actions.sessions import sign_out_everywhere
from services.auth.api.policies import ADMINISTRATORS, COLLEAGUES
from services.auth.api.schemas import (
    InvitedSchema,
    NameSchema,
    NewPersonSchema,
    PersonSchema,
    RolesSchema,
)
from services.auth.domain.person import Newcomer, Person
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "people",
    __name__,
    url_prefix="/api/auth/v1/people",
    description="The people who sign in, and what they may do.",
)


@routes.get("")
@needs(Scope.PERSON_LIST, policy=COLLEAGUES)
@reads(begin)
@routes.response(200, NameSchema(many=True))
def names(work: Work) -> list[Person]:
    """List the names of one's own institution."""
    return actions.colleagues_of(work, actor())


@routes.get("/<uuid:person_id>/name")
@needs(Scope.PERSON_LIST, policy=COLLEAGUES)
@reads(begin)
@routes.response(200, NameSchema)
def name(work: Work, person_id: UUID) -> Person:
    """Read the name of a colleague."""
    return actions.colleague(work, actor(), person_id)


@routes.get("/<uuid:person_id>")
@needs(Scope.PERSON_MANAGE, policy=ADMINISTRATORS)
@reads(begin)
@routes.response(200, PersonSchema)
def one(work: Work, person_id: UUID) -> Person:
    """Read somebody one manages."""
    return actions.managed_person(work, actor(), person_id)


@routes.post("")
@needs(Scope.PERSON_MANAGE, policy=ADMINISTRATORS)
@changes(begin, keep=False)
@routes.arguments(NewPersonSchema)
@routes.response(201, InvitedSchema)
def invite(work: Work, given: dict[str, Any]) -> dict[str, Any]:
    """Make a place for somebody; the code in the answer is shown once."""
    newcomer = Newcomer(
        name=given["name"], sign_in=given["sign_in"], roles=frozenset(given["roles"])
    )
    institution_id = given["institution_id"]
    person, code = actions.invite_person(
        work, actor(), institution_id=institution_id, newcomer=newcomer, at=now()
    )
    return {"person": person, "code": code}


@routes.put("/<uuid:person_id>/roles")
@needs(Scope.PERSON_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.arguments(RolesSchema)
@routes.response(200, PersonSchema)
def give_roles(work: Work, given: dict[str, Any], person_id: UUID) -> Person:
    """Give somebody other roles; nobody changes her own."""
    roles = frozenset(given["roles"])
    return actions.change_roles(work, actor(), person_id, roles=roles, at=now())


@routes.post("/<uuid:person_id>/stop")
@needs(Scope.PERSON_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.response(200, PersonSchema)
def stop(work: Work, person_id: UUID) -> Person:
    """End somebody's access everywhere, now."""
    return actions.stop_person(work, actor(), person_id, at=now())


@routes.post("/<uuid:person_id>/reset")
@needs(Scope.PERSON_MANAGE, policy=ADMINISTRATORS)
@changes(begin, keep=False)
@routes.response(200, InvitedSchema)
def reset(work: Work, person_id: UUID) -> dict[str, Any]:
    """Agree that somebody enrols anew; the second administrator's word gives the code."""
    person, code = actions.reset_person(work, actor(), person_id, at=now())
    return {"person": person, "code": code}


@routes.delete("/<uuid:person_id>/sessions")
@needs(Scope.SESSION_REVOKE, policy=ADMINISTRATORS)
@changes(begin)
@routes.response(204)
def sign_out(work: Work, person_id: UUID) -> None:
    """End every session of somebody one manages."""
    person = actions.managed_person(work, actor(), person_id)
    sign_out_everywhere(work, actor(), person.id, at=now())
