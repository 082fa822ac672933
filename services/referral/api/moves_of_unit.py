"""The unit's moves on its referrals: one address each."""

from typing import Any
from uuid import UUID

from services.referral.actions import following_up, recording
from services.referral.api.policies import CASE_MANAGERS, OVERSEERS, SENDING_UNIT
from services.referral.api.schemas import (
    HandOverSchema,
    MoveSchema,
    PlanItemSchema,
    ReasonSchema,
    RecordedAnswerSchema,
    RevisionSchema,
)
from services.referral.api.shapes import SentShape
from services.referral.api.speaking import hand_of_officer, hand_of_unit, told_unit
from services.referral.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.guard import needs
from shared.http.routes import Routes
from shared.http.transaction import changes

routes = Routes(
    "moves_of_the_unit",
    __name__,
    url_prefix="/api/referral/v1/referrals/<uuid:referral_id>",
    description="What the unit does with a referral after sending it.",
)


@routes.post("/information")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, SentShape)
def give_information(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Answer what the partner asked, or what it waits for."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.give_information(work, hand, referral_id, **payload))


@routes.post("/cancellation")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(ReasonSchema)
@routes.response(200, SentShape)
def cancel_referral(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Take the referral back before work has begun."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.cancel_referral(work, hand, referral_id, **payload))


@routes.post("/cancellation-request")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(ReasonSchema)
@routes.response(200, SentShape)
def ask_to_cancel(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Work has begun: ask the partner to stop."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.ask_to_cancel(work, hand, referral_id, **payload))


@routes.post("/appointment-cancellation")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, SentShape)
def cancel_appointment(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Call the appointment off."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.cancel_appointment(work, hand, referral_id, **payload))


@routes.post("/revision")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(RevisionSchema)
@routes.response(200, SentShape)
def revise_dose(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Ask for another dose or frequency (rule R2); the note says which."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.revise_dose(work, hand, referral_id, **payload))


@routes.post("/abandonment")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, SentShape)
def abandon_partner(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Give a silent partner up: the first call asks, a second person's call agrees."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.abandon_partner(work, hand, referral_id, **payload))


@routes.post("/retraction")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, SentShape)
def retract_referral(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """It was sent in error: the first call says so, a second person's call agrees."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.retract_referral(work, hand, referral_id, **payload))


@routes.post("/loop-closure")
@needs(Scope.REFERRAL_SEND, policy=CASE_MANAGERS)
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, SentShape)
def close_loop(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Say what the end means for the plan."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.close_loop(work, hand, referral_id, **payload))


@routes.post("/handover")
@needs(Scope.REFERRAL_SEND, policy=OVERSEERS)
@changes(begin)
@routes.arguments(HandOverSchema)
@routes.response(200, SentShape)
def hand_referral_over(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Another unit accepted the case, and this referral with it."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.hand_referral_over(work, hand, referral_id, **payload))


@routes.post("/plan-item")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(PlanItemSchema)
@routes.response(200, SentShape)
def attach_plan_item(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Name the plan item that an emergency referral lacked."""
    hand = hand_of_unit(payload)
    return told_unit(work, following_up.attach_plan_item(work, hand, referral_id, **payload))


@routes.post("/recorded-answer")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(RecordedAnswerSchema)
@routes.response(200, SentShape)
def record_answer(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Write down what the partner answered by letter or telephone, and what shows it."""
    hand = hand_of_officer(payload)
    return told_unit(work, recording.record_answer(work, hand, referral_id, **payload))
