"""The consumer: stores what arrives, runs each aggregate in order, and commits before the ack.

Storing, following the order and the effect are one transaction. An event that was tried before
is counted before it is tried again, in a transaction of its own, because it may be the one that
kills the process (messaging.md, 6.6). When its transaction fails and the process lives on (a full
disk, a lock that was not got), that is one more failure and not a death.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from shared.clock import now
from shared.contracts import codec
from shared.contracts.event import EVENTS, Event
from shared.log import logger
from shared.messaging.bus import Delivery
from shared.storage import inbox
from shared.storage.inbox import State, StreamKey
from shared.storage.work import Ground, Work, correlation_id

W = TypeVar("W", bound=Work)

Subscriptions = Mapping[type[Event], Callable[[W, Any], None]]


class NotRetryable(Exception):
    """Raised when an event will never work here: it is parked at once, not tried eight times."""


@dataclass(frozen=True)
class Following(Generic[W]):
    """What one service does with the events of the others."""

    ground: Ground
    begin: Callable[[Ground], AbstractContextManager[W]]
    subscriptions: Subscriptions[W]

    @property
    def aggregates(self) -> frozenset[str]:
        """The whole aggregates this service follows."""
        return frozenset(declared.topic.split(".", 1)[0] for declared in self.subscriptions)


class Consumer(Generic[W]):
    """Follows other services for one service."""

    def __init__(self, following: Following[W]) -> None:
        self._following = following
        self._tables = following.ground.kit.inbox
        self._log = logger(f"{following.ground.publisher}.consumer")

    def take(self, deliveries: Sequence[Delivery]) -> None:
        """Store a batch and run what can run. When this returns, the batch may be acknowledged."""
        cautious = any(delivery.again for delivery in deliveries)
        with self._following.begin(self._following.ground) as work:
            touched = {key for one in deliveries if (key := self._store(work.connection, one))}
            if not cautious:
                for key in sorted(touched):
                    self._run(work, key)
        if cautious:
            self._run_cautiously(sorted(touched))

    def run_due(self) -> int:
        """Try again what waited for its time or its predecessor; return how many aggregates."""
        with self._following.ground.database.read() as connection:
            waiting = inbox.due(connection, self._tables, at=now())
        self._run_cautiously(waiting)
        return len(waiting)

    def _store(self, connection: Connection, delivery: Delivery) -> StreamKey | None:
        if delivery.message is None:
            self._log.error("malformed", why=delivery.broken)
            inbox.store_broken(connection, self._tables, delivery.body, delivery.broken)
            return None
        return inbox.store(connection, self._tables, delivery.message)

    def _run(self, work: W, key: StreamKey) -> None:
        last = inbox.lock_stream(work.connection, self._tables, key)
        while row := self._ready(work.connection, key, last + 1):
            if row["starts"] or not self._try(work, key, row):
                return
            last += 1

    def _run_cautiously(self, keys: Iterable[StreamKey]) -> None:
        for key in keys:
            while (row := self._count(key)) and self._survived(key, row):
                pass

    def _survived(self, key: StreamKey, row: Mapping[str, Any]) -> bool:
        try:
            return self._step(key)
        except Exception as error:  # noqa: BLE001 - the process lives, so this was no death
            self._log.warning("not_committed", topic=row["topic"], exc_info=error)
            self._count_failure(key, row, type(error).__name__)
            return False

    def _count_failure(self, key: StreamKey, row: Mapping[str, Any], why: str) -> None:
        with self._following.ground.database.begin() as connection:
            last = inbox.lock_stream(connection, self._tables, key)
            found = inbox.next_row(connection, self._tables, key, last + 1)
            same = found is not None and found["event_id"] == row["event_id"]
            if found is not None and same and found["state"] is State.PENDING:
                inbox.count_failure(connection, self._tables, found, why)

    def _count(self, key: StreamKey) -> Mapping[str, Any] | None:
        with self._following.ground.database.begin() as connection:
            last = inbox.lock_stream(connection, self._tables, key)
            row = self._ready(connection, key, last + 1)
            if row is None:
                return None
            if row["starts"] - row["failures"] >= inbox.DEATHS:
                self._log.error("parked", topic=row["topic"], event_id=str(row["event_id"]))
                inbox.park(connection, self._tables, row, "it killed the process too often")
                return None
            inbox.count_start(connection, self._tables, row)
            return row

    def _step(self, key: StreamKey) -> bool:
        with self._following.begin(self._following.ground) as work:
            last = inbox.lock_stream(work.connection, self._tables, key)
            row = inbox.next_row(work.connection, self._tables, key, last + 1)
            if row is None or row["state"] is not State.PENDING:
                return False
            return self._try(work, key, row)

    def _ready(
        self, connection: Connection, key: StreamKey, sequence: int
    ) -> Mapping[str, Any] | None:
        row = inbox.next_row(connection, self._tables, key, sequence)
        fits = row is not None and row["state"] is State.PENDING and row["next_at"] <= now()
        return row if fits else None

    def _try(self, work: W, key: StreamKey, row: Mapping[str, Any]) -> bool:
        token = correlation_id.set(row["correlation_id"])
        try:
            with work.part():
                self._effect(work, row)
        except NotRetryable as error:
            self._log.error("parked", topic=row["topic"], event_id=str(row["event_id"]))
            inbox.park(work.connection, self._tables, row, str(error))
            return False
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and tried again
            self._log.warning("failed", topic=row["topic"], exc_info=error)
            inbox.count_failure(work.connection, self._tables, row, type(error).__name__)
            return False
        finally:
            correlation_id.reset(token)
        inbox.settle(work.connection, self._tables, key, row, State.DONE)
        return True

    def _effect(self, work: W, row: Mapping[str, Any]) -> None:
        declared = EVENTS.get(row["topic"])
        follow = self._following.subscriptions.get(declared) if declared else None
        if follow is None:
            return  # a type of a followed aggregate that is not used here only advances the order
        try:
            event = codec.decode(
                row["topic"],
                row["body"],
                event_id=row["event_id"],
                happened_at=row["happened_at"],
            )
        except codec.BrokenEvent as error:
            raise NotRetryable(f"broken: {error}") from None
        follow(work, event)
