"""A browser at a desk of a town: the staff pages, with the other services really behind them."""

from datetime import timedelta
from typing import Any

from werkzeug.test import Client

from shared.clock import now
from shared.contracts.event import Publisher
from shared.identifiers import new_id
from shared.web.front_tokens import kept_of
from shared.web.front_visits import Visits
from tests.support.desk import hidden_field
from tests.support.network import PUBLIC_URL, Town


class TownDesk:
    """Somebody of the cast before the staff pages of the whole network, without JavaScript."""

    def __init__(self, town: Town, sign_in: str) -> None:
        speaker = town.speaker(sign_in)
        kept: dict[str, Any] = {"refresh": "r", "tokens": {}}
        for service in Publisher:
            told = {"refresh_token": "r", "access_token": speaker.token(service), "expires_in": 300}
            kept["tokens"] |= kept_of(told, service, at=now())["tokens"]
        visit = Visits(town.network.parts[Publisher.INTAKE].ground, "staf").open(
            kept,
            person_id=speaker.person.id,
            session_id=new_id(),
            at=now(),
            until=now() + timedelta(hours=1),
        )
        self._web = Client(town.network.web)
        self._web.set_cookie("staf", visit.cookie, domain=PUBLIC_URL.split("/")[2].split(":")[0])

    def open(self, path: str, status: int = 200) -> str:
        """The page at an address."""
        answer = self._web.get(path, base_url=PUBLIC_URL)
        assert answer.status_code == status, answer.status_code
        return str(answer.text)

    def press(self, path: str, page: str | None = None, **typed: Any) -> Any:
        """Fill in the form of a page and send it."""
        shown = self.open(page or path)
        hidden = {name: hidden_field(shown, name) for name in ("_csrf", "_once", "_seen")}
        form = {name: value for name, value in hidden.items() if value} | typed
        return self._web.post(path, base_url=PUBLIC_URL, data=form)
