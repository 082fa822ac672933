"""Events that arrived, their waiting room, and how far each aggregate has been followed.

An event waits here for its predecessor. Two separate budgets, failures of the function (8)
and deaths of the process (5), decide when it is parked for an operator; its successors hold
meanwhile (messaging.md, 6.4 and 6.6). Ids are kept for good, so nothing has an effect twice.
"""

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    and_,
    func,
    select,
    text,
)

from shared.clock import now
from shared.contracts.event import Publisher
from shared.identifiers import named_id
from shared.messaging.message import Message
from shared.storage.columns import column
from shared.storage.dialect import for_update, insert_or_ignore
from shared.storage.types import Code, UtcDateTime


class State(StrEnum):
    """Where an arrived event stands."""

    PENDING = "pending"
    DONE = "done"
    PARKED = "parked"
    SKIPPED = "skipped"


FAILURES: Final = 8
DEATHS: Final = 5
_WAITS: Final = (1, 5, 30, 120, 600, 3600, 21600, 86400)
_BROKEN: Final = UUID("0197a000-0000-7000-8000-00000000b0c4")


@dataclass(frozen=True)
class InboxTables:
    """The inbox and the streams: the last sequence followed of each aggregate."""

    rows: Table
    streams: Table


@dataclass(frozen=True, order=True)
class StreamKey:
    """One aggregate of one publisher."""

    publisher: Publisher
    aggregate: str
    aggregate_id: UUID


def inbox_tables(metadata: MetaData) -> InboxTables:
    """Add the inbox to a service's own schema."""
    pending: Any = text("state = 'pending'")
    rows = Table(
        "inbox",
        metadata,
        column("event_id", Uuid, primary_key=True),
        column("publisher", Code(Publisher)),
        column("topic", String(80)),
        column("aggregate", String(40)),
        column("aggregate_id", Uuid),
        column("sequence", Integer, nullable=True),
        column("happened_at", UtcDateTime),
        column("correlation_id", String(64)),
        column("body", LargeBinary),
        column("state", Code(State)),
        column("failures", Integer, default=0),
        column("starts", Integer, default=0),
        column("next_at", UtcDateTime),
        column("error", String(120), nullable=True),
        column("received_at", UtcDateTime),
        column("done_at", UtcDateTime, nullable=True),
        UniqueConstraint("publisher", "aggregate", "aggregate_id", "sequence"),
    )
    Index("ix_inbox_due", rows.c.next_at, sqlite_where=pending, postgresql_where=pending)
    streams = Table(
        "inbox_streams",
        metadata,
        column("publisher", Code(Publisher), primary_key=True),
        column("aggregate", String(40), primary_key=True),
        column("aggregate_id", Uuid, primary_key=True),
        column("last", Integer),
    )
    return InboxTables(rows, streams)


def store(connection: Connection, tables: InboxTables, message: Message) -> StreamKey:
    """Put an arrived event into the inbox once; the same event again changes nothing.

    A second event with the same place in the order but another id is parked as a conflict.
    """
    key = StreamKey(message.publisher, message.aggregate, message.aggregate_id)
    row = _row(message) | {"state": State.PENDING}
    taken = select(tables.rows.c.event_id).where(_of(tables.rows, key))
    other = connection.execute(
        taken.where(tables.rows.c.sequence == message.sequence)
    ).scalar_one_or_none()
    if other is not None and other != message.event_id:
        row |= {"state": State.PARKED, "sequence": None, "error": "conflict"}
    insert_or_ignore(connection, tables.rows, row, unless=["event_id"])
    return key


def store_broken(connection: Connection, tables: InboxTables, body: bytes, why: str) -> None:
    """Park what is not one of our envelopes, under an id made from its bytes."""
    event_id = named_id(_BROKEN, hashlib.sha256(body).hexdigest())
    at = now()
    row = {
        "event_id": event_id,
        "publisher": Publisher.INTAKE,
        "topic": "malformed",
        "aggregate": "malformed",
        "aggregate_id": event_id,
        "sequence": None,
        "happened_at": at,
        "correlation_id": "",
        "body": b"",  # a stranger's bytes may hold anything; only their digest is kept
        "state": State.PARKED,
        "next_at": at,
        "received_at": at,
        "error": f"malformed: {why}"[:120],
    }
    insert_or_ignore(connection, tables.rows, row, unless=["event_id"])


