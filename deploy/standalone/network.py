"""Puts the four services together in one process."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from deploy.services import Service, services
from deploy.standalone.router import Router
from shared.contracts.event import Publisher
from shared.http.calls import Calls, in_process
from shared.http.parts import Parts, WebSettings
from shared.messaging.in_process import InProcessBus
from shared.security.keys import PublicKeys
from shared.security.own_key import own_keys
from shared.security.sealing import MasterKeys
from shared.security.tokens import TokenVerifier, audience_of
from shared.storage import migrate
from shared.storage.database import Database
from shared.storage.work import Ground
from shared.worker.consumer import Consumer
from shared.worker.relay import Relay
from shared.worker.timers import Clock


@dataclass
class Network:
    """A whole network in this process. Nothing runs by itself: call ``deliver`` and ``tick``."""

    web: Router
    parts: Mapping[Publisher, Parts]
    relays: Mapping[Publisher, Relay]
    consumers: Mapping[Publisher, Consumer[Any]]
    clocks: Mapping[Publisher, Clock]
    awake: threading.Event = field(default_factory=threading.Event)

    def deliver(self) -> int:
        """Carry what waits in every outbox, and what is due in every inbox, until all is quiet."""
        total = 0
        while moved := sum(relay.drain() for relay in self.relays.values()):
            total += moved
        for consumer in self.consumers.values():
            consumer.run_due()
        return total

    def tick(self, at: datetime | None = None) -> None:
        """Run the timers that are due."""
        for clock in self.clocks.values():
            clock.tick(at)

    def close(self) -> None:
        """Let go of the databases."""
        for parts in self.parts.values():
            parts.ground.database.close()


def build(
    folder: Path, web: WebSettings, *, databases: Mapping[Publisher, str] | None = None
) -> Network:
    """Build the network over its data folder, migrating what is old.

    ``databases`` names other databases than the SQLite files of the folder.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = services()
    awake = threading.Event()
    urls = databases or {of: f"sqlite:///{folder / f'{of}.sqlite3'}" for of in known}
    grounds = {of: _ground(known[of], folder, urls[of], awake) for of in known}
    made: list[Network] = []
    calls = in_process(lambda: made[0].web, web.public_url)
    parts = {of: _parts(grounds[of], calls, web, folder) for of in known}
    network = Network(
        web=_router(parts, web),
        parts=parts,
        **_workers(known, grounds),
        awake=awake,
    )
    made.append(network)
    return network


def _ground(of: Service, folder: Path, url: str, awake: threading.Event) -> Ground:
    database = Database(url)
    migrate.upgrade(database, of.migrations, of.metadata)
    return Ground(
        publisher=of.publisher,
        database=database,
        kit=of.kit,
        masters=MasterKeys.kept_in(folder / f"{of.publisher}.keys.json"),
        wake=awake.set,
    )


def _parts(ground: Ground, calls: Calls, web: WebSettings, folder: Path) -> Parts:
    keys = PublicKeys(lambda: calls.to(Publisher.AUTH).get("/auth/jwks"))
    audience = audience_of(ground.publisher)
    verifier = TokenVerifier(issuer=web.issuer, audience=audience, keys=keys)
    machines = own_keys(ground.publisher, folder / f"{ground.publisher}.machines.json")
    return Parts(ground=ground, verifier=verifier, calls=calls, web=web, machines=machines)


def _router(parts: Mapping[Publisher, Parts], web: WebSettings) -> Router:
    applications = {
        of: import_module(f"services.{of}.app").create_app(parts[of]).wsgi_app for of in parts
    }
    host = web.public_url.partition("://")[2]
    return Router(applications, web.public_url, frozenset({host}))


def _workers(known: Mapping[Publisher, Service], grounds: Mapping[Publisher, Ground]) -> Any:
    bus = InProcessBus()
    consumers = {of: Consumer(known[of].following(grounds[of])) for of in known}
    for of, consumer in consumers.items():
        bus.subscribe(of, known[of].following(grounds[of]).aggregates, consumer.take)
    return {
        "relays": {of: Relay(grounds[of], bus) for of in known},
        "consumers": consumers,
        "clocks": {of: Clock(grounds[of], known[of].timers) for of in known},
    }
