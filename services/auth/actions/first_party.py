"""Our own clients: the three fronts and the services, known by their public keys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.auth.domain.machine import Machine, MachineKind, Standing
from services.auth.storage.work import Work
from shared.contracts.event import Publisher
from shared.contracts.roles import PARTNERS, Role
from shared.identifiers import named_id

#: The space in which our own clients have their identifiers.
_SPACE: Final = UUID("0197a000-0000-7000-8000-0000000f1257")
_EVERY_SERVICE: Final = frozenset(Publisher)
_PORTAL_ROLES: Final = PARTNERS - {Role.MESIN_MITRA}
_STAFF_ROLES: Final = frozenset(Role) - PARTNERS - {Role.LAYANAN}

#: Front: who may use it, the services it speaks to, and where its browsers come back to.
_FRONTS: Final[Mapping[str, tuple[frozenset[Role], frozenset[Publisher], str]]] = {
    "staff-web": (_STAFF_ROLES, _EVERY_SERVICE, "/masuk/kembali"),
    "partner-portal": (
        _PORTAL_ROLES,
        frozenset({Publisher.REFERRAL, Publisher.AUTH}),
        "/mitra/masuk/kembali",
    ),
    "admin-web": (
        frozenset({Role.ADMIN_SISTEM}),
        frozenset({Publisher.AUTH}),
        "/auth/kelola/masuk/kembali",
    ),
}
_SERVICES: Final = ("svc-intake", "svc-referral", "svc-monitoring")

#: Every client of ours, by name.
FIRST_PARTY: Final = (*_FRONTS, *_SERVICES)


def ensure_first_party(
    work: Work, keys: Mapping[str, Mapping[str, Any]], *, public_url: str, at: datetime
) -> None:
    """Register our own clients with these public keys (name to JWK), or bring them up to date."""
    for name, jwk in keys.items():
        held = work.machines.by_client_id(name)
        wanted = _for_front(name, public_url, at) if name in _FRONTS else _for_service(name, at)
        wanted.add_key({part: jwk[part] for part in ("kty", "crv", "x", "y")})
        if held is None:
            work.machines.add(wanted)
            work.audit.wrote(None, "register_first_party", "machine", [wanted.id])
        elif (held.keys, held.redirect_uris) != (wanted.keys, wanted.redirect_uris):
            wanted.version, wanted.registered_at = held.version, held.registered_at
            work.machines.save(wanted)
            work.audit.wrote(None, "renew_first_party", "machine", [wanted.id])


def _for_front(name: str, public_url: str, at: datetime) -> Machine:
    roles, audiences, back = _FRONTS[name]
    made = _machine(name, MachineKind.FRONT, roles, audiences, at)
    made.redirect_uris = [public_url + back]
    return made


def _for_service(name: str, at: datetime) -> Machine:
    if name not in _SERVICES:
        raise KeyError(name)
    others = _EVERY_SERVICE - {Publisher(name.removeprefix("svc-"))}
    return _machine(name, MachineKind.SERVICE, frozenset({Role.LAYANAN}), others, at)


def _machine(
    name: str,
    kind: MachineKind,
    roles: frozenset[Role],
    audiences: frozenset[Publisher],
    at: datetime,
) -> Machine:
    return Machine(
        id=named_id(_SPACE, name),
        client_id=name,
        kind=kind,
        institution_id=None,
        name=name,
        roles=roles,
        audiences=audiences,
        standing=Standing.ACTIVE,
        registered_at=at,
    )
