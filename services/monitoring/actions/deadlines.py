"""Set, settle and watch deadlines."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from services.monitoring.actions.office import office_for
from services.monitoring.actions.tasks import give
from services.monitoring.domain.calendars import Office
from services.monitoring.domain.deadlines import About, Deadline, Move, Settlement, Standing
from services.monitoring.domain.rules import AppliesIf, Rule
from services.monitoring.domain.tasks import TaskKind
from services.monitoring.domain.timeline import line_of
from services.monitoring.storage import finding
from services.monitoring.storage.visible import visible_deadlines
from services.monitoring.storage.work import Work
from shared.contracts.event import Event
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.protection import FieldClass
from shared.http.etag import check_match
from shared.identifiers import new_id
from shared.security.actor import Actor

#: What has to be done once a deadline of a referral is missed.
WHEN_MISSED: Final = {
    (DeadlineRule.T24, AppliesIf.RESPOND): TaskKind.ASK_PARTNER,
    (DeadlineRule.T24, AppliesIf.SERVE): TaskKind.ASK_ABOUT_SERVICE,
}


def begin_deadline(
    work: Work,
    row: Rule,
    *,
    about: About,
    began_at: datetime,
    due_at: datetime | None = None,
    no_later_than: datetime | None = None,
) -> Deadline:
    """Begin to count a deadline and put it on file."""
    office = office_for(work, row.calendar, about.unit_id, around=began_at)
    made = Deadline.set(row, about=about, began_at=began_at, office=office, due_at=due_at)
    if no_later_than is not None and made.due_at > no_later_than:
        made = Deadline.set(
            row, about=about, began_at=began_at, office=office, due_at=no_later_than
        )
    return work.deadlines.add(made)


def meet(work: Work, deadlines: Iterable[Deadline], *, at: datetime) -> None:
    """An event shows that these have happened."""
    for deadline in deadlines:
        deadline.meet(at=at, recorded_at=max(at, work.clock.now(deadline.unit_id)))
        work.deadlines.save(deadline)


def drop(work: Work, deadlines: Iterable[Deadline]) -> None:
    """Nothing is expected of these any more."""
    for deadline in deadlines:
        deadline.drop()
        work.deadlines.save(deadline)


def apply(
    work: Work, move: Move | None, found: list[Deadline], *, at: datetime, due_at: datetime | None
) -> None:
    """Make the move that an event asks for; deadlines that it does not fit stay as they are."""
    if move is Move.MEET:
        meet(work, found, at=at)
    elif move is Move.DROP:
        drop(work, found)
    elif move is Move.MISS:
        _give_up(work, found, at=at)
    elif move is Move.PAUSE:
        _pause(work, found, at=at)
    elif move is Move.RESUME:
        _resume(work, found, at=at, due_at=due_at)


def watch(work: Work, deadlines: Iterable[Deadline], *, at: datetime | None = None) -> None:
    """Let time pass over these: raise alerts, and say and hand on what was missed."""
    for deadline in deadlines:
        moment = at or work.clock.now(deadline.unit_id)
        office = _office(work, deadline)
        missed = deadline.watch(at=moment, office=office)
        work.deadlines.save(deadline)
        for event in missed:
            tell(work, event, unit_id=deadline.unit_id)
            _hand_on(work, deadline, at=moment)


def settle(
    work: Work,
    actor: Actor,
    deadline_id: UUID,
    *,
    met_at: datetime,
    evidence: str,
    seen: int | None,
) -> Deadline:
    """Somebody says when it happened and by what it can be seen; raise what ``meet`` raises."""
    deadline = work.deadlines.get(deadline_id, visible_deadlines(actor))
    check_match(seen, deadline.version)
    now = work.clock.now(deadline.unit_id)
    deadline.meet(at=met_at, recorded_at=now, by=actor.id)
    work.deadlines.save(deadline)
    work.settlements.add(
        Settlement(
            id=new_id(),
            deadline_id=deadline.id,
            unit_id=deadline.unit_id,
            owner_id=deadline.case_id or deadline.report_id or deadline.id,
            met_at=met_at,
            recorded_at=now,
            recorded_by=actor.id,
            evidence=evidence,
        )
    )
    classes = [FieldClass.INTERNAL_NOTES]
    work.audit.wrote(actor, "settle deadline", "deadline", [deadline.id], classes)
    return deadline


def tell(work: Work, event: Event, *, unit_id: UUID) -> None:
    """Publish an event of ours, and write its line into the timeline."""
    work.outbox.add(event)
    line = line_of(event, unit_id=unit_id, recorded_at=work.clock.now(unit_id))
    finding.keep_line(work, line)


def _give_up(work: Work, found: list[Deadline], *, at: datetime) -> None:
    watch(work, [one for one in found if one.standing is Standing.OPEN], at=at)
    drop(work, found)


def _pause(work: Work, found: list[Deadline], *, at: datetime) -> None:
    for deadline in found:
        if deadline.standing is Standing.OPEN:
            deadline.pause(at=at)
            work.deadlines.save(deadline)


def _resume(work: Work, found: list[Deadline], *, at: datetime, due_at: datetime | None) -> None:
    for deadline in found:
        if deadline.standing is Standing.PAUSED:
            office = _office(work, deadline)
            deadline.resume(at=at, office=office, due_at=due_at)
            work.deadlines.save(deadline)


def _office(work: Work, deadline: Deadline) -> Office:
    return office_for(work, deadline.calendar, deadline.unit_id, around=deadline.began_at)


def _hand_on(work: Work, deadline: Deadline, *, at: datetime) -> None:
    for task in finding.tasks_for(work, deadline.id):
        task.escalate(deadline.escalate_to)
        work.tasks.save(task)
    kind = WHEN_MISSED.get((deadline.rule, deadline.applies_if))
    if kind is not None:
        give(work, kind, about=deadline.about, at=at, deadline_id=deadline.id)
