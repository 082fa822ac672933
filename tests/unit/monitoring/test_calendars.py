"""Office hours, working days and the wall clock, against a walk minute by minute."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.calendars import (
    WITA,
    Calendar,
    Office,
    add,
    add_counted,
    passed,
    remaining,
    worth,
)

MINUTE = timedelta(minutes=1)
PLAIN = Office()
#: Lebaran 2026 and the days around it, as an office would keep them.
MARCH = Office(frozenset(date(2026, 3, d) for d in (18, 19, 20, 21, 22, 23, 24)))


def wita(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WITA)


calendars = st.sampled_from(Calendar)
moments = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: datetime(2023, 12, 20, tzinfo=UTC) + minutes * MINUTE
)
limits = st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))
days = st.integers(0, 6).map(lambda n: timedelta(days=n))


@st.composite
def offices(draw: st.DrawFn) -> Office:
    """Random holidays, among them whole runs, over year ends and the leap day of 2024."""
    singles = draw(st.frozensets(st.dates(date(2023, 12, 1), date(2028, 4, 1)), max_size=8))
    first = draw(st.sampled_from([date(2023, 12, 25), date(2024, 2, 27), date(2026, 3, 18)]))
    run = frozenset(first + timedelta(days=n) for n in range(draw(st.integers(0, 12))))
    return Office(singles | run)


def a_limit_of(draw: st.DrawFn, calendar: Calendar) -> timedelta:
    return draw(days if calendar is Calendar.WORKDAY else limits)


def walk(start: datetime, minutes: int, office: Office) -> datetime:
    """The same as ``add``, the slow way: minute by minute."""
    at = start
    while minutes:
        minutes -= office.is_open(at)
        at += MINUTE
    return at


@settings(max_examples=60, deadline=None)
@given(moments, st.integers(0, 15 * 60), offices())
def test_adding_equals_a_walk_minute_by_minute(start, minutes, office):
    limit = timedelta(minutes=minutes)
    assert add(Calendar.OFFICE, start, limit, office=office) == walk(start, minutes, office)


@settings(max_examples=60, deadline=None)
@given(moments, st.integers(0, 6 * 24 * 60), offices())
def test_time_passed_equals_a_count_of_open_minutes(start, minutes, office):
    open_minutes = sum(office.is_open(start + n * MINUTE) for n in range(minutes))
    found = passed(Calendar.OFFICE, start, start + minutes * MINUTE, office=office)
    assert found == open_minutes * MINUTE


@given(st.data(), calendars, moments, offices())
def test_adding_twice_is_adding_the_sum(data, calendar, start, office):
    one, two = a_limit_of(data.draw, calendar), a_limit_of(data.draw, calendar)
    stepwise = add(calendar, add(calendar, start, one, office=office), two, office=office)
    assert stepwise == add(calendar, start, one + two, office=office)


@given(st.data(), calendars, moments, moments, offices())
def test_who_starts_later_is_never_due_earlier(data, calendar, one, two, office):
    limit = a_limit_of(data.draw, calendar)
    early, late = sorted((one, two))
    assert add(calendar, early, limit, office=office) <= add(calendar, late, limit, office=office)


@given(st.data(), calendars, moments, offices())
def test_more_time_is_never_due_earlier(data, calendar, start, office):
    small, large = sorted((a_limit_of(data.draw, calendar), a_limit_of(data.draw, calendar)))
    assert add(calendar, start, small, office=office) <= add(calendar, start, large, office=office)


@given(moments, limits.filter(bool), offices())
def test_the_end_never_lies_outside_office_hours(start, limit, office):
    due = add(Calendar.OFFICE, start, limit, office=office)
    local = due.astimezone(WITA)
    assert office.works_on(local.date())
    assert any(a < local.time() <= b for a, b in office.hours)


@given(st.data(), calendars, moments, offices())
def test_what_was_added_is_what_has_passed(data, calendar, start, office):
    limit = a_limit_of(data.draw, calendar)
    due = add(calendar, start, limit, office=office)
    assert passed(calendar, start, due, office=office) == worth(calendar, limit, office=office)


@given(calendars, moments, moments, moments, offices())
def test_time_passed_adds_up(calendar, one, two, three, office):
    a, b, c = sorted((one, two, three))
    first = passed(calendar, a, b, office=office)
    second = passed(calendar, b, c, office=office)
    assert first + second == passed(calendar, a, c, office=office)


@given(calendars, moments, moments, offices())
def test_what_remains_turns_negative_when_the_time_is_over(calendar, now, due, office):
    left = remaining(calendar, now, due, office=office)
    assert left == -remaining(calendar, due, now, office=office)
    assert now > due or left >= timedelta()


@given(calendars, moments, moments, offices())
def test_what_remains_leads_back_to_the_due_moment(calendar, one, two, office):
    now, due = sorted((one, two))
    left = remaining(calendar, now, due, office=office)
    again = add_counted(calendar, now, left, office=office)
    assert passed(calendar, again, due, office=office) == timedelta()


@pytest.mark.parametrize(
    ("calendar", "start", "limit", "office", "due"),
    [
        # Statutory: three times twenty-four hours run through the night and the weekend.
        ("WALL", wita(2026, 3, 6, 9, 10), timedelta(hours=72), MARCH, wita(2026, 3, 9, 9, 10)),
        # The lunch break does not count, nor the night.
        ("OFFICE", wita(2026, 3, 2, 11, 30), timedelta(hours=1), PLAIN, wita(2026, 3, 2, 13, 30)),
        ("OFFICE", wita(2026, 3, 2, 15, 30), timedelta(hours=1), PLAIN, wita(2026, 3, 3, 8, 30)),
        ("OFFICE", wita(2026, 3, 2, 12, 30), timedelta(hours=3), PLAIN, wita(2026, 3, 2, 16)),
        ("OFFICE", wita(2026, 3, 6, 15, 59), timedelta(minutes=2), PLAIN, wita(2026, 3, 9, 8, 1)),
        # A working day is a working day's hours, whenever it began.
        ("WORKDAY", wita(2026, 3, 2, 10), timedelta(days=3), PLAIN, wita(2026, 3, 5, 10)),
        ("WORKDAY", wita(2026, 3, 2, 20), timedelta(days=3), PLAIN, wita(2026, 3, 5, 16)),
        ("WORKDAY", wita(2026, 3, 7, 10), timedelta(days=1), PLAIN, wita(2026, 3, 9, 16)),
        # Lebaran: from Tuesday the 17th the next working day is Wednesday the 25th.
        ("WORKDAY", wita(2026, 3, 17, 9), timedelta(days=1), MARCH, wita(2026, 3, 25, 9)),
        # Over the end of a year, and over a leap day.
        ("WORKDAY", wita(2026, 12, 31, 9), timedelta(days=1), PLAIN, wita(2027, 1, 1, 9)),
        ("OFFICE", wita(2024, 2, 29, 15), timedelta(hours=2), PLAIN, wita(2024, 3, 1, 9)),
        ("WALL", wita(2024, 2, 28, 12), timedelta(days=2), PLAIN, wita(2024, 3, 1, 12)),
    ],
)
def test_examples_from_the_calendar_on_the_wall(calendar, start, limit, office, due):
    assert add(Calendar(calendar), start, limit, office=office) == due


def test_the_office_closes_on_the_minute():
    assert PLAIN.is_open(wita(2026, 3, 2, 11, 59))
    assert not PLAIN.is_open(wita(2026, 3, 2, 12))
    assert PLAIN.is_open(wita(2026, 3, 2, 13))
    assert not PLAIN.is_open(wita(2026, 3, 2, 16))


def test_an_office_is_open_seven_hours_a_day():
    assert PLAIN.day == timedelta(hours=7)


@pytest.mark.parametrize(
    "closed",
    [{"weekdays": frozenset()}, {"hours": ()}, {"hours": ((time(8), time(8)),)}],
)
def test_an_office_that_never_opens_is_refused(closed):
    with pytest.raises(ValueError, match="open"):
        Office(**closed)
