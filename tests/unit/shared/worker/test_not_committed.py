"""A transaction that fails while the process lives on is a failure of the event, not a death."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from shared.contracts.event import Publisher
from shared.messaging.bus import Delivery
from shared.storage.inbox import DEATHS, FAILURES
from tests.support.toy import (
    a_consumer,
    a_ground,
    effects,
    effects_of,
    keep_effect,
    kit,
    publish,
    risk_changed,
    some_case,
    states,
)

rows = kit.inbox.rows


@pytest.fixture
def publisher(tmp_path):
    ground = a_ground(f"sqlite:///{tmp_path / 'publisher.sqlite3'}", Publisher.INTAKE)
    yield ground
    ground.database.close()


@pytest.fixture
def follower(database_url):
    ground = a_ground(database_url, Publisher.MONITORING)
    yield ground
    ground.database.close()


@pytest.fixture
def disk(follower):
    """A disk that is full at the commit of every effect until it is set free."""
    full = [True]
    engine = follower.database.engine

    def written(connection, _cursor, statement, *_rest):
        if statement.startswith(f"INSERT INTO {effects.name}"):
            connection.info["written"] = True

    def committed(connection):
        if connection.info.pop("written", False) and full[0]:
            raise OperationalError("COMMIT", {}, OSError("disk is full"))

    event.listen(engine, "after_cursor_execute", written)
    event.listen(engine, "commit", committed)
    yield full
    event.remove(engine, "after_cursor_execute", written)
    event.remove(engine, "commit", committed)


def arrived(publisher, *cases):
    sent = publish(publisher, *(risk_changed(case) for case in cases))
    return [Delivery(one, one.body, again=True) for one in sent]


def due_now(follower):
    with follower.database.begin() as connection:
        connection.execute(rows.update().values(next_at=rows.c.received_at))


def counted(follower):
    with follower.database.begin() as connection:
        return connection.execute(select(rows.c.starts, rows.c.failures)).one()


def test_commits_that_fail_are_no_deaths_and_the_event_has_its_effect_later(
    publisher, follower, disk
):
    found, consumer = arrived(publisher, some_case()), a_consumer(follower)

    consumer.take(found)
    for _ in range(DEATHS):
        due_now(follower)
        consumer.run_due()

    assert list(states(follower)) == [(1, "pending")]
    assert counted(follower) == (DEATHS + 1, DEATHS + 1)
    disk[0] = False
    due_now(follower)
    consumer.run_due()
    assert effects_of(follower) == [found[0].message.event_id]


def test_commits_that_fail_end_at_the_budget_of_failures(publisher, follower, disk):
    consumer = a_consumer(follower)

    consumer.take(arrived(publisher, some_case()))
    for _ in range(FAILURES + DEATHS):
        due_now(follower)
        consumer.run_due()

    assert list(states(follower)) == [(1, "parked")]
    assert counted(follower) == (FAILURES, FAILURES)


def test_a_follow_function_that_gets_no_lock_has_failed_and_not_died(publisher, follower):
    tried = []

    def no_lock(work, told):
        tried.append(told.event_id)
        if len(tried) <= DEATHS + 1:
            raise OperationalError("UPDATE", {}, TimeoutError("lock timeout"))
        keep_effect(work, told)

    found, consumer = arrived(publisher, some_case()), a_consumer(follower, no_lock)

    consumer.take(found)
    for _ in range(DEATHS + 1):
        due_now(follower)
        consumer.run_due()

    assert effects_of(follower) == [found[0].message.event_id]
    assert list(states(follower)) == [(1, "done")]


def test_one_aggregate_that_cannot_be_committed_does_not_hold_the_others(publisher, follower, disk):
    one, other = sorted([some_case(), some_case()])

    def only_one(work, told):
        keep_effect(work, told)
        if told.case_id == other:
            work.connection.info.pop("written")

    a_consumer(follower, only_one).take(arrived(publisher, one, other))

    assert effects_of(follower, other)
    assert effects_of(follower, one) == []
