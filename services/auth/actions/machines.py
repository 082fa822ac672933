"""Register partners' machines, change their keys, stop them."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from services.auth.domain.machine import Machine
from services.auth.storage.visible import managed_institutions, managed_machines
from services.auth.storage.work import Work
from shared.contracts.validation import worded
from shared.errors import Invalid
from shared.security.actor import Actor


def register_machine(
    work: Work,
    by: Actor | None,
    *,
    institution_id: UUID,
    name: str,
    jwks: Mapping[str, Any] | None,
    at: datetime,
) -> tuple[Machine, str | None]:
    """Register a partner's system by its public keys.

    Without keys it gets a secret, shown once: the fallback for a system that cannot sign.
    """
    institution = work.institutions.get(institution_id, managed_institutions(by))
    machine = Machine.for_partner(institution, name=name, at=at)
    keys = (jwks or {}).get("keys") or []
    secret = None if keys else secrets.token_urlsafe(32)
    if secret is not None:
        machine.set_secret(secret)
    for key in keys:
        _add(machine, key)
    work.machines.add(machine)
    work.audit.wrote(by, "register_machine", "machine", [machine.id])
    return machine, secret


def list_machines(work: Work, by: Actor) -> list[Machine]:
    """Return the machines of the institutions one manages, by name."""
    found = sorted(work.machines.find(managed_machines(by)), key=lambda one: one.name.casefold())
    work.audit.read(by, "list_machines", "machine", [machine.id for machine in found])
    return found


def add_key(work: Work, by: Actor | None, machine_id: UUID, *, jwk: Mapping[str, Any]) -> Machine:
    """Take a second key, so that the first can be changed without a gap."""
    machine = work.machines.get(machine_id, managed_machines(by))
    _add(machine, jwk)
    work.audit.wrote(by, "add_key", "machine", [machine.id])
    return work.machines.save(machine)


def remove_key(
    work: Work, by: Actor | None, machine_id: UUID, *, kid: str, at: datetime
) -> Machine:
    """Take a key away; tokens got with any key of the machine are void."""
    machine = work.machines.get(machine_id, managed_machines(by))
    work.tell(machine.remove_key(kid, at=at))
    work.audit.wrote(by, "remove_key", "machine", [machine.id])
    return work.machines.save(machine)


def stop_machine(work: Work, by: Actor | None, machine_id: UUID, *, at: datetime) -> Machine:
    """End a machine's access everywhere, now."""
    machine = work.machines.get(machine_id, managed_machines(by))
    work.tell(machine.stop(at=at))
    work.audit.wrote(by, "stop_machine", "machine", [machine.id])
    return work.machines.save(machine)


def _add(machine: Machine, jwk: Mapping[str, Any]) -> None:
    kid = machine.add_key(jwk)
    held = next(key for key in machine.keys if key["kid"] == kid)
    try:  # the domain knows the shape of a key, the library whether it is a point of the curve
        ECKey.import_key({name: held[name] for name in ("kty", "crv", "x", "y")})
    except (JoseError, ValueError):
        raise Invalid(fields={"key": [worded("Kunci ini bukan kunci P-256.")]}) from None
