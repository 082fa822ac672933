"""What monitoring does when the others tell it something.

Every event of the aggregates it follows becomes a line of the timeline; some also begin, settle
or drop deadlines and tasks.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from services.monitoring.actions import cases, referrals, reports
from services.monitoring.actions.timeline import write_line
from services.monitoring.storage.work import Work
from shared.contracts import intake, referral
from shared.contracts.event import Event
from shared.contracts.referral import ReferralEvent

Follow = Callable[[Work, Any], None]


def _keeping_a_line(follow: Follow) -> Follow:
    @wraps(follow)
    def followed(work: Work, told: Event) -> None:
        write_line(work, told)
        follow(work, told)

    return followed


def keep_line_only(_work: Work, _told: Event) -> None:
    """A line says it all."""


#: What happens besides the line. Referral events without a row here follow the table of
#: reactions (``domain/reactions.py``).
_FOLLOWED: Final[Mapping[type[Event], Follow]] = {
    intake.ReportReceived: reports.report_received,
    intake.ReportResponded: reports.report_responded,
    intake.ReportScreened: reports.report_screened,
    intake.ReportEnded: reports.report_ended,
    intake.ConsentGiven: keep_line_only,
    intake.ConsentRefused: keep_line_only,
    intake.ConsentWithdrawn: keep_line_only,
    intake.CaseOpened: cases.case_opened,
    intake.CaseAssigned: cases.case_assigned,
    intake.CaseAccompanied: cases.case_accompanied,
    intake.CaseScreened: cases.case_screened,
    intake.CaseRiskChanged: cases.case_risk_changed,
    intake.CaseStageMoved: cases.case_stage_moved,
    intake.CaseCounselled: keep_line_only,
    intake.CaseDutySettled: cases.case_duty_settled,
    intake.CaseReassessmentOpened: keep_line_only,
    intake.CaseReassessed: keep_line_only,
    intake.CaseClosed: cases.case_closed,
    intake.CaseReopened: cases.case_reopened,
    intake.NeedRecorded: keep_line_only,
    intake.PlanAgreed: keep_line_only,
    **dict.fromkeys(ReferralEvent.__subclasses__(), referrals.referral_reacted),
    referral.ReferralSent: referrals.referral_sent,
    referral.ReferralHandedOver: referrals.referral_handed_over,
}

SUBSCRIPTIONS: Final[Mapping[type[Event], Follow]] = {
    told: _keeping_a_line(follow) for told, follow in _FOLLOWED.items()
}
