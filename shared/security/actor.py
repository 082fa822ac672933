"""Who is acting: a person, a partner's machine, or one of the services."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from shared.contracts.roles import Role
from shared.contracts.scopes import Scope
from shared.contracts.vocabulary import InstitutionKind


class ActorKind(StrEnum):
    """What kind of actor it is."""

    PERSON = "person"
    MACHINE = "machine"
    SERVICE = "service"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The bearer of a verified token. ``org`` is the institution; for staff it is the unit.

    ``machine_id`` is the OAuth client the token was issued to; ``token`` is kept only to call
    another service for the same actor and is never shown in a representation.
    """

    id: UUID
    kind: ActorKind
    org: UUID | None
    org_kind: InstitutionKind | None
    roles: frozenset[Role]
    scopes: frozenset[Scope]
    machine_id: str
    session_id: UUID | None = None
    token: str = field(default="", repr=False)

    def holds(self, roles: frozenset[Role]) -> bool:
        """Return whether the actor holds one of these roles."""
        return bool(self.roles & roles)
