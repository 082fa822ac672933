"""The way in and out of a front: to auth, back with a code, and out again."""

import secrets
from typing import Any, Final

from flask import Blueprint, Response, make_response, redirect, request

from shared.clock import now
from shared.contracts.roles import Role
from shared.errors import NotAllowed, RajutError
from shared.http.guard import anyone, verified
from shared.web.front_desk import Desk
from shared.web.front_tokens import kept_of
from shared.web.front_visits import Visit
from shared.web.problems import problem_page

_MOST_PENDING: Final = 5


class SignInLost(RajutError):
    """The browser came back from signing in with something this front did not ask for."""

    code = "sign_in_lost"
    id = "Proses masuk terputus. Buka halaman depan dan masuk sekali lagi."
    en = "Signing in was interrupted. Open the front page and sign in once more."


class NotForThisFront(NotAllowed):
    """Whoever signed in has no role that this front is for."""

    code = "not_for_this_front"
    id = "Akun ini tidak dipakai di bagian ini. Mintalah peran yang sesuai kepada administrator."
    en = "This account is not used here. Ask the administrator for the right role."


class Gate:
    """The three routes of one front."""

    def __init__(self, desk: Desk, *, home: str, roles: frozenset[Role]) -> None:
        self._desk = desk
        self._home = home
        self._roles = roles
        self._back = f"{desk.sign_in}/kembali"

    def blueprint(self) -> Blueprint:
        """Build the routes."""
        routes = Blueprint(f"front_{self._desk.name}", __name__)

        @routes.get(self._desk.sign_in)
        @anyone("nobody is signed in before signing in")
        def begin() -> Response:
            return self._begin()

        @routes.get(self._back)
        @anyone("nobody is signed in before signing in")
        def back() -> Response:
            return self._come_back()

        @routes.post(self._desk.sign_out)
        @anyone("leaving is always allowed")
        def leave() -> Response:
            return self._leave()

        return routes

    def forget(self) -> None:
        """End the visit and its session at auth; does nothing when nobody is there."""
        visit = self._desk.found()
        if visit is None:
            return
        self._desk.close(visit)
        if "refresh" in visit.kept:
            self._desk.oauth.revoke(str(visit.kept["refresh"]))

    def _begin(self) -> Response:
        to = inside(request.args.get("ke", ""), otherwise=self._home)
        visit = self._desk.found()
        if visit is not None and visit.person_id is not None:
            return _to(to)
        visit = visit or self._desk.pending({})
        state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
        with self._desk.visits.changing(visit) as kept:
            pending = list(kept.get("pending", {}).items())[1 - _MOST_PENDING :]
            kept["pending"] = {**dict(pending), state: {"verifier": verifier, "to": to}}
        address = self._desk.oauth.address(
            state=state, verifier=verifier, back=self._back, service=self._desk.parts.publisher
        )
        return self._desk.keep(_to(address), visit)

    def _come_back(self) -> Response:
        try:
            return self._signed_in()
        except RajutError as error:
            return make_response(problem_page(error))

    def _signed_in(self) -> Response:
        before = self._desk.found()
        asked = (before.kept if before else {}).get("pending", {}).get(request.args.get("state"))
        if before is None or asked is None:
            raise SignInLost
        if request.args.get("iss") != self._desk.parts.web.issuer:  # RFC 9207
            raise SignInLost
        told = self._redeemed(asked["verifier"])
        who = verified(str(told["access_token"]))
        if not who.holds(self._roles):
            self._desk.oauth.revoke(str(told["refresh_token"]))
            raise NotForThisFront
        # A new number: one that was known before signing in is worth nothing after.
        self._desk.close(before)
        visit = self._opened(told, before, person_id=who.id, session_id=who.session_id)
        return self._desk.keep(_to(asked["to"]), visit)

    def _redeemed(self, verifier: str) -> dict[str, Any]:
        code = request.args.get("code")
        if code is not None:
            return self._desk.oauth.redeem(code, verifier=verifier, back=self._back)
        raise NotForThisFront if request.args.get("error") == "access_denied" else SignInLost

    def _opened(self, told: dict[str, Any], before: Visit, **who: Any) -> Visit:
        at = now()
        kept = kept_of(told, self._desk.parts.publisher, at=at)
        kept["flash"] = before.kept.get("flash", {})
        return self._desk.visits.open(kept, at=at, until=at + self._desk.kind.whole, **who)

    def _leave(self) -> Response:
        visit = self._desk.found()
        try:
            if visit is not None:
                self._desk.check_form(visit)
        except NotAllowed as error:
            return make_response(problem_page(error))
        self.forget()
        return self._desk.drop(_to(self._home))


def inside(to: str, *, otherwise: str) -> str:
    """Return an address of our own; anything that could lead elsewhere becomes ``otherwise``."""
    plain = to.startswith("/") and not to.startswith("//") and to.isprintable()
    return to if plain and "\\" not in to and len(to) < 2000 else otherwise


def _to(address: str) -> Response:
    return make_response(redirect(address, code=303))
