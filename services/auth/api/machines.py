"""Machines: the OAuth clients of partners, with their keys."""

from typing import Any
from uuid import UUID

from services.auth.actions import machines as actions
from services.auth.api.policies import ADMINISTRATORS
from services.auth.api.schemas import (
    KeySchema,
    MachineSchema,
    NewMachineSchema,
    RegisteredMachineSchema,
)
from services.auth.domain.machine import Machine
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "machines",
    __name__,
    url_prefix="/api/auth/v1/machines",
    description="The systems of partners, known by their public keys.",
)


@routes.get("")
@needs(Scope.MACHINE_MANAGE, policy=ADMINISTRATORS)
@reads(begin)
@routes.response(200, MachineSchema(many=True))
def listed(work: Work) -> list[Machine]:
    """List the machines of the institutions one manages."""
    return actions.list_machines(work, actor())


@routes.post("")
@needs(Scope.MACHINE_MANAGE, policy=ADMINISTRATORS)
@changes(begin, keep=False)
@routes.arguments(NewMachineSchema)
@routes.response(201, RegisteredMachineSchema)
def register(work: Work, given: dict[str, Any]) -> dict[str, Any]:
    """Register a partner's system by its public keys, or with a secret that is shown once."""
    asked = {"jwks": None} | given
    machine, secret = actions.register_machine(work, actor(), at=now(), **asked)
    return {"machine": machine, "secret": secret}


@routes.post("/<uuid:machine_id>/keys")
@needs(Scope.MACHINE_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.arguments(KeySchema)
@routes.response(201, MachineSchema)
def add_key(work: Work, jwk: dict[str, Any], machine_id: UUID) -> Machine:
    """Take a second key, so that the first can be changed without a gap."""
    return actions.add_key(work, actor(), machine_id, jwk=jwk)


@routes.delete("/<uuid:machine_id>/keys/<kid>")
@needs(Scope.MACHINE_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.response(200, MachineSchema)
def remove_key(work: Work, machine_id: UUID, kid: str) -> Machine:
    """Take a key away; what was got with it is void."""
    return actions.remove_key(work, actor(), machine_id, kid=kid, at=now())


@routes.post("/<uuid:machine_id>/stop")
@needs(Scope.MACHINE_MANAGE, policy=ADMINISTRATORS)
@changes(begin)
@routes.response(200, MachineSchema)
def stop(work: Work, machine_id: UUID) -> Machine:
    """End a machine's access everywhere, now."""
    return actions.stop_machine(work, actor(), machine_id, at=now())
