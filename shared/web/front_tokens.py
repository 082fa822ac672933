"""The tokens of a visit: one a service, fetched anew shortly before they end.

Refreshing uses up the token it is done with, and showing that one twice would end the session.
So of several requests at once one refreshes and says so in the row; the others wait for it. No
call is made while a transaction is open.
"""

import time
from datetime import datetime, timedelta
from typing import Any, Final

from shared.clock import now
from shared.contracts.event import Publisher
from shared.errors import NotSignedIn, Unavailable
from shared.web.front_oauth import OAuth
from shared.web.front_visits import Visit, Visits

#: A token is renewed when it has less than this left.
_SHORT: Final = timedelta(seconds=30)
#: One who began to refresh and never came back is waited for so long.
_PATIENCE: Final = timedelta(seconds=15)
_PAUSE_SECONDS: Final = 0.05


def kept_of(told: dict[str, Any], service: Publisher, *, at: datetime) -> dict[str, Any]:
    """Return what a visit keeps of an answer of the token endpoint."""
    return {"refresh": told["refresh_token"], "tokens": {service.value: _token(told, at)}}


class Tokens:
    """Gives the token of a visit for a service."""

    def __init__(self, visits: Visits, oauth: OAuth) -> None:
        self._visits = visits
        self._oauth = oauth

    def token(self, visit: Visit, service: Publisher, *, not_this: str = "") -> str:
        """Return a token that holds for a while yet; another one than ``not_this``.

        Raises NotSignedIn when the session is over, Unavailable when auth cannot be asked.
        """
        until = now() + _PATIENCE
        while now() < until:
            good, refresh_token = self._look(visit, service, not_this)
            if good is not None:
                return good
            if refresh_token is not None:
                return self._refresh(visit, service, refresh_token)
            time.sleep(_PAUSE_SECONDS)
        raise Unavailable

    def _look(
        self, visit: Visit, service: Publisher, not_this: str
    ) -> tuple[str | None, str | None]:
        """Return a good token, or else the refresh token when it is ours to use; or neither."""
        at = now()
        with self._visits.changing(visit) as kept:
            if "refresh" not in kept:
                raise NotSignedIn
            held = kept.get("tokens", {}).get(service.value)
            good = held and datetime.fromisoformat(held["until"]) - at > _SHORT
            if good and held["token"] != not_this:
                return str(held["token"]), None
            busy = kept.get("busy_until")
            if busy and datetime.fromisoformat(busy) > at:
                return None, None
            kept["busy_until"] = (at + _PATIENCE).isoformat()
            return None, str(kept["refresh"])

    def _refresh(self, visit: Visit, service: Publisher, refresh_token: str) -> str:
        try:
            told = self._oauth.refresh(refresh_token, service)
        except BaseException:
            with self._visits.changing(visit) as kept:
                kept.pop("busy_until", None)
            raise
        with self._visits.changing(visit) as kept:
            kept.pop("busy_until", None)
            kept["refresh"] = told["refresh_token"]
            kept.setdefault("tokens", {})[service.value] = _token(told, now())
        return str(told["access_token"])


def _token(told: dict[str, Any], at: datetime) -> dict[str, str]:
    until = at + timedelta(seconds=int(told["expires_in"]))
    return {"token": str(told["access_token"]), "until": until.isoformat()}