def due(connection: Connection, tables: InboxTables, *, at: datetime) -> list[StreamKey]:
    """Return the aggregates whose next event is here and may be tried now."""
    rows, streams = tables.rows, tables.streams
    same = and_(
        *(rows.c[name] == streams.c[name] for name in ("publisher", "aggregate", "aggregate_id"))
    )
    query = (
        select(rows.c.publisher, rows.c.aggregate, rows.c.aggregate_id)
        .select_from(rows.outerjoin(streams, same))
        .where(
            rows.c.state == State.PENDING,
            rows.c.next_at <= at,
            rows.c.sequence == func.coalesce(streams.c.last, 0) + 1,
        )
    )
    return sorted(StreamKey(*row) for row in connection.execute(query))


def lock_stream(connection: Connection, tables: InboxTables, key: StreamKey) -> int:
    """Lock one aggregate until commit and return the last sequence that had its effect."""
    streams = tables.streams
    start = {**vars(key), "last": 0}
    insert_or_ignore(connection, streams, start, unless=["publisher", "aggregate", "aggregate_id"])
    query = for_update(connection, select(streams.c.last).where(_of(streams, key)))
    return int(connection.execute(query).scalar_one())


def next_row(
    connection: Connection, tables: InboxTables, key: StreamKey, sequence: int
) -> Mapping[str, Any] | None:
    """Return the row at this place of the order, if it has arrived."""
    rows = tables.rows
    query = select(rows).where(_of(rows, key), rows.c.sequence == sequence)
    found = connection.execute(query).mappings().one_or_none()
    return None if found is None else dict(found)


def settle(
    connection: Connection,
    tables: InboxTables,
    key: StreamKey,
    row: Mapping[str, Any],
    state: State,
    *,
    why: str | None = None,
) -> None:
    """Mark an event as done (or skipped, and why) and follow the aggregate one further."""
    change(connection, tables, row["event_id"], state=state, done_at=now(), error=why)
    connection.execute(
        tables.streams.update().where(_of(tables.streams, key)).values(last=row["sequence"])
    )


def count_start(connection: Connection, tables: InboxTables, row: Mapping[str, Any]) -> None:
    """Write down that an event is about to be tried, before it is: it may kill the process."""
    again_at = now() + wait_for(row["starts"])
    change(connection, tables, row["event_id"], starts=row["starts"] + 1, next_at=again_at)


def count_failure(
    connection: Connection, tables: InboxTables, row: Mapping[str, Any], why: str
) -> None:
    """Write down that the function failed and when to try again; park it past the budget."""
    failures = row["failures"] + 1
    state = State.PARKED if failures >= FAILURES else State.PENDING
    again_at = now() + wait_for(row["failures"])
    change(
        connection,
        tables,
        row["event_id"],
        failures=failures,
        state=state,
        next_at=again_at,
        error=why[:120],
    )


def park(connection: Connection, tables: InboxTables, row: Mapping[str, Any], why: str) -> None:
    """Put an event aside for an operator; its successors hold."""
    change(connection, tables, row["event_id"], state=State.PARKED, error=why[:120])


def change(connection: Connection, tables: InboxTables, event_id: UUID, **values: Any) -> None:
    """Set columns of one event."""
    connection.execute(
        tables.rows.update().where(tables.rows.c.event_id == event_id).values(**values)
    )


def wait_for(tries: int) -> timedelta:
    """Return how long to wait after so many tries: 1 s to 24 h, give or take a fifth."""
    spread = random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
    return timedelta(seconds=_WAITS[min(tries, len(_WAITS) - 1)] * spread)


def _of(table: Table, key: StreamKey) -> Any:
    return and_(*(table.c[name] == value for name, value in vars(key).items()))


def _row(message: Message) -> dict[str, Any]:
    at = now()
    names = ("event_id", "publisher", "topic", "aggregate", "aggregate_id", "sequence")
    rest = ("happened_at", "correlation_id", "body")
    return {name: getattr(message, name) for name in names + rest} | {
        "next_at": at,
        "received_at": at,
    }
