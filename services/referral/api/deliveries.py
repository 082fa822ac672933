"""The partner reports while it helps: one address a move."""

from typing import Any
from uuid import UUID

from services.referral.actions import delivering
from services.referral.api.policies import RECEIVING_PARTNER
from services.referral.api.schemas import (
    AppointmentSchema,
    CompletionSchema,
    HoldSchema,
    MoveSchema,
    ProgressSchema,
    ReasonSchema,
)
from services.referral.api.shapes import ReceivedShape
from services.referral.api.speaking import hand_of_partner, told_partner
from services.referral.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.guard import needs
from shared.http.routes import Routes
from shared.http.transaction import changes

routes = Routes(
    "deliveries",
    __name__,
    url_prefix="/api/referral/v1/inbox/<uuid:referral_id>",
    description="What a partner reports while it helps.",
)


@routes.post("/waitlisting")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def put_on_waiting_list(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Accepted, and waiting for a place."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.put_on_waiting_list(work, hand, referral_id, **payload))


@routes.post("/appointment")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(AppointmentSchema)
@routes.response(200, ReceivedShape)
def make_appointment(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Set a time."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.make_appointment(work, hand, referral_id, **payload))


@routes.post("/no-show")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def record_no_show(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """The person did not come."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.record_no_show(work, hand, referral_id, **payload))


@routes.post("/appointment-cancellation")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def call_off_appointment(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Call the appointment off."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.call_off_appointment(work, hand, referral_id, **payload))


@routes.post("/progress")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(ProgressSchema)
@routes.response(200, ReceivedShape)
def report_progress(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Report what was done; sessions are counted in total."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.report_progress(work, hand, referral_id, **payload))


@routes.post("/hold")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(HoldSchema)
@routes.response(200, ReceivedShape)
def put_on_hold(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Wait for the person or a document."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.put_on_hold(work, hand, referral_id, **payload))


@routes.post("/resumption")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def resume_work(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Go on with the work."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.resume_work(work, hand, referral_id, **payload))


@routes.post("/cancellation-agreement")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def agree_to_cancel(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Agree to stop."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.agree_to_cancel(work, hand, referral_id, **payload))


@routes.post("/continuation")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def go_on(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Go on although the unit wished to cancel."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.go_on(work, hand, referral_id, **payload))


@routes.post("/completion")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(CompletionSchema)
@routes.response(200, ReceivedShape)
def complete_referral(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Report the result; the note is the summary, without identity."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.complete_referral(work, hand, referral_id, **payload))


@routes.post("/result")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(MoveSchema)
@routes.response(200, ReceivedShape)
def add_result(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Add a late document or result."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.add_result(work, hand, referral_id, **payload))


@routes.post("/failure")
@needs(Scope.REFERRAL_RESPOND, policy=RECEIVING_PARTNER, key="required")
@changes(begin)
@routes.arguments(ReasonSchema)
@routes.response(200, ReceivedShape)
def report_failure(work: Work, payload: dict[str, Any], referral_id: UUID) -> Any:
    """Report that the help could not be finished."""
    hand = hand_of_partner(payload)
    return told_partner(delivering.report_failure(work, hand, referral_id, **payload))
