"""What every service follows: units and their clocks, revoked access, the heads of other trails."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from shared.clock import now
from shared.contracts import codec
from shared.contracts.audit import AuditAnchored, chain_of
from shared.contracts.auth import AccessOf, AccessRevoked
from shared.contracts.event import Digest, Publisher
from shared.contracts.intake import UnitClockSet, UnitOpened
from shared.contracts.protection import UnitKind
from shared.identifiers import new_id
from shared.storage.audit import not_as_anchored
from shared.storage.idempotency import Answer
from shared.storage.outbox import unsent
from shared.storage.revocations import revoked_since
from shared.worker.standing import (
    KIT_SUBSCRIPTIONS,
    anchor,
    anchors_of_others,
    forget_answers,
)
from tests.support.sheets import NOON, a_ground, begin, kit


def follow(ground, *events):
    for each in events:
        with begin(ground) as work:
            KIT_SUBSCRIPTIONS[type(each)](work, each)


def told_by(ground):
    with ground.database.begin() as connection:
        found = unsent(connection, kit.outbox, ground.publisher, at=now(), limit=100)
    return list(found.values())


def shift_of(ground, unit):
    with begin(ground) as work:
        return round((work.clock.now(unit) - now()).total_seconds() / 3600)


@pytest.mark.parametrize(
    ("kind", "hours"), [(UnitKind.TRAINING, 48), (UnitKind.SANDBOX, 48), (UnitKind.REAL, 0)]
)
def test_time_is_shifted_only_where_nobody_real_is_helped(ground, kind, hours):
    unit = new_id()

    follow(
        ground,
        UnitOpened(happened_at=NOON, unit_id=unit, kind=kind, clock_offset_seconds=0),
        UnitClockSet(happened_at=NOON, unit_id=unit, clock_offset_seconds=48 * 3600),
    )

    assert shift_of(ground, unit) == hours
    assert shift_of(ground, new_id()) == 0
    assert shift_of(ground, None) == 0


def test_revoked_access_is_remembered(ground):
    person = new_id()
    follow(
        ground,
        AccessRevoked(
            happened_at=NOON, subject_id=person, subject_kind=AccessOf.PERSON, not_before=NOON
        ),
    )

    with ground.database.begin() as connection:
        assert revoked_since(connection, kit.revocations, [new_id(), person]) == NOON
        assert revoked_since(connection, kit.revocations, [new_id()]) is None
        assert revoked_since(connection, kit.revocations, []) is None


def test_the_head_of_the_trail_is_told_when_it_moved_and_only_then(ground):
    anchor(ground, NOON)
    assert told_by(ground) == []
    with begin(ground) as work:
        work.audit.wrote(None, "one", "sheet", [])
        work.audit.wrote(None, "two", "sheet", [])

    anchor(ground, NOON)
    anchor(ground, NOON)

    assert [one.topic for one in told_by(ground)] == [AuditAnchored.topic]


def test_what_one_service_was_told_finds_the_cut_tail_of_another(ground, tmp_path):
    other = a_ground(f"sqlite:///{tmp_path / 'other.sqlite3'}", Publisher.MONITORING)
    with begin(ground) as work:
        work.audit.wrote(None, "one", "sheet", [])
    anchor(ground, NOON)
    (sent,) = told_by(ground)
    event = codec.decode(
        sent.topic, sent.body, event_id=sent.event_id, happened_at=sent.happened_at
    )
    follow(other, event, event)

    with begin(other) as work:
        anchors = anchors_of_others(work, Publisher.INTAKE)
    with ground.database.begin() as connection:
        whole = list(not_as_anchored(connection, kit.audit, anchors, Publisher.INTAKE))
        connection.execute(delete(kit.audit.rows))
        cut = list(not_as_anchored(connection, kit.audit, anchors, Publisher.INTAKE))

    assert (list(anchors), whole) == ([1], [])
    assert cut == ["intake: 1 is not as it was anchored"]
    other.database.close()


def test_a_second_word_about_the_same_place_does_not_replace_the_first(ground):
    def anchored(head):
        return AuditAnchored(
            happened_at=NOON,
            chain_id=chain_of(Publisher.AUTH),
            publisher=Publisher.AUTH,
            position=7,
            head=Digest(head * 64),
        )

    follow(ground, anchored("a"), anchored("b"))

    with begin(ground) as work:
        assert anchors_of_others(work, Publisher.AUTH) == {7: "a" * 64}


def test_answers_are_forgotten_after_a_week(ground):
    with begin(ground) as work:
        work.once.claim(new_id(), "one", "request")
        work.once.keep(new_id(), "one", Answer(200, {}, ""))

    def kept():
        with ground.database.begin() as connection:
            return len(connection.execute(select(kit.idempotency)).all())

    forget_answers(ground, now() + timedelta(days=6))
    assert kept() == 1
    forget_answers(ground, now() + timedelta(days=8))
    assert kept() == 0
