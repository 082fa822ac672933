"""What was put aside is listed, tried again, or skipped with a reason."""

import pytest
from sqlalchemy import select

from shared.contracts.event import Publisher
from shared.messaging.bus import Delivery
from shared.storage.audit import breaks
from shared.storage.parked import (
    CannotReplay,
    NotParked,
    WrongReason,
    held,
    parked,
    replay,
    skip,
)
from shared.worker.consumer import NotRetryable
from tests.support.toy import (
    a_consumer,
    a_ground,
    begin,
    effects_of,
    keep_effect,
    kit,
    publish,
    risk_changed,
    some_case,
    states,
)


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
def poison(publisher, follower):
    """Three events of one case, of which the first is put aside and holds the others."""
    case = some_case()
    sent = publish(publisher, *(risk_changed(case) for _ in range(3)))

    def follow(work, told):
        if told.event_id == sent[0].event_id:
            raise NotRetryable("unknown unit")
        keep_effect(work, told)

    a_consumer(follower, follow).take([Delivery(one, one.body, again=False) for one in sent])
    assert list(states(follower)) == [(1, "parked"), (2, "pending"), (3, "pending")]
    return [one.event_id for one in sent]


def listed(follower):
    with begin(follower) as work:
        return parked(work.connection, kit.inbox)


def trail(follower):
    rows = kit.audit.rows.c
    with follower.database.begin() as connection:
        assert list(breaks(connection, kit.audit, Publisher.MONITORING)) == []
        return list(connection.execute(select(rows.action, rows.object_ids)))


def test_what_is_put_aside_is_listed_with_what_it_holds_up(follower, poison):
    (one,) = listed(follower)

    assert (one.event_id, one.topic, one.sequence) == (poison[0], "case.risk_changed", 1)
    assert (one.publisher, one.aggregate, one.error) == (Publisher.INTAKE, "case", "unknown unit")
    assert not hasattr(one, "body")
    with begin(follower) as work:
        assert held(work.connection, kit.inbox, one) == 2


def test_an_event_replayed_after_the_fix_has_its_effect_once_and_before_its_successors(
    follower, poison
):
    with begin(follower) as work:
        replay(work, poison[0])
    consumer = a_consumer(follower)
    consumer.run_due()
    consumer.run_due()

    assert effects_of(follower) == poison
    assert listed(follower) == []
    assert trail(follower) == [("replay_event", [str(poison[0])])]


def test_a_replayed_event_has_both_budgets_whole(follower, poison):
    rows = kit.inbox.rows
    with follower.database.begin() as connection:
        connection.execute(rows.update().values(failures=8, starts=13))
    with begin(follower) as work:
        replay(work, poison[0])

    query = select(rows.c.failures, rows.c.starts).where(rows.c.event_id == poison[0])
    with follower.database.begin() as connection:
        assert connection.execute(query).one() == (0, 0)


def test_skipping_lets_the_successors_go_on_and_keeps_the_reason(follower, poison):
    with begin(follower) as work:
        skip(work, poison[0], reason="  Unit salah tulis, disepakati 2 Maret  ")
    a_consumer(follower).run_due()

    assert effects_of(follower) == poison[1:]
    assert list(states(follower)) == [(1, "skipped"), (2, "done"), (3, "done")]
    rows = kit.inbox.rows
    with follower.database.begin() as connection:
        kept = connection.execute(select(rows.c.error).where(rows.c.event_id == poison[0]))
        assert kept.scalar_one() == "Unit salah tulis, disepakati 2 Maret"
    assert trail(follower) == [("skip_event", [str(poison[0])])]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 121])
def test_nothing_is_skipped_without_a_reason_that_can_be_kept(follower, poison, reason):
    with pytest.raises(WrongReason), begin(follower) as work:
        skip(work, poison[0], reason=reason)

    assert [one.event_id for one in listed(follower)] == poison[:1]


def test_only_what_is_put_aside_is_replayed_or_skipped(follower, poison):
    with pytest.raises(NotParked), begin(follower) as work:
        replay(work, poison[1])
    with pytest.raises(NotParked), begin(follower) as work:
        skip(work, some_case(), reason="x")


def test_what_has_no_place_in_the_order_can_only_be_skipped(follower):
    a_consumer(follower).take([Delivery(None, b"?", broken="KeyError")])
    (one,) = listed(follower)

    with pytest.raises(CannotReplay), begin(follower) as work:
        replay(work, one.event_id)
    with begin(follower) as work:
        skip(work, one.event_id, reason="Bukan dari kita")

    assert listed(follower) == []
    assert list(states(follower)) == [(None, "skipped")]
