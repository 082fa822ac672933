"""The holidays of a unit: rows that it keeps, one list for each year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Invalid

#: The years for which a list can be kept.
YEARS: Final = range(2020, 2101)


class HolidaySource(StrEnum):
    """Where a list comes from."""

    ALMANAC = "almanac"
    """Computed beforehand; the dates of the moon are estimates until the decree is out."""
    DECREE = "decree"
    """The joint decree of three ministers (SKB)."""
    UNIT = "unit"
    """Set by the unit, for a local holiday."""


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """One day on which the office is closed."""

    id: UUID
    unit_id: UUID
    day: date
    name: str
    source: HolidaySource


@dataclass(eq=False, kw_only=True)
class HolidayYear:
    """The list of one year, as a whole: who changed it last, and when."""

    id: UUID
    unit_id: UUID
    year: int
    changed_by: UUID | None
    changed_at: datetime
    version: int = 0


def check(year: int, days: Iterable[tuple[date, str]]) -> None:
    """Raise Invalid, naming every row that is wrong, unless the list can be that of the year."""
    wrong = {field: [code] for field, code in _wrong(year, list(days))}
    if wrong:
        raise Invalid(fields=wrong)


def _wrong(year: int, days: list[tuple[date, str]]) -> Iterator[tuple[str, str]]:
    if year not in YEARS:
        yield "year", "out_of_range"
    before: set[date] = set()
    for place, (day, name) in enumerate(days):
        if day.year != year:
            yield f"days.{place}.day", "out_of_range"
        if day in before:
            yield f"days.{place}.day", "said_twice"
        if not name.strip():
            yield f"days.{place}.name", "required"
        before.add(day)
