"""The partner answers: one address a move."""

from typing import Any
from uuid import UUID

from services.referral.actions import answering
from services.referral.api.policies import RECEIVING_PARTNER
from services.referral.api.schemas import (
    MoveSchema,
    RefusalSchema,
)
from services.referral.api.shapes import ReceivedShape
from services.referral.api.speaking import hand_of_partner, told_partner
from services.referral.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.guard import needs
from shared.http.routes import Routes
from shared.http.transaction import changes

routes = Routes(
    "answers",
    __name__,
    url_prefix="/api/referral/v1/inbox/<uuid:referral_id>",
    description="How a partner answers a referral.",
)


@routes.post("/receipt")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def receive_referral(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Take the referral up to consider it (optional)."""
    hand = hand_of_partner(payload)
    return told_partner(answering.receive_referral(work, hand, referral_id, **payload))


@routes.post("/question")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def ask_for_information(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Ask first; the response clock rests until the unit answers."""
    hand = hand_of_partner(payload)
    return told_partner(answering.ask_for_information(work, hand, referral_id, **payload))


@routes.post("/acceptance")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def accept_referral(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Take the referral on. What may be seen now is at the referral's own address."""
    hand = hand_of_partner(payload)
    return told_partner(answering.accept_referral(work, hand, referral_id, **payload))


@routes.post("/refusal")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(RefusalSchema)
@routes.response(200, ReceivedShape)
def decline_referral(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Say no, with a reason, and name another institution if you can."""
    hand = hand_of_partner(payload)
    return told_partner(answering.decline_referral(work, hand, referral_id, **payload))


@routes.post("/stop-acknowledgement")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def acknowledge_stop(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Confirm that you stopped and put the data away."""
    hand = hand_of_partner(payload)
    return told_partner(answering.acknowledge_stop(work, hand, referral_id, **payload))


@routes.post("/contest")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def contest_answer(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Say that an answer recorded in your name is not right."""
    hand = hand_of_partner(payload)
    return told_partner(answering.contest_answer(work, hand, referral_id, **payload))
