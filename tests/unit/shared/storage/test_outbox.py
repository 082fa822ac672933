"""The outbox under parallel writers: no gap, no doublet, commits in the order of sequences."""

import itertools
from dataclasses import replace

from sqlalchemy import select

from shared.storage.outbox import mark_sent
from tests.support.sheets import NOON, a_ground, begin, kit
from tests.support.threads import together
from tests.support.toy import risk_changed, some_case

WRITERS, EACH = 8, 5


def _sequences(ground, case):
    rows = kit.outbox.rows
    with ground.database.begin() as connection:
        query = select(rows.c.sequence).where(rows.c.aggregate_id == case).order_by(rows.c.id)
        return list(connection.execute(query).scalars())


def test_eight_writers_on_one_case_leave_no_gap_and_no_doublet(ground):
    case = some_case()

    def write(_):
        for _ in range(EACH):
            with begin(ground) as work:
                work.outbox.add(risk_changed(case))

    assert together(WRITERS, write) == [None] * WRITERS
    assert _sequences(ground, case) == list(range(1, WRITERS * EACH + 1))


def test_writers_that_give_up_leave_no_gap(ground):
    case = some_case()

    def write(place):
        for turn in range(EACH):
            with begin(ground) as work:
                work.outbox.add(risk_changed(case))
                if (place + turn) % 2:
                    raise ZeroDivisionError

    together(WRITERS, write)

    found = _sequences(ground, case)
    assert found
    assert found == list(range(1, len(found) + 1))


def test_commits_come_in_the_order_of_the_sequences(ground):
    """A reader who sees a sequence sees all before it, whenever it looks."""
    case = some_case()
    done = []
    seen = []

    def write_or_look(place):
        if place == WRITERS:
            while len(done) < WRITERS:
                seen.append(_sequences(ground, case))
            return
        try:
            for _ in range(EACH):
                with begin(ground) as work:
                    work.outbox.add(risk_changed(case))
        finally:
            done.append(place)

    assert together(WRITERS + 1, write_or_look) == [None] * (WRITERS + 1)

    assert all(each == list(range(1, len(each) + 1)) for each in seen)
    assert all(len(one) <= len(next_one) for one, next_one in itertools.pairwise(seen))
    assert len(_sequences(ground, case)) == WRITERS * EACH


def test_what_is_marked_as_sent_twice_takes_one_place_in_the_feed(ground):
    case, rows = some_case(), kit.outbox.rows
    with begin(ground) as work:
        for _ in range(4):
            work.outbox.add(risk_changed(case))

    def mark(*ids):
        with ground.database.begin() as connection:
            mark_sent(connection, kit.outbox, ids, NOON)

    mark(1, 2)
    mark(1, 2, 3)
    together(4, lambda _: mark(3, 4))

    with ground.database.begin() as connection:
        query = select(rows.c.feed_position).order_by(rows.c.id)
        assert connection.execute(query).scalars().all() == [1, 2, 3, 4]


def test_the_relay_is_woken_after_the_commit_and_only_when_events_wait(database_url):
    ground = a_ground(database_url)
    case, woken = some_case(), []
    watched = replace(ground, wake=lambda: woken.append(_sequences(ground, case)))

    with begin(watched):
        pass
    assert woken == []
    with begin(watched) as work:
        work.outbox.add(risk_changed(case))
        assert woken == []

    assert woken == [[1]]
    ground.database.close()
