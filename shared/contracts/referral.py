"""Events the referral service publishes: one for every move, told to both sides."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.event import Event, Publisher, event
from shared.contracts.referral_words import (
    BusinessState,
    Door,
    ReferralResult,
    ReferralStanding,
    Urgency,
)
from shared.contracts.vocabulary import DeclineReason, Service


@dataclass(frozen=True, kw_only=True)
class ReferralEvent(Event):
    """What every event of a referral tells."""

    referral_id: UUID
    case_id: UUID
    unit_id: UUID
    institution_id: UUID
    service: Service
    standing: ReferralStanding
    business_state: BusinessState | None
    door: Door
    move_no: int


@event("referral.sent", about="referral_id", by=Publisher.REFERRAL)
class ReferralSent(ReferralEvent):
    """A partner has been asked to help."""

    urgency: Urgency
    emergency: bool
    respond_by: datetime
    serve_by: datetime | None
    plan_item_id: UUID | None
    consent_id: UUID | None
    previous_referral_id: UUID | None
    at_termination: bool


@event("referral.seen", about="referral_id", by=Publisher.REFERRAL)
class ReferralSeen(ReferralEvent):
    """The partner opened the referral for the first time."""


@event("referral.received", about="referral_id", by=Publisher.REFERRAL)
class ReferralReceived(ReferralEvent):
    """The partner has taken the referral up to consider it."""


@event("referral.information_asked", about="referral_id", by=Publisher.REFERRAL)
class ReferralInformationAsked(ReferralEvent):
    """The partner asks first; the response clock rests."""


@event("referral.information_given", about="referral_id", by=Publisher.REFERRAL)
class ReferralInformationGiven(ReferralEvent):
    """The unit has answered; the response clock runs on."""

    respond_by: datetime | None


@event("referral.accepted", about="referral_id", by=Publisher.REFERRAL)
class ReferralAccepted(ReferralEvent):
    """The partner takes the referral on."""


@event("referral.declined", about="referral_id", by=Publisher.REFERRAL)
class ReferralDeclined(ReferralEvent):
    """The partner cannot help; the case manager must look elsewhere."""

    reason: DeclineReason
    suggested_institution_id: UUID | None


@event("referral.cancelled", about="referral_id", by=Publisher.REFERRAL)
class ReferralCancelled(ReferralEvent):
    """The unit has taken the referral back, or the partner agreed to its cancellation."""

    reason: DeclineReason


@event("referral.expired", about="referral_id", by=Publisher.REFERRAL)
class ReferralExpired(ReferralEvent):
    """Nobody answered in time."""


@event("referral.waitlisted", about="referral_id", by=Publisher.REFERRAL)
class ReferralWaitlisted(ReferralEvent):
    """Accepted, and waiting for a place."""


@event("referral.scheduled", about="referral_id", by=Publisher.REFERRAL)
class ReferralScheduled(ReferralEvent):
    """There is an appointment."""

    appointment_at: datetime


@event("referral.no_show_recorded", about="referral_id", by=Publisher.REFERRAL)
class ReferralNoShowRecorded(ReferralEvent):
    """The person did not come."""


@event("referral.appointment_cancelled", about="referral_id", by=Publisher.REFERRAL)
class ReferralAppointmentCancelled(ReferralEvent):
    """The appointment was called off."""


@event("referral.progress_reported", about="referral_id", by=Publisher.REFERRAL)
class ReferralProgressReported(ReferralEvent):
    """The partner reports what was done."""

    sessions_done: int
    sessions_planned: int | None


@event("referral.held", about="referral_id", by=Publisher.REFERRAL)
class ReferralHeld(ReferralEvent):
    """The partner waits for the person or a document."""


@event("referral.resumed", about="referral_id", by=Publisher.REFERRAL)
class ReferralResumed(ReferralEvent):
    """Work goes on."""


@event("referral.revised", about="referral_id", by=Publisher.REFERRAL)
class ReferralRevised(ReferralEvent):
    """The unit asks for another dose or frequency (rule R2)."""

    sessions_planned: int | None


@event("referral.cancellation_asked", about="referral_id", by=Publisher.REFERRAL)
class ReferralCancellationAsked(ReferralEvent):
    """Work has begun; the unit asks the partner to stop."""

    reason: DeclineReason


@event("referral.continued", about="referral_id", by=Publisher.REFERRAL)
class ReferralContinued(ReferralEvent):
    """The partner goes on in spite of the wish to cancel."""


@event("referral.completed", about="referral_id", by=Publisher.REFERRAL)
class ReferralCompleted(ReferralEvent):
    """The partner has delivered the help that was asked for."""

    result: ReferralResult
    sessions_done: int


@event("referral.result_added", about="referral_id", by=Publisher.REFERRAL)
class ReferralResultAdded(ReferralEvent):
    """A late document or result came in after completion."""


@event("referral.failed", about="referral_id", by=Publisher.REFERRAL)
class ReferralFailed(ReferralEvent):
    """The help was tried and could not be finished."""

    reason: DeclineReason


@event("referral.abandonment_asked", about="referral_id", by=Publisher.REFERRAL)
class ReferralAbandonmentAsked(ReferralEvent):
    """One person of the unit wants to give a silent partner up; a second must agree."""


@event("referral.abandoned", about="referral_id", by=Publisher.REFERRAL)
class ReferralAbandoned(ReferralEvent):
    """The partner fell silent; two people of the unit gave the referral up."""


@event("referral.consent_withdrawn", about="referral_id", by=Publisher.REFERRAL)
class ReferralConsentWithdrawn(ReferralEvent):
    """The consent behind the referral is gone; the partner must stop."""


@event("referral.stop_acknowledged", about="referral_id", by=Publisher.REFERRAL)
class ReferralStopAcknowledged(ReferralEvent):
    """The partner confirms that it stopped and put the data away."""


@event("referral.loop_closed", about="referral_id", by=Publisher.REFERRAL)
class ReferralLoopClosed(ReferralEvent):
    """The case manager has said what it means for the plan."""


@event("referral.retraction_asked", about="referral_id", by=Publisher.REFERRAL)
class ReferralRetractionAsked(ReferralEvent):
    """One person of the unit says it was sent in error; a second must agree."""


@event("referral.retracted", about="referral_id", by=Publisher.REFERRAL)
class ReferralRetracted(ReferralEvent):
    """It was entered in error; hidden from counts."""


@event("referral.handed_over", about="referral_id", by=Publisher.REFERRAL)
class ReferralHandedOver(ReferralEvent):
    """Another unit has taken the case and this referral over."""

    from_unit_id: UUID


@event("referral.plan_item_attached", about="referral_id", by=Publisher.REFERRAL)
class ReferralPlanItemAttached(ReferralEvent):
    """The plan item that an emergency referral lacked when it was sent."""

    plan_item_id: UUID


@event("referral.answer_contested", about="referral_id", by=Publisher.REFERRAL)
class ReferralAnswerContested(ReferralEvent):
    """The partner says that an answer recorded for it is not right."""
