"""How time is counted: round the clock, in office hours, or in working days (design, section 7).

    WALL      ████████████████████████   statutory and high risk: every minute counts
    OFFICE    ········████·███········   08-12 and 13-16 WITA, Monday to Friday, no holidays
    WORKDAY   as OFFICE; one day of limit is one day's office hours

Seed 000, first step: service hours "08.00 - 16.00 WITA, dengan istirahat pukul 12.00 - 13.00".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

#: The unit's own time: WITA, eight hours ahead of UTC all year.
WITA: Final = ZoneInfo("Asia/Makassar")
_DAY: Final = timedelta(days=1)


class Calendar(StrEnum):
    """Which minutes count."""

    WALL = "WALL"
    OFFICE = "OFFICE"
    WORKDAY = "WORKDAY"


@dataclass(frozen=True)
class Office:
    """When the office is open. Holidays are rows that the unit keeps."""

    holidays: frozenset[date] = frozenset()
    hours: tuple[tuple[time, time], ...] = field(
        default=((time(8), time(12)), (time(13), time(16)))
    )
    weekdays: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        if not self.weekdays or not self.hours or self.day <= timedelta():
            raise ValueError("an office is open at some time of the week")

    @property
    def day(self) -> timedelta:
        """How long the office is open on one working day."""
        return sum((_apart(opens, closes) for opens, closes in self.hours), timedelta())

    def works_on(self, day: date) -> bool:
        """Say whether this is a working day."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        """Say whether the office is open; the closing minute is outside."""
        local = at.astimezone(WITA)
        return self.works_on(local.date()) and any(a <= local.time() < b for a, b in self.hours)

    def openings(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the opening and closing moments of one day."""
        if self.works_on(day):
            for opens, closes in self.hours:
                yield _moment(day, opens), _moment(day, closes)


def worth(calendar: Calendar, limit: timedelta, *, office: Office) -> timedelta:
    """Return what a limit comes to in minutes that count: a WORKDAY day is a day's office hours."""
    return limit * (office.day / _DAY) if calendar is Calendar.WORKDAY else limit


def add(calendar: Calendar, start: datetime, limit: timedelta, *, office: Office) -> datetime:
    """Return when so much time that counts has passed since ``start``; never before an opening."""
    left = worth(calendar, limit, office=office)
    return add_counted(calendar, start, left, office=office)


def add_counted(
    calendar: Calendar, start: datetime, left: timedelta, *, office: Office
) -> datetime:
    """As ``add``, for time already in minutes that count (what ``passed`` returned)."""
    if calendar is Calendar.WALL or left <= timedelta():
        return start.astimezone(UTC) + max(left, timedelta())
    for opens, closes in _openings_from(start, office):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("an office opens again")  # pragma: no cover


def passed(calendar: Calendar, start: datetime, end: datetime, *, office: Office) -> timedelta:
    """Return how much time that counts lies between two moments; nothing when they are swapped."""
    if end <= start:
        return timedelta()
    if calendar is Calendar.WALL:
        return end - start
    total = timedelta()
    for opens, closes in _openings_from(start, office):
        if opens >= end:
            return total
        total += min(closes, end) - opens
    raise AssertionError("an office opens again")  # pragma: no cover


def remaining(calendar: Calendar, now: datetime, due_at: datetime, *, office: Office) -> timedelta:
    """Return how much time that counts is left; negative by so much as it is late."""
    if now <= due_at:
        return passed(calendar, now, due_at, office=office)
    return -passed(calendar, due_at, now, office=office)


def _openings_from(start: datetime, office: Office) -> Iterator[tuple[datetime, datetime]]:
    day = start.astimezone(WITA).date()
    while True:
        for opens, closes in office.openings(day):
            if closes > start:
                yield max(opens, start.astimezone(UTC)), closes
        day += _DAY


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=WITA).astimezone(UTC)


def _apart(opens: time, closes: time) -> timedelta:
    return timedelta(hours=closes.hour - opens.hour, minutes=closes.minute - opens.minute)
