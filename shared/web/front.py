"""A front: the browser holds a cookie, the tokens stay here (backend for frontend).

Front(parts, name="staf", machine="staff-web", home="/", roles=STAFF).join(app)

@pages.get("/kasus/<uuid:case_id>")
@page(CASEWORK)                      # a form that changes something: page(..., changes=True)
def case(case_id): ... actor() ... front().token_for(Publisher.REFERRAL) ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, make_response, redirect, request
from werkzeug.datastructures import MultiDict

from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.errors import NotSignedIn, RajutError, TokenRevoked
from shared.http.guard import Access, actor, admit, marked, verified
from shared.http.parts import Parts
from shared.security.policy import Policy
from shared.storage.headroom import refuse_when_full
from shared.storage.work import Work, begin_with
from shared.web.csrf import FIELD, csrf_token
from shared.web.front_desk import Desk
from shared.web.front_gate import Gate
from shared.web.front_visits import Visit
from shared.web.problems import problem_page

F = TypeVar("F", bound=Callable[..., Any])
FRONT: Final = "rajut.front"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: More than this is not kept while somebody signs in again.
_MOST_TYPED: Final = 60_000


class Front:
    """One front of one service: who is signed in, her tokens, and what she had typed."""

    def __init__(
        self, parts: Parts, *, name: str, machine: str, home: str, roles: frozenset[Role]
    ) -> None:
        self.parts = parts
        self._desk = Desk(parts, name=name, machine=machine)
        self._gate = Gate(self._desk, home=home, roles=roles)

    @property
    def cookie(self) -> str:
        """The name of its cookie."""
        return self._desk.cookie

    @property
    def sign_in(self) -> str:
        """The address for signing in; ``?ke=`` names where to go then."""
        return self._desk.sign_in

    @property
    def sign_out(self) -> str:
        """The address a form posts to for signing out."""
        return self._desk.sign_out

    def join(self, app: Flask) -> None:
        """Add the routes of signing in and out, and give templates ``csrf`` and ``sign_out``."""
        app.extensions[FRONT] = self
        app.register_blueprint(self._gate.blueprint())
        app.context_processor(lambda: {"csrf": self.csrf(), "sign_out": self.sign_out})

    def token_for(self, service: Publisher) -> str:
        """Return the token of who is asking, for a service. Not inside a transaction."""
        return self._desk.tokens.token(self.visit(), service)

    def csrf(self) -> str:
        """Return a token for a form on this page; empty when nobody is there."""
        visit = self._desk.found()
        return csrf_token(visit.secret) if visit is not None else ""

    def flash(self, name: str, value: Any) -> None:
        """Keep something (JSON), sealed, for a later page of this visit."""
        with self._desk.visits.changing(self.visit()) as kept:
            kept.setdefault("flash", {})[name] = value

    def flashed(self, name: str) -> Any:
        """Return what was kept, once; None when there is nothing."""
        with self._desk.visits.changing(self.visit()) as kept:
            return kept.get("flash", {}).pop(name, None)

    def typed(self) -> "MultiDict[str, str]":
        """Return what somebody had typed here when her session ended, once; else nothing."""
        given = self.flashed(f"typed {request.path}") or {}
        return MultiDict([(name, value) for name, values in given.items() for value in values])

    def visit(self) -> Visit:
        """Return the visit of this request; NotSignedIn when nobody is signed in."""
        found = self._desk.found()
        if found is None or found.person_id is None:
            raise NotSignedIn
        return found

    def forget(self) -> None:
        """End the visit and its session, for leaving in a hurry."""
        self._gate.forget()

    def admitted(self, policy: Policy, *, changes: bool) -> None:
        """Let the one who asks in, as ``actor()``. Raises NotSignedIn, NotAllowed, ForgedForm."""
        visit = self.visit()
        try:
            self._verify(visit)
        except NotSignedIn:
            self._desk.close(visit)
            raise
        admit(actor(), frozenset(), policy)
        if request.method not in _SAFE:
            self._desk.check_form(visit)
        if changes:
            refuse_when_full(self.parts.ground.database)

    def to_sign_in(self) -> Response:
        """Send the browser to sign in and come back here; what was typed is kept meanwhile."""
        safe = request.method in _SAFE
        here = request.full_path.rstrip("?") if safe else request.path
        visit = self._desk.pending({} if safe else _what_was_typed())
        address = f"{self.sign_in}?{urlencode({'ke': here})}"
        return self._desk.keep(make_response(redirect(address, code=303)), visit)

    def _verify(self, visit: Visit) -> None:
        service = self.parts.publisher
        token = self._desk.tokens.token(visit, service)
        try:
            verified(token)
        except TokenRevoked:
            # Another role perhaps: the session may still give a token that holds.
            verified(self._desk.tokens.token(visit, service, not_this=token))


def front() -> Front:
    """Return the front of the application that is answering."""
    return cast(Front, current_app.extensions[FRONT])


def page(policy: Policy, *, changes: bool = False) -> Callable[[F], F]:
    """Let a page be used only by those who are signed in and fit the policy.

    Whoever is not signed in is sent there and comes back. ``changes`` says that the page changes
    something; a form's token is checked whether it says so or not.
    """

    def guard(view: F) -> F:
        @wraps(view)
        def guarded(*args: Any, **named: Any) -> Any:
            here = front()
            try:
                here.admitted(policy, changes=changes)
            except NotSignedIn:
                return here.to_sign_in()
            except RajutError as error:
                return _refused(here, error)
            return view(*args, **named)

        return cast(F, marked(guarded, Access(frozenset(), policy)))

    return guard


def _refused(here: Front, error: RajutError) -> Any:
    """Show the refusal as a page; like every denial it is written to the audit trail."""
    if error.status == 403:
        with begin_with(Work, here.parts.ground) as work:
            action = f"{request.method} {request.url_rule or '?'}"
            work.audit.denied(g.get("actor"), action, error.code)
    return problem_page(error)


def _what_was_typed() -> dict[str, Any]:
    typed = request.form.to_dict(flat=False)
    typed.pop(FIELD, None)
    if sum(len(value) for values in typed.values() for value in values) > _MOST_TYPED:
        return {}
    return {"flash": {f"typed {request.path}": typed}}
