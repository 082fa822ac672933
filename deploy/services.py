"""The four services, as whoever runs them needs to know them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from sqlalchemy import MetaData

from shared.contracts.event import Publisher
from shared.storage.kit import KitTables
from shared.worker.consumer import Following, Subscriptions
from shared.worker.standing import KIT_SUBSCRIPTIONS, KIT_TIMERS
from shared.worker.timers import Timer


@dataclass(frozen=True)
class Service:
    """One service: its tables, where its migrations lie, what it follows, its timers."""

    publisher: Publisher
    metadata: MetaData
    kit: KitTables
    migrations: Path
    begin: Callable[..., Any]
    subscriptions: Subscriptions[Any]
    timers: tuple[Timer, ...]

    def following(self, ground: Any) -> Following[Any]:
        """Return what this service follows, over a ground."""
        return Following(ground=ground, begin=self.begin, subscriptions=self.subscriptions)


def service(publisher: Publisher) -> Service:
    """Return one service. All four have the same shape, so they are found by name."""
    package = f"services.{publisher}"
    tables = import_module(f"{package}.storage.tables")
    return Service(
        publisher=publisher,
        metadata=tables.metadata,
        kit=tables.kit,
        migrations=_folder(f"{package}.storage.migrations"),
        begin=import_module(f"{package}.storage.work").begin,
        subscriptions={
            **KIT_SUBSCRIPTIONS,
            **import_module(f"{package}.subscriptions").SUBSCRIPTIONS,
        },
        timers=(*KIT_TIMERS, *import_module(f"{package}.clock").TIMERS),
    )


def services() -> Mapping[Publisher, Service]:
    """Return the four services."""
    return {publisher: service(publisher) for publisher in Publisher}


def followers() -> Mapping[Publisher, frozenset[str]]:
    """Return which aggregates each service follows: what the broker's queues ask for."""
    return {
        publisher: frozenset(kind.topic.split(".", 1)[0] for kind in known.subscriptions)
        for publisher, known in services().items()
    }


def _folder(package: str) -> Path:
    file = import_module(package).__file__
    assert file is not None  # noqa: S101 - a package with an __init__.py has a file
    return Path(file).parent / "versions"


#: Which service answers which path. Longest prefix first; the last line takes the rest.
PATHS: Final[tuple[tuple[str, Publisher], ...]] = (
    ("/.well-known/oauth-authorization-server", Publisher.AUTH),
    ("/api/monitoring", Publisher.MONITORING),
    ("/api/referral", Publisher.REFERRAL),
    ("/api/intake", Publisher.INTAKE),
    ("/pengembang", Publisher.REFERRAL),
    ("/api/auth", Publisher.AUTH),
    ("/mitra", Publisher.REFERRAL),
    ("/auth", Publisher.AUTH),
    ("/fhir", Publisher.REFERRAL),
    ("/hsds", Publisher.REFERRAL),
    ("/j", Publisher.REFERRAL),
    ("/", Publisher.INTAKE),
)
