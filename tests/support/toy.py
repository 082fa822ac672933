"""A toy of two services for the tests of the kit: one publishes, one follows and keeps effects."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, MetaData, Table, Uuid, select

from shared.contracts.event import Publisher
from shared.contracts.intake import CaseRiskChanged
from shared.contracts.vocabulary import RiskLevel
from shared.identifiers import new_id
from shared.messaging.message import Message
from shared.storage.columns import CONVENTION, column
from shared.storage.kit import kit_tables
from shared.storage.outbox import unsent
from shared.storage.work import Ground, Work, begin_with
from shared.worker.consumer import Consumer, Following
from shared.worker.standing import KIT_SUBSCRIPTIONS
from tests.support.parts import ground_over

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
UNIT = UUID("0197a000-0000-7000-8000-000000000001")

metadata = MetaData(naming_convention=CONVENTION)
kit = kit_tables(metadata)
#: Deliberately without a unique key, so that a doubled effect shows.
effects = Table(
    "effects",
    metadata,
    column("id", Integer, primary_key=True, autoincrement=True),
    column("event_id", Uuid),
    column("case_id", Uuid),
    column("place", Integer),
)

begin: Callable[[Ground], AbstractContextManager[Work]] = partial(begin_with, Work)


def a_ground(url: str, publisher: Publisher) -> Ground:
    """A ground of the toy over an empty database."""
    return ground_over(url, publisher, metadata, kit)


def risk_changed(case_id: UUID, risk: RiskLevel = RiskLevel.TINGGI) -> CaseRiskChanged:
    """An event about a case."""
    return CaseRiskChanged(happened_at=NOON, case_id=case_id, unit_id=UNIT, risk=risk)


def keep_effect(work: Work, told: CaseRiskChanged) -> None:
    """Write one effect row, with its place in the order of its case."""
    query = select(effects.c.id).where(effects.c.case_id == told.case_id)
    place = len(work.connection.execute(query).all()) + 1
    work.connection.execute(
        effects.insert().values(event_id=told.event_id, case_id=told.case_id, place=place)
    )


def a_consumer(ground: Ground, follow: Callable[[Any, Any], None] = keep_effect) -> Consumer[Work]:
    """A consumer that keeps one effect an event."""
    subscriptions = {**KIT_SUBSCRIPTIONS, CaseRiskChanged: follow}
    return Consumer(Following(ground=ground, begin=begin, subscriptions=subscriptions))


def messages(ground: Ground) -> list[Message]:
    """What waits in the outbox, oldest first."""
    with ground.database.begin() as connection:
        found = unsent(
            connection, kit.outbox, ground.publisher, at=NOON.replace(year=2100), limit=10000
        )
    return list(found.values())


def publish(ground: Ground, *events: CaseRiskChanged) -> list[Message]:
    """Leave events in the outbox in one unit of work, and return what waits there."""
    with begin(ground) as work:
        for event in events:
            work.outbox.add(event)
    return messages(ground)


def effects_of(ground: Ground, case_id: UUID | None = None) -> list[UUID]:
    """The ids of the events that had an effect, in the order of the effects."""
    query = select(effects.c.event_id).order_by(effects.c.id)
    if case_id is not None:
        query = query.where(effects.c.case_id == case_id)
    with ground.database.begin() as connection:
        return list(connection.execute(query).scalars())


def some_case() -> UUID:
    """A new case id."""
    return new_id()


def states(ground: Ground) -> Iterator[tuple[int | None, str]]:
    """Sequence and state of every inbox row."""
    rows = kit.inbox.rows
    with ground.database.begin() as connection:
        query = select(rows.c.sequence, rows.c.state).order_by(rows.c.sequence)
        yield from [(sequence, state.value) for sequence, state in connection.execute(query)]
