"""What the events of a case mean for its copy, its deadlines and its tasks."""

from uuid import UUID

from services.monitoring.actions import contacts, reports
from services.monitoring.actions.deadlines import drop, meet
from services.monitoring.actions.tasks import end, give
from services.monitoring.domain.deadlines import About
from services.monitoring.domain.tasks import TaskKind
from services.monitoring.domain.watched import WatchedCase, rises
from services.monitoring.storage import finding
from services.monitoring.storage.work import Work
from shared.contracts.intake import (
    CaseAccompanied,
    CaseAssigned,
    CaseClosed,
    CaseDutySettled,
    CaseOpened,
    CaseReopened,
    CaseRiskChanged,
    CaseScreened,
    CaseStageMoved,
)
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.vocabulary import RiskLevel


def watched_case(work: Work, case_id: UUID, *, unit_id: UUID) -> WatchedCase:
    """Return our copy of a case, begun now when another aggregate's event told of it first."""
    known = finding.case_of(work, case_id)
    return known or work.cases.add(WatchedCase(id=case_id, unit_id=unit_id))


def case_opened(work: Work, told: CaseOpened) -> None:
    """What was about the report is about the case now; something has followed from it (T04)."""
    case = watched_case(work, told.case_id, unit_id=told.unit_id)
    case.report_id, case.opened_at = told.report_id, told.happened_at
    case.opened_by = told.opened_by
    case.primary_class, case.risk = case.primary_class or told.class_reported, told.risk
    work.cases.save(case)
    finding.attach_case(work, report_id=told.report_id, case_id=told.case_id)
    reports.follow_up_begun(work, told.report_id, at=told.happened_at)


def case_assigned(work: Work, told: CaseAssigned) -> None:
    """The open tasks of the case go to its manager."""
    case = watched_case(work, told.case_id, unit_id=told.unit_id)
    case.manager_id = told.manager_id
    work.cases.save(case)
    for task in finding.open_tasks(work, TaskKind, case_id=case.id):
        task.hand_to(told.manager_id)
        work.tasks.save(task)


def case_accompanied(work: Work, told: CaseAccompanied) -> None:
    """Who walks with the person sees the case here too, from now on or no longer."""
    case = watched_case(work, told.case_id, unit_id=told.unit_id)
    case.companion_id = told.companion_id
    work.cases.save(case)


def case_screened(work: Work, told: CaseScreened) -> None:
    """Class and danger are settled; where UU 12/2022 applies, so is the duty of T08."""
    case = watched_case(work, told.case_id, unit_id=told.unit_id)
    case.primary_class = told.primary_class
    work.cases.save(case)
    _danger(work, case, told)
    if told.tpks:
        reported = finding.ever_set(work, DeadlineRule.T04, case_id=case.id)
        began_at = reported.began_at if reported else told.happened_at
        about = About(unit_id=case.unit_id, report_id=case.report_id, case_id=case.id)
        reports.begin_police_report(work, about, began_at=began_at)


def case_risk_changed(work: Work, told: CaseRiskChanged) -> None:
    """The danger is judged anew."""
    _danger(work, watched_case(work, told.case_id, unit_id=told.unit_id), told)


def case_stage_moved(work: Work, told: CaseStageMoved) -> None:
    """The case went on, or back."""
    case = watched_case(work, told.case_id, unit_id=told.unit_id)
    case.stage = told.to_stage
    work.cases.save(case)


def case_duty_settled(work: Work, told: CaseDutySettled) -> None:
    """The police were told (T08), or a second person settled that they are not to be."""
    found = finding.unsettled(work, DeadlineRule.T08, case_id=told.case_id)
    if told.filed_at is not None:
        meet(work, found, at=told.filed_at)
    else:
        drop(work, found)


def case_closed(work: Work, told: CaseClosed) -> None:
    """Nobody need look at the case again, nor look elsewhere for help."""
    case = watched_case(work, told.case_id, unit_id=told.unit_id)
    contacts.end_contacts(work, case, at=told.happened_at)
    end(work, [TaskKind.REFER_AGAIN], at=told.happened_at, done=False, case_id=case.id)
    case.closed_at = told.happened_at
    work.cases.save(case)


def case_reopened(work: Work, told: CaseReopened) -> None:
    """The same case again; monitoring begins with its next referral."""
    case = watched_case(work, told.case_id, unit_id=told.unit_id)
    case.closed_at = None
    work.cases.save(case)


def _danger(work: Work, case: WatchedCase, told: CaseScreened | CaseRiskChanged) -> None:
    before, case.risk = case.risk, told.risk
    work.cases.save(case)
    contacts.risk_changed(work, case, before=before, at=told.happened_at)
    if told.risk is RiskLevel.TINGGI and rises(before, told.risk):
        about = About(unit_id=case.unit_id, case_id=case.id)
        give(work, TaskKind.MEET_DANGER, about=about, at=told.happened_at)
