"""Give people of the unit something to do, and take it back when events show it is done."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.monitoring.domain.deadlines import About
from services.monitoring.domain.tasks import Task, TaskKind, due_within
from services.monitoring.storage import finding
from services.monitoring.storage.visible import visible_tasks
from services.monitoring.storage.work import Work
from shared.http.etag import check_match
from shared.security.actor import Actor


def give(
    work: Work,
    kind: TaskKind,
    *,
    about: About,
    at: datetime,
    due_at: datetime | None = None,
    deadline_id: UUID | None = None,
) -> Task:
    """Give a task, unless the same one is open already; its owner is the case's manager."""
    for same in finding.open_tasks(work, [kind], **_narrowest(about)):
        return same
    case = finding.case_of(work, about.case_id)
    risk = case.risk if case else None
    return work.tasks.add(
        Task.make(
            kind,
            about=about,
            at=at,
            due_at=due_at or at + due_within(kind, risk),
            owner_id=case.manager_id if case else None,
            deadline_id=deadline_id,
        )
    )


def end(
    work: Work, kinds: Iterable[TaskKind], *, at: datetime, done: bool = True, **about: UUID
) -> None:
    """Take open tasks away: an event shows that they are done, or void."""
    for task in finding.open_tasks(work, kinds, **about):
        if done:
            task.finish(at=at)
        else:
            task.drop(at=at)
        work.tasks.save(task)


def complete(work: Work, actor: Actor, task_id: UUID, *, seen: int | None) -> Task:
    """Somebody has done a task; raise NotFound, Stale or MoveNotAllowed."""
    task = work.tasks.get(task_id, visible_tasks(actor))
    check_match(seen, task.version)
    task.finish(at=work.clock.now(task.unit_id), by=actor.id)
    work.tasks.save(task)
    work.audit.wrote(actor, "complete task", "task", [task.id])
    return task


def _narrowest(about: About) -> dict[str, UUID]:
    for name in ("referral_id", "case_id", "report_id"):
        value = getattr(about, name)
        if value is not None:
            return {name: value}
    raise ValueError("a task is about something")
