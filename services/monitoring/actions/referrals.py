"""What the events of a referral mean for its deadlines and tasks."""

from datetime import datetime

from services.monitoring.actions.cases import watched_case
from services.monitoring.actions.contacts import begin_contacts
from services.monitoring.actions.deadlines import apply, begin_deadline
from services.monitoring.actions.tasks import end, give
from services.monitoring.domain.deadlines import About
from services.monitoring.domain.reactions import REACTIONS
from services.monitoring.domain.rules import AppliesIf
from services.monitoring.domain.tasks import TaskKind
from services.monitoring.domain.watched import WatchedReferral
from services.monitoring.storage import finding
from services.monitoring.storage.work import Work
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.referral import (
    ReferralEvent,
    ReferralHandedOver,
    ReferralInformationGiven,
    ReferralSent,
)


def referral_sent(work: Work, told: ReferralSent) -> None:
    """The partner's clocks begin; a referral in place of another ends the search for one."""
    watched = referral_moved(work, told)
    watched.urgency, watched.sent_at = told.urgency, told.happened_at
    work.referrals.save(watched)
    _begin(work, told, AppliesIf.RESPOND, due_at=told.respond_by)
    if told.serve_by is not None:
        _begin(work, told, AppliesIf.SERVE, due_at=told.serve_by)
    if told.previous_referral_id is not None:
        searched = told.previous_referral_id
        end(work, [TaskKind.REFER_AGAIN], at=told.happened_at, referral_id=searched)
    if not told.at_termination:
        case = watched_case(work, told.case_id, unit_id=told.unit_id)
        begin_contacts(work, case, at=told.happened_at)


def referral_reacted(work: Work, told: ReferralEvent) -> None:
    """Do what the table of reactions says for this kind of event."""
    referral_moved(work, told)
    reaction = REACTIONS.get(type(told))
    if reaction is None:
        return
    at, referral_id = told.happened_at, told.referral_id
    moves = {AppliesIf.RESPOND: reaction.reply, AppliesIf.SERVE: reaction.service}
    for part, move in moves.items():
        found = finding.unsettled(work, DeadlineRule.T24, applies_if=part, referral_id=referral_id)
        apply(work, move, found, at=at, due_at=_named(told, part))
    end(work, reaction.ends, at=at, done=reaction.done, referral_id=referral_id)
    if reaction.gives is not None:
        give(work, reaction.gives, about=_about(told), at=at)


def referral_handed_over(work: Work, told: ReferralHandedOver) -> None:
    """Another unit has taken the referral over, with its deadlines and tasks."""
    watched = referral_moved(work, told)
    watched.unit_id = told.unit_id
    work.referrals.save(watched)
    finding.hand_over(work, referral_id=told.referral_id, unit_id=told.unit_id)


def referral_moved(work: Work, told: ReferralEvent) -> WatchedReferral:
    """Keep our copy of the referral up to date and return it."""
    known = finding.referral_of(work, told.referral_id)
    if known is None:
        return work.referrals.add(
            WatchedReferral(
                id=told.referral_id,
                unit_id=told.unit_id,
                case_id=told.case_id,
                institution_id=told.institution_id,
                service=told.service,
                standing=told.standing,
                business_state=told.business_state,
                urgency=None,
                sent_at=None,
                moved_at=told.happened_at,
            )
        )
    known.standing, known.business_state = told.standing, told.business_state
    known.moved_at = told.happened_at
    return work.referrals.save(known)


def _begin(work: Work, told: ReferralSent, part: AppliesIf, *, due_at: datetime) -> None:
    row = finding.rules_of(work, told.unit_id).get(DeadlineRule.T24, part)
    begin_deadline(work, row, about=_about(told), began_at=told.happened_at, due_at=due_at)


def _named(told: ReferralEvent, part: AppliesIf) -> datetime | None:
    if isinstance(told, ReferralInformationGiven) and part is AppliesIf.RESPOND:
        return told.respond_by
    return None


def _about(told: ReferralEvent) -> About:
    return About(unit_id=told.unit_id, case_id=told.case_id, referral_id=told.referral_id)
