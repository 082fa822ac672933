"""Timers: each runs once when it is due, wherever clocks run, and none stops another."""

import json
from datetime import timedelta

from shared.worker.standing import KIT_TIMERS
from shared.worker.timers import Clock, Timer
from tests.support.sheets import NOON, begin
from tests.support.threads import together

HOUR = timedelta(hours=1)


class Noted:
    """A timer that writes down when it ran."""

    def __init__(self, name="noted", every=HOUR):
        self.ran = []
        self.timer = Timer(name, every, lambda ground, at: self.ran.append(at))


def test_a_timer_runs_when_it_is_due_and_not_before(ground):
    noted = Noted()
    clock = Clock(ground, [noted.timer])

    ran = [clock.tick(NOON + timedelta(minutes=m)) for m in (0, 1, 59, 60, 61, 300, 301)]

    assert ran == [1, 0, 0, 1, 0, 1, 0]
    assert noted.ran == [NOON, NOON + HOUR, NOON + 5 * HOUR]


def test_many_clocks_run_a_timer_once(ground):
    one, other = Noted("one"), Noted("other")
    clocks = [Clock(ground, [one.timer, other.timer]) for _ in range(6)]

    for turn in range(3):
        together(6, lambda place, at=NOON + turn * HOUR: clocks[place].tick(at))

    assert one.ran == other.ran == [NOON, NOON + HOUR, NOON + 2 * HOUR]


def test_clocks_that_know_the_timers_in_another_order_do_not_block_each_other(ground):
    noted = [Noted(str(number)) for number in range(5)]
    timers = [each.timer for each in noted]
    clocks = [Clock(ground, timers if n % 2 else reversed(timers)) for n in range(6)]

    ran = together(6, lambda place: clocks[place].tick(NOON))

    assert sum(ran) == 5
    assert [each.ran for each in noted] == [[NOON]] * 5


def test_a_timer_that_fails_does_not_stop_the_others_and_comes_again(ground, capsys):
    def fail(ground, at):
        raise ValueError("Mawar")

    noted = Noted()
    clock = Clock(ground, [Timer("failing", HOUR, fail), noted.timer])

    assert (clock.tick(NOON), clock.tick(NOON + HOUR)) == (2, 2)

    assert noted.ran == [NOON, NOON + HOUR]
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(one["event"], one["timer"], one["error"]) for one in told] == [
        ("timer_failed", "failing", "ValueError")
    ] * 2
    assert "Mawar" not in json.dumps(told)


def test_a_timer_runs_with_no_transaction_open_and_may_open_its_own(ground):
    def write(ground, at):
        with begin(ground) as work:
            work.audit.wrote(None, "tick", "sheet", [])

    assert Clock(ground, [Timer("writing", HOUR, write)]).tick(NOON) == 1


def test_timers_of_a_service_have_names_of_their_own():
    names = [timer.name for timer in KIT_TIMERS]

    assert len(names) == len(set(names))
