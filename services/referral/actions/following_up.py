"""What the unit does with a referral after it was sent."""

from datetime import datetime
from uuid import UUID

from services.referral.actions.hands import Hand, kept, unit_takes
from services.referral.domain.moves import Move, Party
from services.referral.domain.referral import Referral
from services.referral.domain.sending_side import UnitNotKnown
from services.referral.storage.work import Work
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.vocabulary import DeclineReason


def give_information(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The unit answers what the partner asked or waits for."""
    referral, made = unit_takes(work, hand, referral_id, Move.GIVE_INFORMATION)
    return kept(work, hand, referral, referral.give_information(made))


def cancel_referral(
    work: Work, hand: Hand, referral_id: UUID, *, reason: DeclineReason
) -> Referral:
    """The unit takes the referral back before work has begun."""
    referral, made = unit_takes(work, hand, referral_id, Move.CANCEL)
    return kept(work, hand, referral, referral.cancel(made, reason=reason))


def ask_to_cancel(work: Work, hand: Hand, referral_id: UUID, *, reason: DeclineReason) -> Referral:
    """Work has begun; the unit asks the partner to stop."""
    referral, made = unit_takes(work, hand, referral_id, Move.ASK_CANCELLATION)
    return kept(work, hand, referral, referral.ask_cancellation(made, reason=reason))


def cancel_appointment(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The unit calls the appointment off."""
    referral, made = unit_takes(work, hand, referral_id, Move.CANCEL_APPOINTMENT)
    return kept(work, hand, referral, referral.cancel_appointment(made))


def revise_dose(
    work: Work, hand: Hand, referral_id: UUID, *, sessions_planned: int | None = None
) -> Referral:
    """The unit asks for another dose or frequency (rule R2)."""
    referral, made = unit_takes(work, hand, referral_id, Move.REVISE)
    return kept(work, hand, referral, referral.revise(made, sessions_planned=sessions_planned))


def abandon_partner(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """Give a silent partner up: the first person asks, a second one agrees."""
    referral, made = unit_takes(work, hand, referral_id, Move.ABANDON)
    asked = referral.abandonment_asked_by is not None
    told = referral.abandon(made) if asked else referral.ask_abandonment(made)
    return kept(work, hand, referral, told)


def retract_referral(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """It was sent in error: the first person says so, a second one agrees."""
    referral, made = unit_takes(work, hand, referral_id, Move.RETRACT)
    alone = referral.standing is ReferralStanding.DRAFT
    agreed = referral.retraction_asked_by is not None
    told = referral.retract(made) if alone or agreed else referral.ask_retraction(made)
    return kept(work, hand, referral, told)


def close_loop(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The case manager says what it means for the plan."""
    referral, made = unit_takes(work, hand, referral_id, Move.CLOSE_LOOP, Party.CASE_MANAGER)
    return kept(work, hand, referral, referral.close_loop(made))


def hand_referral_over(
    work: Work,
    hand: Hand,
    referral_id: UUID,
    *,
    to_unit_id: UUID,
    accepted_at: datetime,
) -> Referral:
    """The case went to another unit of the network, and this referral with it."""
    referral, made = unit_takes(work, hand, referral_id, Move.HAND_OVER)
    if not work.clock.knows(to_unit_id):
        raise UnitNotKnown(fields={"to_unit_id": ["not_valid"]})
    told = referral.hand_over(made, to_unit_id=to_unit_id, accepted_at=accepted_at)
    return kept(work, hand, referral, told)


def attach_plan_item(
    work: Work, hand: Hand, referral_id: UUID, *, plan_item_id: UUID, plan_item_version: int
) -> Referral:
    """Name the plan item that an emergency referral lacked."""
    referral, made = unit_takes(work, hand, referral_id, Move.ATTACH_PLAN_ITEM)
    told = referral.attach_plan_item(
        made, plan_item_id=plan_item_id, plan_item_version=plan_item_version
    )
    return kept(work, hand, referral, told)
