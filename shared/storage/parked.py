"""Events that were put aside, for the keeper of an installation: listed, tried again, or skipped.

What an event says is never shown. Whatever is done to one stands in the audit trail.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, func, select

from shared.clock import now
from shared.contracts.event import Publisher
from shared.errors import Conflict, Invalid, NotFound
from shared.storage.inbox import InboxTables, State, StreamKey, change, lock_stream, settle
from shared.storage.work import Work

LONGEST_REASON: Final = 120


class NotParked(NotFound):
    """No event of this id is put aside here."""

    code = "not_parked"
    id = "Tidak ada peristiwa tertahan dengan nomor ini."
    en = "No event of this id is parked here."


class CannotReplay(Conflict):
    """The event has no place in the order of its aggregate, so it can never have an effect."""

    code = "parked_without_place"
    id = "Peristiwa ini tidak punya urutan dan tidak dapat diulang; lewati saja."
    en = "This event has no place in the order and cannot be replayed; skip it."


class WrongReason(Invalid):
    """A reason is missing, or too long to be kept."""

    code = "wrong_reason"
    id = "Alasan wajib diisi, paling banyak 120 huruf."
    en = "A reason is needed, of at most 120 characters."


@dataclass(frozen=True, kw_only=True)
class Parked:
    """One event that was put aside; ``since`` is when it arrived."""

    event_id: UUID
    publisher: Publisher
    topic: str
    aggregate: str
    aggregate_id: UUID
    sequence: int | None
    error: str
    since: datetime
    failures: int
    starts: int
    correlation_id: str

    @property
    def key(self) -> StreamKey:
        """The aggregate that is held up."""
        return StreamKey(self.publisher, self.aggregate, self.aggregate_id)


def parked(connection: Connection, tables: InboxTables, *where: UUID) -> list[Parked]:
    """Return what is put aside, oldest first; only the events of these ids when there are some."""
    rows = tables.rows.c
    query = select(
        rows.event_id,
        rows.publisher,
        rows.topic,
        rows.aggregate,
        rows.aggregate_id,
        rows.sequence,
        func.coalesce(rows.error, "").label("error"),
        rows.received_at.label("since"),
        rows.failures,
        rows.starts,
        rows.correlation_id,
    ).where(rows.state == State.PARKED)
    if where:
        query = query.where(rows.event_id.in_(where))
    found = connection.execute(query.order_by(rows.received_at, rows.event_id)).mappings()
    return [Parked(**row) for row in found]


def held(connection: Connection, tables: InboxTables, one: Parked) -> int:
    """Return how many events of the same aggregate wait behind one that is put aside."""
    rows = tables.rows.c
    if one.sequence is None:
        return 0
    behind = select(func.count()).where(
        rows.publisher == one.publisher,
        rows.aggregate == one.aggregate,
        rows.aggregate_id == one.aggregate_id,
        rows.sequence > one.sequence,
    )
    return int(connection.execute(behind).scalar_one())


def state_of(connection: Connection, tables: InboxTables, event_id: UUID) -> State:
    """Return where an event that has arrived stands."""
    rows = tables.rows.c
    query = select(rows.state).where(rows.event_id == event_id)
    state: State = connection.execute(query).scalar_one()
    return state


def replay(work: Work, event_id: UUID) -> None:
    """Let an event be tried again at once, with both budgets whole.

    Raises NotParked, or CannotReplay when it has no place in the order.
    """
    one = _locked(work, event_id)
    if one.sequence is None:
        raise CannotReplay
    change(
        work.connection,
        work.ground.kit.inbox,
        event_id,
        state=State.PENDING,
        failures=0,
        starts=0,
        next_at=now(),
        error=None,
    )
    work.audit.wrote(None, "replay_event", "event", [event_id])


def skip(work: Work, event_id: UUID, *, reason: str) -> None:
    """Let the successors of an event go on without it; the reason is kept with it.

    Raises NotParked or WrongReason.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise WrongReason
    one, tables = _locked(work, event_id), work.ground.kit.inbox
    if one.sequence is None:  # it holds nobody up
        change(work.connection, tables, event_id, state=State.SKIPPED, done_at=now(), error=reason)
    else:
        row = {"event_id": event_id, "sequence": one.sequence}
        settle(work.connection, tables, one.key, row, State.SKIPPED, why=reason)
    work.audit.wrote(None, "skip_event", "event", [event_id])


def _locked(work: Work, event_id: UUID) -> Parked:
    """Return a parked event while its aggregate is locked, so that one of two keepers is first."""
    tables = work.ground.kit.inbox
    for one in parked(work.connection, tables, event_id):
        if one.sequence is not None:
            lock_stream(work.connection, tables, one.key)
    still = parked(work.connection, tables, event_id)
    if not still:
        raise NotParked
    return still[0]
