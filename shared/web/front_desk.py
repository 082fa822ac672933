"""What a front is made of: its name, its cookie, its visits, its line to auth."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

from flask import Response, g, request

from shared.clock import now
from shared.http.parts import Parts
from shared.web.csrf import FIELD, check_csrf
from shared.web.front_oauth import OAuth
from shared.web.front_tokens import Tokens
from shared.web.front_visits import Visit, Visits


@dataclass(frozen=True)
class _Kind:
    """What differs between the fronts: where they stand and how long a visit lasts."""

    prefix: str
    whole: timedelta
    idle: timedelta


_KINDS: Final = {
    "staf": _Kind("", timedelta(hours=10), timedelta(minutes=30)),
    "mitra": _Kind("/mitra", timedelta(hours=8), timedelta(minutes=15)),
    "kelola": _Kind("/auth/kelola", timedelta(hours=8), timedelta(minutes=15)),
}
#: How long somebody may take to sign in.
PENDING_LIVES: Final = timedelta(minutes=15)


class Desk:
    """Where a front looks up who is there."""

    def __init__(self, parts: Parts, *, name: str, machine: str) -> None:
        self.parts = parts
        self.name = name
        self.kind = _KINDS[name]
        self.sign_in = f"{self.kind.prefix}/masuk"
        self.sign_out = f"{self.kind.prefix}/keluar"
        self.visits = Visits(parts.ground, name)
        self.oauth = OAuth(parts.calls, parts.web, machine=machine, key=parts.machines[machine])
        self.tokens = Tokens(self.visits, self.oauth)

    @property
    def cookie(self) -> str:
        """The name of the cookie; the prefix that binds it to the host needs TLS."""
        return f"__Host-{self.name}" if self.parts.web.secure else self.name

    def found(self) -> Visit | None:
        """Return the visit of this request, signed in or not."""
        if "visit" not in g:
            cookie = request.cookies.get(self.cookie, "")
            idle = self.kind.idle
            g.visit = self.visits.find(cookie, at=now(), idle=idle) if cookie else None
        return cast(Visit | None, g.visit)

    def pending(self, kept: dict[str, Any]) -> Visit:
        """Begin a visit of somebody who is about to sign in."""
        return self.visits.open(kept, at=now(), until=now() + PENDING_LIVES)

    def close(self, visit: Visit) -> None:
        """End a visit here; this request knows it no more."""
        self.visits.close(visit)
        g.pop("visit", None)

    def check_form(self, visit: Visit) -> None:
        """Raise ForgedForm unless the form was shown in this very visit."""
        given = request.form.get(FIELD) or request.headers.get("X-CSRF-Token")
        origin = self.parts.web.public_url
        check_csrf(visit.secret, given, dict(request.headers), origin=origin)

    def keep(self, response: Response, visit: Visit) -> Response:
        """Let the browser keep the number of a visit, out of the reach of scripts."""
        response.set_cookie(self.cookie, visit.cookie, **self._options())
        return response

    def drop(self, response: Response) -> Response:
        """Let the browser forget it, and what it stored of our pages."""
        response.delete_cookie(self.cookie, **self._options())
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _options(self) -> dict[str, Any]:
        return {"secure": self.parts.web.secure, "httponly": True, "samesite": "Lax", "path": "/"}
