"""What becomes of a deadline."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain import deadlines as module
from services.monitoring.domain.calendars import WITA, Calendar, Office
from services.monitoring.domain.deadlines import (
    SETTLED,
    STEPS,
    About,
    Alert,
    Deadline,
    Move,
    NotYet,
    Standing,
)
from services.monitoring.domain.rules import AppliesIf, Rules
from shared.contracts.monitoring import DeadlineRule
from shared.errors import MoveNotAllowed

RULES = Rules.of()
OFFICE = Office()
NINE = datetime(2026, 3, 2, 9, 10, tzinfo=WITA)
HOUR = timedelta(hours=1)


def a_deadline(
    standing: Standing = Standing.OPEN,
    rule: DeadlineRule = DeadlineRule.T02,
    applies_if: AppliesIf = AppliesIf.SEDANG,
) -> Deadline:
    about = About(unit_id=uuid4(), report_id=uuid4())
    made = Deadline.set(RULES.get(rule, applies_if), about=about, began_at=NINE, office=OFFICE)
    made.standing = standing
    return made


def over(deadline: Deadline) -> datetime:
    return deadline.due_at + timedelta(seconds=1)


DO = {
    Move.PAUSE: lambda d: d.pause(at=NINE),
    Move.RESUME: lambda d: d.resume(at=NINE, office=OFFICE),
    Move.MISS: lambda d: d.watch(at=over(d), office=OFFICE),
    Move.MEET: lambda d: d.meet(at=d.due_at, recorded_at=d.due_at),
    Move.MEET_LATE: lambda d: d.meet(at=over(d), recorded_at=over(d)),
    Move.DROP: lambda d: d.drop(),
}


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("move", Move)
def test_every_pair_is_either_a_step_or_leaves_it_where_it_stands(standing, move):
    deadline = a_deadline(standing)
    if (standing, move) in STEPS:
        DO[move](deadline)
        assert deadline.standing is STEPS[standing, move]
    elif move is Move.MISS:  # the clock looks at everything and touches only what is open
        assert DO[move](deadline) == []
        assert deadline.standing is standing
    elif (standing, move) == (Standing.PAUSED, Move.MEET_LATE):  # a resting clock is never late
        DO[move](deadline)
        assert deadline.standing is Standing.MET
    else:
        with pytest.raises(MoveNotAllowed):
            DO[move](deadline)
        assert deadline.standing is standing


@given(st.lists(st.sampled_from(Move), max_size=8))
def test_a_settled_deadline_never_moves_again(moves):
    deadline, settled = a_deadline(), None
    for move in moves:
        try:
            DO[move](deadline)
        except MoveNotAllowed:
            pass
        assert settled is None or deadline.standing is settled
        settled = deadline.standing if deadline.standing in SETTLED else settled


def test_the_drawing_says_what_the_table_says():
    drawn = [line.split() for line in (module.__doc__ or "").splitlines() if line[:4] == "    "]
    assert drawn == [[a.value, move.value, b.value] for (a, move), b in STEPS.items()]


def test_at_the_very_moment_it_counts_as_met():
    deadline = a_deadline()
    assert deadline.watch(at=deadline.due_at, office=OFFICE) == []

    deadline.meet(at=deadline.due_at, recorded_at=deadline.due_at)

    assert deadline.standing is Standing.MET
    assert not deadline.late


def test_a_second_later_it_is_missed_and_says_so():
    deadline = a_deadline()

    (missed,) = deadline.watch(at=over(deadline), office=OFFICE)

    assert (missed.deadline_id, missed.rule, missed.due_at) == (
        deadline.id,
        DeadlineRule.T02,
        deadline.due_at,
    )
    assert (missed.report_id, missed.unit_id) == (deadline.report_id, deadline.unit_id)
    assert deadline.late
    assert deadline.watch(at=over(deadline) + HOUR, office=OFFICE) == []


def test_what_was_missed_and_is_given_up_was_late_all_the_same():
    deadline = a_deadline()
    deadline.watch(at=over(deadline), office=OFFICE)
    deadline.drop()
    assert deadline.late
    given_up_in_time = a_deadline()
    given_up_in_time.drop()
    assert not given_up_in_time.late


@given(st.integers(-600, 600))
def test_met_and_missed_part_at_the_due_moment(seconds):
    deadline = a_deadline()
    at = deadline.due_at + timedelta(seconds=seconds)

    deadline.meet(at=at, recorded_at=at)

    assert (deadline.standing is Standing.MET) == (seconds <= 0)


@pytest.mark.parametrize(
    ("gone", "alert", "next_at"),
    [
        (timedelta(hours=2), Alert.NONE, timedelta(hours=3)),
        (timedelta(hours=3), Alert.HALF, timedelta(hours=4, minutes=48)),
        (timedelta(hours=4, minutes=48), Alert.NEAR, timedelta(hours=6)),
        (timedelta(hours=6), Alert.NEAR, timedelta(hours=6)),
    ],
)
def test_alerts_come_at_half_and_at_four_fifths(gone, alert, next_at):
    deadline = a_deadline()
    assert deadline.next_alert_at == NINE + timedelta(hours=3)

    deadline.watch(at=NINE + gone, office=OFFICE)

    assert deadline.alerted is alert
    assert deadline.next_alert_at == NINE + next_at


def test_when_missed_the_last_alert_is_given_and_none_follows():
    deadline = a_deadline()
    deadline.watch(at=over(deadline), office=OFFICE)
    assert (deadline.alerted, deadline.next_alert_at) == (Alert.OVER, None)


def test_an_alert_of_a_working_day_rule_waits_for_the_office_to_open():
    deadline = a_deadline(rule=DeadlineRule.T04, applies_if=AppliesIf.ALWAYS)
    assert deadline.due_at == datetime(2026, 3, 5, 9, 10, tzinfo=WITA)
    # Half of 21 office hours from Monday 09:10 is Tuesday 13:40, the break left out.
    assert deadline.next_alert_at == datetime(2026, 3, 3, 13, 40, tzinfo=WITA)


@given(
    st.sampled_from(Calendar),
    st.lists(st.integers(1, 5_000), min_size=1, max_size=60),
)
def test_alerts_only_rise_and_only_lie_ahead(calendar, steps):
    row = RULES.get(DeadlineRule.T04, AppliesIf.ALWAYS)
    about = About(unit_id=uuid4())
    deadline = Deadline.set(
        type(row)(**{**vars(row), "calendar": calendar}), about=about, began_at=NINE, office=OFFICE
    )
    seen, at = [deadline.alerted], NINE
    for minutes in steps:
        at += timedelta(minutes=minutes)
        deadline.watch(at=at, office=OFFICE)
        seen.append(deadline.alerted)
        ahead = deadline.next_alert_at
        assert deadline.standing is not Standing.OPEN or (ahead is not None and ahead >= at)
    order = list(Alert)
    assert all(order.index(a) <= order.index(b) for a, b in pairwise(seen))


def test_while_paused_no_time_passes():
    deadline = a_deadline()
    deadline.pause(at=NINE + HOUR)
    assert deadline.remaining(at=NINE + 40 * HOUR, office=OFFICE) == 5 * HOUR
    assert deadline.watch(at=NINE + 40 * HOUR, office=OFFICE) == []

    deadline.resume(at=NINE + 40 * HOUR, office=OFFICE)

    assert deadline.due_at == NINE + 45 * HOUR
    assert deadline.next_alert_at == NINE + 42 * HOUR


def test_whoever_resumes_it_may_name_the_new_moment():
    deadline = a_deadline()
    deadline.pause(at=NINE + HOUR)
    deadline.resume(at=NINE + 2 * HOUR, office=OFFICE, due_at=NINE + 9 * HOUR)
    assert deadline.due_at == NINE + 9 * HOUR
    assert deadline.watch(at=NINE + 8 * HOUR, office=OFFICE) == []


def test_what_happened_in_time_counts_even_when_the_clock_had_given_it_up():
    deadline = a_deadline()
    deadline.watch(at=over(deadline), office=OFFICE)

    deadline.meet(at=NINE + HOUR, recorded_at=NINE + 60 * HOUR)

    assert deadline.standing is Standing.MET
    assert deadline.entered_late


@pytest.mark.parametrize(("hours", "late"), [(47, False), (48, False), (49, True)])
def test_what_is_written_down_more_than_two_days_after_is_marked(hours, late):
    deadline = a_deadline()
    deadline.meet(at=NINE, recorded_at=NINE + hours * HOUR)
    assert deadline.entered_late is late


def test_nothing_is_met_in_the_future():
    deadline = a_deadline()
    with pytest.raises(NotYet):
        deadline.meet(at=NINE + HOUR, recorded_at=NINE)
    assert deadline.standing is Standing.OPEN


def test_how_late_is_counted_in_the_time_of_its_calendar():
    deadline = a_deadline(rule=DeadlineRule.T04, applies_if=AppliesIf.ALWAYS)
    friday = datetime(2026, 3, 6, 9, 10, tzinfo=WITA)
    deadline.meet(at=friday, recorded_at=friday)
    assert deadline.remaining(at=friday + 99 * HOUR, office=OFFICE) == -7 * HOUR


def test_a_deadline_may_be_given_the_moment_itself():
    due = datetime(2026, 3, 5, 1, tzinfo=UTC)
    row = RULES.get(DeadlineRule.T24, AppliesIf.RESPOND)
    made = Deadline.set(row, about=About(unit_id=uuid4()), began_at=NINE, office=OFFICE, due_at=due)
    assert made.due_at == due


def test_one_that_is_over_before_it_begins_is_noticed_at_once():
    row = RULES.get(DeadlineRule.T24, AppliesIf.RESPOND)
    past = NINE - HOUR
    made = Deadline.set(
        row, about=About(unit_id=uuid4()), began_at=NINE, office=OFFICE, due_at=past
    )
    assert made.next_alert_at == past
    assert made.watch(at=NINE, office=OFFICE)
