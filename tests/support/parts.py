"""Parts of one service for its API tests: a fresh database, the test issuer, nobody to call.

A ground and its application are lent to one test after another, over another database each time:
building an application and teaching SQLAlchemy its statements takes longer than most tests.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from weakref import WeakSet

import httpx
from flask import Flask
from joserfc.jwk import ECKey
from sqlalchemy import URL, MetaData, event, make_url

from shared.contracts.event import Publisher
from shared.http.calls import Calls
from shared.http.parts import Parts, WebSettings
from shared.security.sealing import MasterKeys
from shared.storage.database import Database
from shared.storage.kit import KitTables
from shared.storage.work import Ground
from tests.support import issuer
from tests.support.furnished import furnish

Kind = tuple[Publisher, MetaData, str]

_lent: list[tuple[Kind, Ground]] = []
_free: defaultdict[Kind, list[Ground]] = defaultdict(list)


class Movable(Database):
    """A database that can be moved to another address, and keeps its engine."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.closed = False
        self.apps: dict[Any, Flask] = {}
        self._first_engine = self.engine
        self._connections: WeakSet[Any] = WeakSet()
        event.listen(self.engine, "do_connect", self._at_its_address)
        if not self.sqlite:
            event.listen(self.engine, "connect", lambda made, _: self._connections.add(made))

    def move(self, url: URL) -> None:
        self.url = url
        self.closed = False

    def close(self) -> None:
        """Let go of every connection, those too that a thread of the test still holds."""
        super().close()
        for connection in list(self._connections):
            connection.close()
        self.closed = True

    def is_as_new(self) -> bool:
        """Whether the test that had it has left nothing of its own on it."""
        engine = self._first_engine
        return self.engine is engine and not engine.dispatch.before_cursor_execute

    def _at_its_address(self, dialect: Any, _record: Any, args: Any, named: Any) -> None:
        args[:], changed = dialect.create_connect_args(self.url)
        named.update(changed)


def ground_over(url: str, publisher: Publisher, metadata: MetaData, kit: KitTables) -> Ground:
    """A ground with all tables made, over an empty database."""
    furnish(url, metadata)
    address = make_url(url)
    kind = publisher, metadata, address.get_backend_name()
    ground = _free[kind].pop() if _free[kind] else _new_ground(url, publisher, kit)
    ground.database.move(address)
    _lent.append((kind, ground))
    return ground


def _new_ground(url: str, publisher: Publisher, kit: KitTables) -> Ground:
    return Ground(publisher=publisher, database=Movable(url), kit=kit, masters=MasterKeys.fresh())


def take_back() -> None:
    """Between two tests: what was closed may be lent again."""
    for kind, ground in [lent for lent in _lent if lent[1].database.closed]:
        _lent.remove((kind, ground))
        if ground.database.is_as_new():
            _free[kind].append(ground)


def parts_over(ground: Ground, calls: Calls | None = None) -> Parts:
    """Parts whose tokens the test issuer signs."""
    return Parts(
        ground=ground,
        verifier=issuer.verifier(ground.publisher),
        calls=calls or Calls(_nobody),
        web=WebSettings(public_url="http://127.0.0.1:8000"),
    )


def app_over(
    ground: Ground, create: Callable[[Parts], Flask], machines: Mapping[str, ECKey] | None = None
) -> Flask:
    """The application of a service over a ground, made when the ground is lent for the first time.

    ``machines`` must be the same keys each time.
    """
    known = ground.database.apps
    if create not in known:
        known[create] = create(replace(parts_over(ground), machines=machines or {}))
    return known[create]


def _nobody(publisher: Publisher) -> httpx.Client:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody is there", request=request)

    return httpx.Client(base_url="http://nobody", transport=httpx.MockTransport(refuse))
