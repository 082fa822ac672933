"""What monitoring shows: timelines, tasks, deadlines, records, and the counters of a start page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, select

from services.monitoring.domain import deadlines as deadline
from services.monitoring.domain import tasks as task
from services.monitoring.domain.calendars import Office
from services.monitoring.domain.deadlines import Deadline
from services.monitoring.domain.records import Judged, Record
from services.monitoring.domain.rules import Rule
from services.monitoring.domain.tasks import Task
from services.monitoring.domain.timeline import Line, hidden_from
from services.monitoring.domain.watched import RUNNING, WAITING, WatchedCase
from services.monitoring.storage import finding, tables
from services.monitoring.storage.visible import (
    own_tasks,
    visible_cases,
    visible_deadlines,
    visible_rows,
    visible_tasks,
)
from services.monitoring.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.security.actor import Actor

Key = list[Any] | None
READ_IN_RECORDS = (FieldClass.NARRATIVE, FieldClass.INTERNAL_NOTES, FieldClass.RISK)
_lines, _tasks, _deadlines = tables.lines.c, tables.tasks.c, tables.deadlines.c


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many open tasks there are, and how many of them are late."""

    open: int
    late: int


@dataclass(frozen=True, kw_only=True)
class DeadlineShown:
    """A deadline, with the time that is left in its own calendar (negative: so much late)."""

    deadline: Deadline
    remaining: timedelta


@dataclass(frozen=True, kw_only=True)
class RecordShown:
    """A monitoring record with its judgements."""

    record: Record
    judgements: list[Judged]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The counters of a start page; those of tasks are one's own, the rest what one may see."""

    tasks_open: int
    tasks_late: int
    deadlines_missed: int
    referrals_waiting: int
    referrals_running: int


def case_seen(work: Work, actor: Actor, case_id: UUID) -> WatchedCase:
    """Return a case that somebody may see; raise NotFound."""
    return work.cases.get(case_id, visible_cases(actor))


def timeline(work: Work, actor: Actor, case_id: UUID, *, after: Key, limit: int) -> list[Line]:
    """Return a page of a case's timeline, the latest first, and one line more if there is one."""
    found = work.lines.find(
        *_shown(actor, case_id),
        *finding.after(tables.lines, after, "happened_at", newest_first=True),
        order=(_lines.happened_at.desc(), _lines.id.desc()),
        limit=limit + 1,
    )
    work.audit.read(actor, "read timeline", "case", [case_id], [FieldClass.RISK])
    return found


def lines_of(work: Work, actor: Actor, case_id: UUID) -> int:
    """Count the lines of a timeline; since lines are only added, this is its version."""
    return _count(work, tables.lines, *_shown(actor, case_id))


def tasks(
    work: Work, actor: Actor, *, mine: bool, open_only: bool, after: Key, limit: int
) -> list[Task]:
    """Return a page of tasks, the most urgent first."""
    found = work.tasks.find(
        *_of_interest(actor, mine=mine, open_only=open_only),
        *finding.after(tables.tasks, after, "due_at"),
        order=(_tasks.due_at, _tasks.id),
        limit=limit + 1,
    )
    work.audit.read(actor, "read tasks", "task", [one.id for one in found[:limit]])
    return found


def task_counts(work: Work, actor: Actor, *, mine: bool) -> Counts:
    """Count open tasks, in the time of the actor's unit."""
    where = _of_interest(actor, mine=mine, open_only=True)
    now = work.clock.now(actor.org)
    return Counts(
        open=_count(work, tables.tasks, *where),
        late=_count(work, tables.tasks, *where, _tasks.due_at < now),
    )


def deadlines(
    work: Work, actor: Actor, *, case_id: UUID | None, late: bool, after: Key, limit: int
) -> list[DeadlineShown]:
    """Return a page of deadlines, those due first first."""
    where = [visible_deadlines(actor)]
    if case_id is not None:
        where.append(_deadlines.case_id == case_id)
    if late:
        where.append(_deadlines.standing == deadline.Standing.MISSED)
    found = work.deadlines.find(
        *where,
        *finding.after(tables.deadlines, after, "due_at"),
        order=(_deadlines.due_at, _deadlines.id),
        limit=limit + 1,
    )
    ids = [one.id for one in found[:limit]]
    work.audit.read(actor, "read deadlines", "deadline", ids, [FieldClass.RISK])
    return shown(work, found)


def shown(work: Work, found: Sequence[Deadline]) -> list[DeadlineShown]:
    """Say how much time is left of each."""
    offices = {unit: Office(finding.days_off(work, unit)) for unit in {d.unit_id for d in found}}
    return [
        DeadlineShown(
            deadline=one,
            remaining=one.remaining(at=work.clock.now(one.unit_id), office=offices[one.unit_id]),
        )
        for one in found
    ]


def records(
    work: Work, actor: Actor, case_id: UUID, *, after: Key, limit: int
) -> list[RecordShown]:
    """Return a page of a case's monitoring records, the latest first; raise NotFound."""
    case = case_seen(work, actor, case_id)
    columns = tables.records.c
    found = work.records.find(
        columns.case_id == case.id,
        *finding.after(tables.records, after, "contact_at", newest_first=True),
        order=(columns.contact_at.desc(), columns.id.desc()),
        limit=limit + 1,
    )
    ids = [record.id for record in found[:limit]]
    work.audit.read(actor, "read monitoring records", "record", ids, READ_IN_RECORDS)
    judged = work.judgements.find(
        tables.judgements.c.record_id.in_(ids), order=tables.judgements.c.id
    )
    return [
        RecordShown(record=one, judgements=[j for j in judged if j.record_id == one.id])
        for one in found
    ]


def deadline_rules(work: Work, actor: Actor) -> list[Rule]:
    """Return the rules as they stand in the actor's unit."""
    assert actor.org is not None  # noqa: S101 - staff always have a unit; for the type checker
    return list(finding.rules_of(work, actor.org).rows.values())


def overview(work: Work, actor: Actor) -> Overview:
    """Count for the start page."""
    counts = task_counts(work, actor, mine=True)
    referral = tables.referrals
    seen = visible_rows(actor, referral)
    missed = _deadlines.standing == deadline.Standing.MISSED
    return Overview(
        tasks_open=counts.open,
        tasks_late=counts.late,
        deadlines_missed=_count(work, tables.deadlines, visible_deadlines(actor), missed),
        referrals_waiting=_count(work, referral, seen, referral.c.standing.in_(WAITING)),
        referrals_running=_count(work, referral, seen, referral.c.standing.in_(RUNNING)),
    )


def _shown(actor: Actor, case_id: UUID) -> list[ColumnElement[bool]]:
    visible = select(tables.cases.c.id).where(visible_cases(actor))
    hidden = [not_(_lines.kind.like(f"{one}.%")) for one in sorted(hidden_from(actor.roles))]
    return [_lines.case_id == case_id, _lines.case_id.in_(visible), *hidden]


def _of_interest(actor: Actor, *, mine: bool, open_only: bool) -> list[ColumnElement[bool]]:
    where = [visible_tasks(actor)]
    if mine:
        where.append(own_tasks(actor))
    if open_only:
        where.append(_tasks.standing == task.Standing.OPEN)
    return where


def _count(work: Work, table: Any, *where: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(and_(*where))
    return int(work.connection.execute(query).scalar_one())
