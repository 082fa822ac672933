"""What reports mean for deadlines: first response (T01 to T03), follow-up (T04), police (T08)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from services.monitoring.actions.deadlines import begin_deadline, drop, meet
from services.monitoring.actions.tasks import end, give
from services.monitoring.domain.deadlines import About
from services.monitoring.domain.rules import AppliesIf
from services.monitoring.domain.tasks import TaskKind
from services.monitoring.storage import finding
from services.monitoring.storage.work import Work
from shared.contracts.intake import ReportEnded, ReportReceived, ReportResponded, ReportScreened
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.vocabulary import RiskLevel

FIRST_RESPONSE: Final = (DeadlineRule.T01, DeadlineRule.T02, DeadlineRule.T03)


def report_received(work: Work, told: ReportReceived) -> None:
    """The clocks of a report begin; when the danger is great, somebody is called at once."""
    case = finding.case_of_report(work, told.report_id)
    about = About(unit_id=told.unit_id, report_id=told.report_id, case_id=case.id if case else None)
    rules = finding.rules_of(work, told.unit_id)
    began = told.reported_at
    first = begin_deadline(work, rules.first_response(told.risk), about=about, began_at=began)
    follow_up = rules.get(DeadlineRule.T04, AppliesIf.ALWAYS)
    begin_deadline(work, follow_up, about=about, began_at=began)
    if told.sexual:
        begin_police_report(work, about, began_at=began)
    if told.risk is RiskLevel.TINGGI:
        _call(work, about, at=told.happened_at, due_at=first.due_at, deadline_id=first.id)
    if case is not None and case.opened_at is not None:  # the case's event came first
        follow_up_begun(work, told.report_id, at=case.opened_at)


def report_responded(work: Work, told: ReportResponded) -> None:
    """The unit has given its first response."""
    responses = finding.unsettled(work, *FIRST_RESPONSE, report_id=told.report_id)
    meet(work, responses, at=told.happened_at)
    end(work, [TaskKind.MEET_DANGER], at=told.happened_at, report_id=told.report_id)


def report_screened(work: Work, told: ReportScreened) -> None:
    """The danger is judged anew: the first response is due accordingly, if it is still to come."""
    row = finding.rules_of(work, told.unit_id).first_response(told.risk)
    for before in finding.unsettled(work, *FIRST_RESPONSE, report_id=told.report_id):
        if before.rule is row.rule:
            continue
        sooner = FIRST_RESPONSE.index(row.rule) < FIRST_RESPONSE.index(before.rule)
        drop(work, [before])
        begin_deadline(
            work,
            row,
            about=before.about,
            began_at=told.happened_at if sooner else before.began_at,
            no_later_than=before.due_at if sooner else None,
        )
    if told.risk is RiskLevel.TINGGI:
        _call_about_report(work, told)


def report_ended(work: Work, told: ReportEnded) -> None:
    """The report ended without a case; the duty to report a crime (T08) is not undone by that."""
    answered = (*FIRST_RESPONSE, DeadlineRule.T04)
    meet(
        work,
        finding.unsettled(work, *answered, report_id=told.report_id),
        at=told.happened_at,
    )
    end(work, [TaskKind.MEET_DANGER], at=told.happened_at, report_id=told.report_id)


def follow_up_begun(work: Work, report_id: UUID, *, at: datetime) -> None:
    """Something has followed from the report (T04)."""
    meet(work, finding.unsettled(work, DeadlineRule.T04, report_id=report_id), at=at)


def begin_police_report(work: Work, about: About, *, began_at: datetime) -> None:
    """Sexual violence is reported to the police within 3x24 hours (UU 12/2022, article 41)."""
    row = finding.rules_of(work, about.unit_id).get(DeadlineRule.T08, AppliesIf.SEXUAL)
    subject = {"report_id": about.report_id} if about.report_id else {"case_id": about.case_id}
    known = {name: value for name, value in subject.items() if value is not None}
    if finding.ever_set(work, DeadlineRule.T08, **known) is None:
        begin_deadline(work, row, about=about, began_at=began_at)


def _call_about_report(work: Work, told: ReportScreened) -> None:
    waiting = finding.unsettled(work, *FIRST_RESPONSE, report_id=told.report_id)
    case = finding.case_of_report(work, told.report_id)
    about = About(unit_id=told.unit_id, report_id=told.report_id, case_id=case.id if case else None)
    due_at = waiting[0].due_at if waiting else None
    deadline_id = waiting[0].id if waiting else None
    _call(work, about, at=told.happened_at, due_at=due_at, deadline_id=deadline_id)


def _call(
    work: Work, about: About, *, at: datetime, due_at: datetime | None, deadline_id: UUID | None
) -> None:
    give(
        work,
        TaskKind.MEET_DANGER,
        about=about,
        at=at,
        due_at=due_at,
        deadline_id=deadline_id,
    )
