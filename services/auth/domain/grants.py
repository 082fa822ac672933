"""What a token may carry: what the roles grant, the audience owns and the caller asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import AUDIENCE, GRANTED, Scope
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import RajutError

_URN: Final = "urn:rajut:"


class ScopeUnknown(RajutError):
    """A scope was asked for that nobody owns or the caller may not have."""

    code = "invalid_scope"


class ResourceUnknown(RajutError):
    """A resource was asked for that is none of the four services."""

    code = "invalid_target"


@dataclass(frozen=True, kw_only=True)
class Grantee:
    """The one a token is made out to, with everything the token says of her or it."""

    subject_id: UUID
    client_id: str
    institution_id: UUID | None
    institution_kind: InstitutionKind | None
    roles: frozenset[Role]
    scopes: frozenset[Scope]
    audience: Publisher
    #: The moment of the unit of work that granted it, so that what is taken back later is later.
    issued_at: datetime
    session_id: UUID | None = None
    refresh_token: str | None = None


def resource_of(service: Publisher) -> str:
    """Return the name by which a service is asked for (RFC 8707) and named as audience."""
    return _URN + service.value


def service_of(resource: str) -> Publisher:
    """Return the service that a resource names; ResourceUnknown otherwise."""
    try:
        return Publisher(resource.removeprefix(_URN) if resource.startswith(_URN) else "")
    except ValueError:
        raise ResourceUnknown from None


def scopes_asked(text: str | None) -> frozenset[Scope]:
    """Return the scopes of a request; empty means whatever the roles grant."""
    try:
        return frozenset(Scope(word) for word in (text or "").split())
    except ValueError:
        raise ScopeUnknown from None


def granted(
    roles: Iterable[Role], *, audience: Publisher, asked: frozenset[Scope] = frozenset()
) -> frozenset[Scope]:
    """Return what the token carries; ScopeUnknown when something was asked for and none is left.

    Roles add up; what is asked for only takes away.
    """
    held = frozenset[Scope]().union(*(GRANTED[role] for role in roles)) & AUDIENCE[audience]
    left = held & asked if asked else held
    if asked & AUDIENCE[audience] and not left:
        raise ScopeUnknown
    return left


def narrowed(asked: frozenset[Scope], *, wished: frozenset[Scope]) -> frozenset[Scope]:
    """Return what is asked for now within what was asked for at sign-in (RFC 6749, section 6).

    Empty means everything. Raises ScopeUnknown when more is wished than was asked for.
    """
    if asked and wished - asked:
        raise ScopeUnknown
    return wished or asked
