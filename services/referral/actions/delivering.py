"""What a partner reports while it helps."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.referral.actions.hands import Hand, kept, partner_takes
from services.referral.domain.moves import Move
from services.referral.domain.referral import Referral
from services.referral.storage.work import Work
from shared.contracts.referral_words import BusinessState, ReferralResult
from shared.contracts.vocabulary import DeclineReason


def put_on_waiting_list(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner accepted and has no place yet."""
    referral, made = partner_takes(work, hand, referral_id, Move.WAITLIST)
    return kept(work, hand, referral, referral.waitlist(made))


def make_appointment(
    work: Work, hand: Hand, referral_id: UUID, *, appointment_at: datetime
) -> Referral:
    """The partner sets a time."""
    referral, made = partner_takes(work, hand, referral_id, Move.SCHEDULE)
    return kept(work, hand, referral, referral.schedule(made, appointment_at=appointment_at))


def record_no_show(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The person did not come."""
    referral, made = partner_takes(work, hand, referral_id, Move.RECORD_NO_SHOW)
    return kept(work, hand, referral, referral.record_no_show(made))


def record_missed(
    work: Work, hand: Hand, referral_id: UUID, *, next_appointment_at: datetime
) -> Referral:
    """The person did not come, and a new time was set at once: two moves in one."""
    record_no_show(work, hand, referral_id)
    again = replace(hand, note=None)
    return make_appointment(work, again, referral_id, appointment_at=next_appointment_at)


def call_off_appointment(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner calls the appointment off."""
    referral, made = partner_takes(work, hand, referral_id, Move.CANCEL_APPOINTMENT)
    return kept(work, hand, referral, referral.cancel_appointment(made))


def report_progress(
    work: Work,
    hand: Hand,
    referral_id: UUID,
    *,
    sessions_done: int | None = None,
    sessions_planned: int | None = None,
    next_appointment_at: datetime | None = None,
) -> Referral:
    """The partner reports what was done."""
    referral, made = partner_takes(work, hand, referral_id, Move.REPORT_PROGRESS)
    told = referral.report_progress(
        made,
        sessions_done=sessions_done,
        sessions_planned=sessions_planned,
        next_appointment_at=next_appointment_at,
    )
    return kept(work, hand, referral, told)


def report_session(
    work: Work, hand: Hand, referral_id: UUID, *, next_appointment_at: datetime | None = None
) -> Referral:
    """One more session was held: the partner's three taps."""
    referral, made = partner_takes(work, hand, referral_id, Move.REPORT_PROGRESS)
    told = referral.report_progress(
        made,
        sessions_done=referral.sessions_done + 1,
        next_appointment_at=next_appointment_at,
    )
    return kept(work, hand, referral, told)


def put_on_hold(
    work: Work, hand: Hand, referral_id: UUID, *, waiting_for: BusinessState
) -> Referral:
    """The partner waits for the person or a document."""
    referral, made = partner_takes(work, hand, referral_id, Move.HOLD)
    return kept(work, hand, referral, referral.hold(made, waiting_for=waiting_for))


def resume_work(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """Work goes on."""
    referral, made = partner_takes(work, hand, referral_id, Move.RESUME)
    return kept(work, hand, referral, referral.resume(made))


def agree_to_cancel(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner agrees to stop."""
    referral, made = partner_takes(work, hand, referral_id, Move.AGREE_TO_CANCEL)
    return kept(work, hand, referral, referral.agree_to_cancel(made))


def go_on(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner goes on although the unit wished to cancel."""
    referral, made = partner_takes(work, hand, referral_id, Move.GO_ON)
    return kept(work, hand, referral, referral.go_on(made))


def complete_referral(
    work: Work,
    hand: Hand,
    referral_id: UUID,
    *,
    result: ReferralResult,
    sessions_done: int | None = None,
) -> Referral:
    """The partner delivered what was asked; the note is the summary."""
    referral, made = partner_takes(work, hand, referral_id, Move.COMPLETE)
    told = referral.complete(made, result=result, sessions_done=sessions_done)
    return kept(work, hand, referral, told)


def add_result(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """A late document or result came in."""
    referral, made = partner_takes(work, hand, referral_id, Move.ADD_RESULT)
    return kept(work, hand, referral, referral.add_result(made))


def report_failure(work: Work, hand: Hand, referral_id: UUID, *, reason: DeclineReason) -> Referral:
    """The help was tried and could not be finished."""
    referral, made = partner_takes(work, hand, referral_id, Move.FAIL)
    return kept(work, hand, referral, referral.fail(made, reason=reason))
