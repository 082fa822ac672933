"""The office of a unit: its holidays, begun from an almanac and kept by the unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from holidays import country_holidays

from services.monitoring.domain.calendars import WITA, Calendar, Office
from services.monitoring.domain.holidays import YEARS, Holiday, HolidaySource, HolidayYear, check
from services.monitoring.storage import finding
from services.monitoring.storage.work import Work
from shared.errors import NotFound
from shared.http.etag import check_match
from shared.identifiers import new_id
from shared.security.actor import Actor

#: Holidays of the whole country, and the days that offices take off together (cuti bersama).
_CATEGORIES: Final = ("government", "public")
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, kw_only=True)
class DayOff:
    """One row of a list as somebody sends it."""

    day: date
    name: str


@dataclass(frozen=True, kw_only=True)
class YearList:
    """The holidays of one year of a unit."""

    year: HolidayYear
    days: Sequence[Holiday]


def office_for(work: Work, calendar: Calendar, unit_id: UUID, *, around: datetime) -> Office:
    """Return when a unit's office is open, with lists for this year and the next.

    Round the clock nobody asks for holidays, so none are read.
    """
    if calendar is Calendar.WALL:
        return Office()
    this = around.astimezone(WITA).year
    for year in (this, this + 1):
        _begin(work, unit_id, year)
    return Office(finding.days_off(work, unit_id))


def show_year(work: Work, unit_id: UUID, year: int) -> YearList:
    """Return the list of one year; raise NotFound for a year that has none."""
    if year not in YEARS:
        raise NotFound
    _begin(work, unit_id, year)
    head = finding.year_of(work, unit_id, year)
    return YearList(year=head, days=finding.holidays_of(work, unit_id, year))


def replace_year(
    work: Work,
    actor: Actor,
    *,
    year: int,
    source: HolidaySource,
    days: Sequence[DayOff],
    seen: int | None,
) -> YearList:
    """Put a whole new list in place of a year's; raise Invalid naming each wrong row, or Stale."""
    unit_id = _unit(actor)
    check(year, [(one.day, one.name) for one in days])
    kept = show_year(work, unit_id, year)
    check_match(seen, kept.year.version)
    for old in kept.days:
        work.holidays.remove(old.id)
    _add(work, unit_id, [(one.day, one.name) for one in days], source)
    kept.year.changed_by, kept.year.changed_at = actor.id, work.clock.now(unit_id)
    work.holiday_years.save(kept.year)
    work.audit.wrote(actor, "replace holidays", "holiday_year", [kept.year.id])
    return show_year(work, unit_id, year)


def _begin(work: Work, unit_id: UUID, year: int) -> None:
    begun = HolidayYear(
        id=new_id(),
        unit_id=unit_id,
        year=year,
        changed_by=None,
        changed_at=work.clock.now(unit_id),
    )
    if finding.begin_year(work, begun):
        almanac = country_holidays("ID", years=year, language="id", categories=_CATEGORIES)
        _add(work, unit_id, sorted(almanac.items()), HolidaySource.ALMANAC)


def _add(
    work: Work, unit_id: UUID, days: Sequence[tuple[date, str]], source: HolidaySource
) -> None:
    for day, name in days:
        work.holidays.add(
            Holiday(
                id=new_id(),
                unit_id=unit_id,
                day=day,
                name=name.strip()[:_LONGEST_NAME],
                source=source,
            )
        )


def _unit(actor: Actor) -> UUID:
    if actor.org is None:
        raise NotFound
    return actor.org
