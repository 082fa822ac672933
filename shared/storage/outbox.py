"""Events waiting to leave, written in the same transaction as the change they report.

The sequence of an aggregate is a counter row raised in that transaction: the row lock makes
the order of commits the order of sequences (messaging.md, 6.4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    select,
    text,
)

from shared.clock import now
from shared.contracts import codec
from shared.contracts.event import Event, Publisher
from shared.messaging.message import Message
from shared.storage.columns import column
from shared.storage.dialect import bump
from shared.storage.types import UtcDateTime

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


@dataclass(frozen=True)
class OutboxTables:
    """The outbox, its counters of sequences, and the counter of the partners' feed."""

    rows: Table
    sequences: Table
    counters: Table


def outbox_tables(metadata: MetaData) -> OutboxTables:
    """Add the outbox to a service's own schema."""
    rows = Table(
        "outbox",
        metadata,
        column("id", _NUMBER, primary_key=True, autoincrement=True),
        column("event_id", Uuid, unique=True),
        column("topic", String(80)),
        column("aggregate", String(40)),
        column("aggregate_id", Uuid),
        column("sequence", Integer),
        column("happened_at", UtcDateTime),
        column("recorded_at", UtcDateTime),
        column("correlation_id", String(64)),
        column("body", LargeBinary),
        column("sent_at", UtcDateTime, nullable=True),
        column("feed_position", _NUMBER, nullable=True, unique=True),
        column("attempts", Integer, default=0),
        column("next_at", UtcDateTime),
        column("last_error", String(40), nullable=True),
        UniqueConstraint("aggregate", "aggregate_id", "sequence"),
    )
    Index("ix_outbox_unsent", rows.c.id, sqlite_where=_UNSENT, postgresql_where=_UNSENT)
    sequences = Table(
        "outbox_sequences",
        metadata,
        column("aggregate", String(40), primary_key=True),
        column("aggregate_id", Uuid, primary_key=True),
        column("last", Integer),
    )
    counters = Table(
        "counters",
        metadata,
        column("name", String(40), primary_key=True),
        column("last", _NUMBER),
    )
    return OutboxTables(rows, sequences, counters)


_UNSENT: Any = text("sent_at IS NULL")


class Outbox:
    """Where a service leaves the events of one unit of work."""

    def __init__(self, tables: OutboxTables, connection: Connection, correlation_id: str) -> None:
        self._tables = tables
        self._connection = connection
        self._correlation_id = correlation_id
        self.added = 0

    def add(self, event: Event) -> None:
        """Leave an event to be published once the unit of work commits, and only then."""
        sequences = self._tables.sequences
        key = {"aggregate": event.aggregate, "aggregate_id": event.aggregate_id}
        recorded_at = now()
        self._connection.execute(
            self._tables.rows.insert().values(
                event_id=event.event_id,
                topic=event.topic,
                **key,
                sequence=bump(self._connection, sequences, key, "last"),
                happened_at=event.happened_at,
                recorded_at=recorded_at,
                correlation_id=self._correlation_id,
                body=codec.encode(event),
                next_at=recorded_at,
            )
        )
        self.added += 1


def unsent(
    connection: Connection, tables: OutboxTables, publisher: Publisher, *, at: datetime, limit: int
) -> dict[int, Message]:
    """Return what has to leave, oldest first, by row id. Found by "not sent", never by position."""
    rows = tables.rows
    query = select(rows).where(rows.c.sent_at.is_(None), rows.c.next_at <= at)
    found = connection.execute(query.order_by(rows.c.id).limit(limit)).mappings()
    return {row["id"]: message_of(dict(row), publisher) for row in found}


def message_of(row: Mapping[str, Any], publisher: Publisher) -> Message:
    """Return the envelope of an outbox row."""
    names = ("event_id", "topic", "aggregate", "aggregate_id", "sequence")
    return Message(
        publisher=publisher,
        happened_at=row["happened_at"],
        correlation_id=row["correlation_id"],
        body=row["body"],
        **{name: row[name] for name in names},
    )


def mark_sent(
    connection: Connection, tables: OutboxTables, ids: Sequence[int], at: datetime
) -> None:
    """Mark rows as sent and give each its place in the partners' feed, without gaps."""
    rows = tables.rows
    for row_id in ids:
        this = rows.update().where(rows.c.id == row_id)
        if connection.execute(this.where(rows.c.sent_at.is_(None)).values(sent_at=at)).rowcount:
            position = bump(connection, tables.counters, {"name": "feed"}, "last")
            connection.execute(this.values(feed_position=position))


def mark_refused(
    connection: Connection, tables: OutboxTables, row_id: int, *, why: str, at: datetime
) -> None:
    """Put a row off for a while: 1 s, then longer, at most 5 minutes. It is never given up."""
    rows = tables.rows
    attempts = connection.execute(select(rows.c.attempts).where(rows.c.id == row_id)).scalar_one()
    wait = timedelta(seconds=min(300, 2 ** min(attempts, 9)))
    connection.execute(
        rows.update()
        .where(rows.c.id == row_id)
        .values(attempts=attempts + 1, next_at=at + wait, last_error=why)
    )
