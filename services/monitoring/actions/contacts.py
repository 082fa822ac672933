"""How long a case may go without being looked at (T22), and the task that says so."""

from datetime import datetime

from services.monitoring.actions.deadlines import begin_deadline, drop, meet
from services.monitoring.actions.tasks import end, give
from services.monitoring.domain.deadlines import About, Deadline
from services.monitoring.domain.tasks import TaskKind
from services.monitoring.domain.watched import WatchedCase, rises
from services.monitoring.storage import finding
from services.monitoring.storage.work import Work
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.vocabulary import RiskLevel


def begin_contacts(work: Work, case: WatchedCase, *, at: datetime) -> None:
    """The first referral is sent: from now on the case is looked at again and again."""
    if case.watched_from is None and case.closed_at is None:
        case.watched_from = at
        work.cases.save(case)
        _expect(work, case, case.risk or RiskLevel.SEDANG, began_at=at)


def contact_made(
    work: Work, case: WatchedCase, *, at: datetime, risk: RiskLevel, next_at: datetime
) -> None:
    """Somebody has looked at the case and said when next."""
    meet(work, _awaited(work, case), at=at)
    end(work, [TaskKind.CONTACT], at=at, case_id=case.id)
    _expect(work, case, risk, began_at=at, due_at=next_at)


def risk_changed(work: Work, case: WatchedCase, *, before: RiskLevel | None, at: datetime) -> None:
    """Greater danger asks for the next contact sooner, lesser lets it wait longer."""
    awaited = _awaited(work, case)
    if not awaited or case.risk is None or case.risk is before:
        return
    rising = rises(before, case.risk)
    began_at = at if rising else awaited[0].began_at
    no_later_than = awaited[0].due_at if rising else None
    drop(work, awaited)
    end(work, [TaskKind.CONTACT], at=at, done=False, case_id=case.id)
    _expect(work, case, case.risk, began_at=began_at, no_later_than=no_later_than)


def end_contacts(work: Work, case: WatchedCase, *, at: datetime) -> None:
    """The case is closed: nobody need look at it again."""
    drop(work, _awaited(work, case))
    end(work, [TaskKind.CONTACT, TaskKind.MEET_DANGER], at=at, done=False, case_id=case.id)
    case.watched_from = None


def _awaited(work: Work, case: WatchedCase) -> list[Deadline]:
    return finding.unsettled(work, DeadlineRule.T22, case_id=case.id)


def _expect(
    work: Work,
    case: WatchedCase,
    risk: RiskLevel,
    *,
    began_at: datetime,
    due_at: datetime | None = None,
    no_later_than: datetime | None = None,
) -> None:
    about = About(unit_id=case.unit_id, case_id=case.id)
    row = finding.rules_of(work, case.unit_id).contact(risk)
    deadline = begin_deadline(
        work, row, about=about, began_at=began_at, due_at=due_at, no_later_than=no_later_than
    )
    give(
        work,
        TaskKind.CONTACT,
        about=about,
        at=began_at,
        due_at=deadline.due_at,
        deadline_id=deadline.id,
    )
