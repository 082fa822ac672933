"""The guard at every route: which scope it needs, which policy, and what becomes of a refusal.

An application refuses to start when one of its routes says neither (design, section 5).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, Literal, TypeVar, cast

from flask import Flask, current_app, g, request

from shared.contracts.scopes import Scope
from shared.errors import NotAllowed, NotSignedIn, TokenRevoked
from shared.http.parts import Parts
from shared.security.actor import Actor
from shared.security.policy import Policy
from shared.storage.revocations import revoked_since

F = TypeVar("F", bound=Callable[..., Any])
KeyWish = Literal["required", "optional"]

PARTS: Final = "rajut.parts"


class RouteWithoutAccess(Exception):
    """A route says neither what it needs nor that anyone may use it."""


@dataclass(frozen=True)
class Access:
    """What a route says about itself."""

    scopes: frozenset[Scope]
    policy: Policy | None
    why_open: str = ""
    key: KeyWish = "optional"


def needs(*scopes: Scope, policy: Policy, key: KeyWish = "optional") -> Callable[[F], F]:
    """Let a route be used only with a token that carries all these scopes and fits the policy."""

    def guard(view: F) -> F:
        @wraps(view)
        def guarded(*args: Any, **named: Any) -> Any:
            admit(bearer(), frozenset(scopes), policy)
            return view(*args, **named)

        return cast(F, marked(guarded, Access(frozenset(scopes), policy, key=key)))

    return guard


def anyone(why: str) -> Callable[[F], F]:
    """Let anybody use a route, and say why that is right."""

    def open_up(view: F) -> F:
        return cast(F, marked(view, Access(frozenset(), None, why_open=why)))

    return open_up


def marked(view: Any, access: Access) -> Any:
    """Return the view with what it says about itself."""
    view.__access__ = access
    return view


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what a view says about itself, or None."""
    return cast(Access | None, getattr(view, "__access__", None))


def actor() -> Actor:
    """Return who is asking; NotSignedIn when nobody was admitted."""
    found: Actor | None = g.get("actor")
    if found is None:
        raise NotSignedIn
    return found


def parts() -> Parts:
    """Return the parts of the application that is answering."""
    return cast(Parts, current_app.extensions[PARTS])


def bearer() -> Actor:
    """Return the actor of the Authorization header; NotSignedIn or TokenRevoked otherwise."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise NotSignedIn
    return verified(token.strip())


def verified(token: str) -> Actor:
    """Return the actor of a token that holds and was not taken back, and remember it."""
    found, issued_at = parts().verifier.verify(token)
    subjects = [one for one in (found.id, found.session_id, found.org) if one is not None]
    ground = parts().ground
    with ground.database.read() as connection:
        since = revoked_since(connection, ground.kit.revocations, subjects)
    if since is not None and issued_at <= since:
        g.refused = found  # not admitted, but the audit trail says who tried
        raise TokenRevoked
    g.actor = found
    return found


def admit(asking: Actor, scopes: frozenset[Scope], policy: Policy) -> None:
    """Raise NotAllowed unless the actor carries every scope and holds a role of the policy."""
    if not scopes <= asking.scopes or not asking.holds(policy.roles):
        raise NotAllowed


def refuse_to_start_open(app: Flask) -> None:
    """Raise RouteWithoutAccess when a route of the application names no access."""
    bare = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if access_of(app.view_functions[rule.endpoint]) is None
    ]
    if bare:
        raise RouteWithoutAccess(", ".join(sorted(bare)))
