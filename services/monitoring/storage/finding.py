"""The questions that actions ask of the tables, each in one place."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, or_, select

from services.monitoring.domain import deadlines as deadline
from services.monitoring.domain import tasks as task
from services.monitoring.domain.deadlines import Deadline
from services.monitoring.domain.holidays import Holiday, HolidayYear
from services.monitoring.domain.rules import AppliesIf, Limit, Rules
from services.monitoring.domain.tasks import Task, TaskKind
from services.monitoring.domain.timeline import Line
from services.monitoring.domain.watched import WatchedCase, WatchedReferral
from services.monitoring.storage import tables
from services.monitoring.storage.work import Work
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.protection import UnitKind
from shared.errors import Invalid
from shared.storage.dialect import for_update, insert_or_ignore

_deadlines = tables.deadlines.c
_tasks = tables.tasks.c
_UNSETTLED = (deadline.Standing.OPEN, deadline.Standing.PAUSED, deadline.Standing.MISSED)


def keep_line(work: Work, line: Line) -> None:
    """Write a line of the timeline, once, however often the event is told."""
    insert_or_ignore(work.connection, tables.lines, vars(line), unless=["id"])


def case_of(work: Work, case_id: UUID | None) -> WatchedCase | None:
    """Return a case, or None when no event has told of it."""
    return None if case_id is None else work.cases.first(tables.cases.c.id == case_id)


def case_of_report(work: Work, report_id: UUID) -> WatchedCase | None:
    """Return the case that was made of a report, or None."""
    return work.cases.first(tables.cases.c.report_id == report_id)


def referral_of(work: Work, referral_id: UUID) -> WatchedReferral | None:
    """Return a referral, or None when no event has told of it."""
    return work.referrals.first(tables.referrals.c.id == referral_id)


def year_of(work: Work, unit_id: UUID, year: int) -> HolidayYear:
    """Return the head of a unit's list for a year that has been begun."""
    columns = tables.holiday_years.c
    return work.holiday_years.find(columns.unit_id == unit_id, columns.year == year)[0]


def holidays_of(work: Work, unit_id: UUID, year: int) -> list[Holiday]:
    """Return a unit's holidays of one year, in order."""
    columns = tables.holidays.c
    in_year = columns.day.between(date(year, 1, 1), date(year, 12, 31))
    return work.holidays.find(columns.unit_id == unit_id, in_year, order=columns.day)


def tasks_for(work: Work, deadline_id: UUID) -> list[Task]:
    """Return the open tasks that a deadline made."""
    return open_tasks(work, TaskKind, deadline_id=deadline_id)


def unsettled(
    work: Work, *rules: DeadlineRule, applies_if: AppliesIf | None = None, **about: UUID
) -> list[Deadline]:
    """Return deadlines of these rules that still expect something, about one thing."""
    where = [_deadlines[name] == value for name, value in about.items()]
    if applies_if is not None:
        where.append(_deadlines.applies_if == applies_if)
    query = select(tables.deadlines).where(
        _deadlines.standing.in_(_UNSETTLED), _deadlines.rule.in_(rules), *where
    )
    return work.deadlines.of(for_update(work.connection, query.order_by(_deadlines.id)))


def ever_set(work: Work, *rules: DeadlineRule, **about: UUID) -> Deadline | None:
    """Return the first deadline of these rules that was ever set for one thing, or None."""
    where = [_deadlines[name] == value for name, value in about.items()]
    return work.deadlines.first(_deadlines.rule.in_(rules), *where, order=_deadlines.id)


def open_tasks(work: Work, kinds: Iterable[TaskKind], **about: UUID) -> list[Task]:
    """Return the open tasks of these kinds, of one report, case, referral or deadline."""
    where = [_tasks[name] == value for name, value in about.items()]
    return work.tasks.find(
        _tasks.standing == task.Standing.OPEN, _tasks.kind.in_(list(kinds)), *where
    )


def to_be_watched(work: Work, *, at: datetime, limit: int) -> list[Deadline]:
    """Return the deadlines whose next alert is over, each in the time of its own unit: one query.

    Only training and sandbox units have a shifted clock, so that most rows meet one comparison.
    """
    units = work.ground.kit.units.c
    shifted = work.connection.execute(
        select(units.unit_id, units.clock_offset_seconds).where(
            units.kind != UnitKind.REAL, units.clock_offset_seconds != 0
        )
    ).all()
    real = and_(
        _deadlines.next_alert_at < at, _deadlines.unit_id.not_in([row.unit_id for row in shifted])
    )
    others = [
        and_(
            _deadlines.unit_id == row.unit_id,
            _deadlines.next_alert_at < at + timedelta(seconds=row.clock_offset_seconds),
        )
        for row in shifted
    ]
    query = select(tables.deadlines).where(or_(real, *others)).order_by(_deadlines.next_alert_at)
    return work.deadlines.of(for_update(work.connection, query.limit(limit)))


def attach_case(work: Work, *, report_id: UUID, case_id: UUID) -> None:
    """Let what was about a report be about its case from now on, too."""
    for table in (tables.lines, tables.deadlines, tables.tasks):
        of_report = and_(table.c.report_id == report_id, table.c.case_id.is_(None))
        work.connection.execute(table.update().where(of_report).values(case_id=case_id))


def hand_over(work: Work, *, referral_id: UUID, unit_id: UUID) -> None:
    """Let a referral's deadlines and tasks belong to the unit that has taken it over."""
    for table in (tables.deadlines, tables.tasks):
        of_referral = table.c.referral_id == referral_id
        work.connection.execute(table.update().where(of_referral).values(unit_id=unit_id))


def rules_of(work: Work, unit_id: UUID) -> Rules:
    """Return the deadline rules as they stand in one unit."""
    return Rules.of(work.limits.find(tables.limits.c.unit_id == unit_id))


def limit_of(work: Work, unit_id: UUID, rule: DeadlineRule, applies_if: AppliesIf) -> Limit | None:
    """Return the limit a unit has set for one row, or None."""
    columns = tables.limits.c
    return work.limits.first(
        columns.unit_id == unit_id, columns.rule == rule, columns.applies_if == applies_if
    )


def days_off(work: Work, unit_id: UUID) -> frozenset[date]:
    """Return the days on which a unit's office is closed, as far as its lists reach."""
    query = select(tables.holidays.c.day).where(tables.holidays.c.unit_id == unit_id)
    return frozenset(work.connection.execute(query).scalars())


def begin_year(work: Work, year: HolidayYear) -> bool:
    """Write down that a unit has a list for a year; return whether it had none before."""
    return insert_or_ignore(
        work.connection, tables.holiday_years, vars(year), unless=["unit_id", "year"]
    )


def after(
    table: Table, key: list[Any] | None, name: str, *, newest_first: bool = False
) -> list[ColumnElement[bool]]:
    """Say where the next page begins: after the (moment, id) of the last row shown.

    Raises Invalid when the cursor is not one of ours.
    """
    if key is None:
        return []
    try:
        moment, row_id = datetime.fromisoformat(str(key[0])), UUID(str(key[1]))
    except (ValueError, IndexError):
        raise Invalid(fields={"cursor": ["not_valid"]}) from None
    first, second = table.c[name], table.c.id
    if newest_first:
        return [or_(first < moment, and_(first == moment, second < row_id))]
    return [or_(first > moment, and_(first == moment, second > row_id))]
