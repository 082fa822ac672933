"""What events of the other services do to a case. Monitoring advises; the case is moved here."""

from typing import Any, Final

from services.intake.actions.acting import publish
from services.intake.actions.cases import alarm
from services.intake.actions.units import open_unit
from services.intake.domain.case import Case
from services.intake.domain.facts import lacking
from services.intake.domain.missed import MissedDeadline
from services.intake.domain.partner_help import PartnerHelp
from services.intake.domain.reassessment import Reassessment
from services.intake.domain.risk import raise_risk
from services.intake.domain.stages import Move
from services.intake.storage.facts import facts_of
from services.intake.storage.finding import case_of, help_known
from services.intake.storage.units import known_unit
from services.intake.storage.work import Work
from shared.contracts.auth import InstitutionRegistered
from shared.contracts.event import Event
from shared.contracts.intake import LoopRule
from shared.contracts.monitoring import AdequacyJudged, DeadlineMissed
from shared.contracts.protection import FieldClass, UnitKind
from shared.contracts.referral import ReferralEvent, ReferralSent
from shared.contracts.vocabulary import Adequacy, InstitutionKind, Stage

#: What an event may tell besides what all of them tell.
_ALSO: Final = (
    "respond_by",
    "serve_by",
    "appointment_at",
    "sessions_done",
    "sessions_planned",
    "reason",
)
#: Where a referral may be one for the time after the case; elsewhere it blocks the closing (R8).
_AT_THE_END: Final = frozenset({Stage.TERMINATION, Stage.FOLLOW_UP})


def hear_of_referral(work: Work, told: ReferralEvent) -> None:
    """Keep what the case page and the closing of the case need to know of a referral."""
    if isinstance(told, ReferralSent):
        _begin(work, told)
        return
    known = help_known(work, told.referral_id)
    if known is None:
        return
    known.standing, known.business_state = told.standing, told.business_state
    known.move_no, known.happened_at = told.move_no, told.happened_at
    for name in _ALSO:
        if getattr(told, name, None) is not None:
            setattr(known, name, getattr(told, name))
    work.partner_help.save(known)
    work.audit.wrote(None, "referral.follow", "referral", [known.id])


def hear_of_judgement(work: Work, told: AdequacyJudged) -> None:
    """Too little opens the short reassessment (R1); too much goes back to planning (R2).

    A risk that has risen to TINGGI comes first (R4): its reassessment leads to assessment.
    """
    case = case_of(work, told.case_id)
    if case is None or case.closed_at is not None:
        return
    events: list[Event | None] = list(raise_risk(case, told.risk_now, at=told.happened_at))
    if events:
        events += alarm(work, case, **_why(told))
    if told.adequacy is Adequacy.KURANG and case.reassessment_id is None:
        events.append(_open_reassessment(work, case, told))
    if told.adequacy is Adequacy.BERLEBIH:
        events.append(case.go_back(Move.REPLAN, LoopRule.R2, at=told.happened_at))
    work.cases.save(case)
    publish(work, events, by=None)
    if any(events):
        work.audit.wrote(None, "case.follow_judgement", "case", [case.id], [FieldClass.RISK])


def hear_of_missed_deadline(work: Work, told: DeadlineMissed) -> None:
    """Keep it on the case."""
    work.missed_deadlines.add(
        MissedDeadline(
            id=told.deadline_id,
            unit_id=told.unit_id,
            case_id=told.case_id,
            report_id=told.report_id,
            referral_id=told.referral_id,
            rule=told.rule.value,
            due_at=told.due_at,
        )
    )
    work.audit.wrote(None, "deadline.follow", "deadline", [told.deadline_id])


def hear_of_institution(work: Work, told: InstitutionRegistered) -> None:
    """A unit that was registered begins to work here, as a real one unless it was opened before."""
    if told.kind is InstitutionKind.UPTD_PPA and known_unit(work, told.institution_id) is None:
        open_unit(work, told.institution_id, UnitKind.REAL, at=told.happened_at)


def _begin(work: Work, told: ReferralSent) -> None:
    case = case_of(work, told.case_id)
    work.partner_help.add(
        PartnerHelp(
            id=told.referral_id,
            case_id=told.case_id,
            unit_id=told.unit_id,
            institution_id=told.institution_id,
            service=told.service,
            standing=told.standing,
            business_state=told.business_state,
            move_no=told.move_no,
            plan_item_id=told.plan_item_id,
            previous_referral_id=told.previous_referral_id,
            at_termination=told.at_termination and case is not None and case.stage in _AT_THE_END,
            emergency=told.emergency,
            sent_at=told.happened_at,
            happened_at=told.happened_at,
            respond_by=told.respond_by,
            serve_by=told.serve_by,
        )
    )
    work.audit.wrote(None, "referral.follow", "referral", [told.referral_id])
    _replace(work, told)
    if case is not None:
        _begin_monitoring(work, case, told)


def _replace(work: Work, told: ReferralSent) -> None:
    earlier = help_known(work, told.previous_referral_id)
    if earlier is not None:
        earlier.replaced_by = told.referral_id
        work.partner_help.save(earlier)
        work.audit.wrote(None, "referral.replace", "referral", [earlier.id])


def _begin_monitoring(work: Work, case: Case, told: ReferralSent) -> None:
    """Monitoring runs beside the intervention from the first referral on (domain.md 2.4)."""
    if case.stage is not Stage.INTERVENTION:
        return
    facts = facts_of(work, case)
    if lacking(case.stage, facts):  # the referral is known; the case goes on when all is there
        return
    moved = case.go_on(facts, at=told.happened_at)
    work.cases.save(case)
    publish(work, [moved], by=None)
    work.audit.wrote(None, "case.go_on", "case", [case.id])


def _open_reassessment(work: Work, case: Case, told: AdequacyJudged) -> Event:
    opened, event = Reassessment.open(case, LoopRule.R1, at=told.happened_at, **_why(told))
    work.reassessments.add(opened)
    return event


def _why(told: AdequacyJudged) -> dict[str, Any]:
    return {
        "referral_id": told.referral_id,
        "service": told.service,
        "cause_judged": told.cause,
        "record_id": told.record_id,
    }
