"""Events the referral service publishes: one for every move, told to both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts.event import Event, Publisher, event
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import DeclineReason, Service


class ReferralStanding(StrEnum):
    """Where a referral stands: the codes of FHIR R4 Task.status, verbatim (CL18)."""

    DRAFT = "draft"
    REQUESTED = "requested"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


class BusinessState(StrEnum):
    """What the standing does not say."""

    AWAITING_INFORMATION = "awaiting-information"
    WAITLISTED = "waitlisted"
    SCHEDULED = "scheduled"
    NO_SHOW = "no-show"
    APPOINTMENT_CANCELLED = "appointment-cancelled"
    UNDER_WAY = "under-way"
    WAITING_PERSON = "waiting-person"
    WAITING_DOCUMENT = "waiting-document"
    CANCEL_REQUESTED = "cancel-requested"
    EXPIRED = "expired"
    ABANDONED = "abandoned"
    LOOP_CLOSED = "loop-closed"


class Door(StrEnum):
    """Through which door a move came in."""

    API = "api"
    FHIR = "fhir"
    PORTAL = "portal"
    LETTER = "letter"
    PHONE = "phone"
    SYSTEM = "system"
    STAFF = "staff"


class Urgency(StrEnum):
    """How soon the partner must answer (F12)."""

    SEGERA = "SEGERA"
    H24 = "24JAM"
    D3 = "3HARI"
    RUTIN = "RUTIN"


class ReferralResult(StrEnum):
    """What became of the help that was asked for; more than "closed"."""

    GIVEN = "given"
    GIVEN_IN_PART = "given-in-part"
    ASSESSED_ONLY = "assessed-only"
    NOT_NEEDED_ANY_MORE = "not-needed-any-more"


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


class ContentField(StrEnum):
    """The named fields of what is shared with a partner on acceptance (domain.md 2.10, F12)."""

    FULL_NAME = "full_name"
    CALL_NAME = "call_name"
    SEX = "sex"
    AGE = "age"
    BIRTH_DATE = "birth_date"
    NIK = "nik"
    FAMILY = "family"
    GUARDIAN_STATUS = "guardian_status"
    SCHOOL_CLASS = "school_class"
    COMPANION_NAME = "companion_name"
    CONTACT_WAY = "contact_way"
    SAFETY_NOTES = "safety_notes"
    SUMMARY = "summary"
    SERVICES_GIVEN = "services_given"
    DEVELOPMENTS = "developments"
    CHRONOLOGY = "chronology"
    INCIDENT_TIME = "incident_time"
    INCIDENT_PLACE = "incident_place"
    INCIDENT_TYPE = "incident_type"
    EVIDENCE_LIST = "evidence_list"
    STATUTORY_CLOCK = "statutory_clock"
    LEGAL_STEPS = "legal_steps"
    DOCUMENTS = "documents"
    DOCUMENT_NEEDED = "document_needed"
    OFFENCE = "offence"
    ROUTE = "route"
    TPPO_BLOCK = "tppo_block"
    PROTECTION_NEED = "protection_need"
    CARE_SITUATION = "care_situation"
    SUPPORT_NEEDED = "support_needed"
    TASK = "task"
    COMPLAINTS = "complaints"
    PREGNANCY = "pregnancy"
    PRESENTING_PROBLEM = "presenting_problem"
    MEDICAL_MUST_KNOWS = "medical_must_knows"
    SPV_NUMBER = "spv_number"
    RISK_LEVEL = "risk_level"
    PERPETRATOR_IDENTITY = "perpetrator_identity"
    PERPETRATOR_RELATION = "perpetrator_relation"


#: The class of personal data that each field holds; consent is given by class.
CLASS_OF: Final[Mapping[ContentField, FieldClass]] = {
    ContentField.FULL_NAME: FieldClass.IDENTITY,
    ContentField.CALL_NAME: FieldClass.IDENTITY,
    ContentField.SEX: FieldClass.IDENTITY,
    ContentField.AGE: FieldClass.IDENTITY,
    ContentField.BIRTH_DATE: FieldClass.IDENTITY,
    ContentField.NIK: FieldClass.IDENTITY,
    ContentField.FAMILY: FieldClass.IDENTITY,
    ContentField.GUARDIAN_STATUS: FieldClass.IDENTITY,
    ContentField.SCHOOL_CLASS: FieldClass.IDENTITY,
    ContentField.COMPANION_NAME: FieldClass.CONTACT,
    ContentField.CONTACT_WAY: FieldClass.CONTACT,
    ContentField.SAFETY_NOTES: FieldClass.CONTACT,
    ContentField.SUMMARY: FieldClass.NARRATIVE,
    ContentField.SERVICES_GIVEN: FieldClass.NARRATIVE,
    ContentField.DEVELOPMENTS: FieldClass.NARRATIVE,
    ContentField.CHRONOLOGY: FieldClass.NARRATIVE,
    ContentField.INCIDENT_TIME: FieldClass.NARRATIVE,
    ContentField.INCIDENT_PLACE: FieldClass.NARRATIVE,
    ContentField.INCIDENT_TYPE: FieldClass.NARRATIVE,
    ContentField.EVIDENCE_LIST: FieldClass.NARRATIVE,
    ContentField.STATUTORY_CLOCK: FieldClass.NARRATIVE,
    ContentField.LEGAL_STEPS: FieldClass.NARRATIVE,
    ContentField.DOCUMENTS: FieldClass.NARRATIVE,
    ContentField.DOCUMENT_NEEDED: FieldClass.NARRATIVE,
    ContentField.OFFENCE: FieldClass.NARRATIVE,
    ContentField.ROUTE: FieldClass.NARRATIVE,
    ContentField.TPPO_BLOCK: FieldClass.NARRATIVE,
    ContentField.PROTECTION_NEED: FieldClass.NARRATIVE,
    ContentField.CARE_SITUATION: FieldClass.NARRATIVE,
    ContentField.SUPPORT_NEEDED: FieldClass.NARRATIVE,
    ContentField.TASK: FieldClass.NARRATIVE,
    ContentField.COMPLAINTS: FieldClass.HEALTH,
    ContentField.PREGNANCY: FieldClass.HEALTH,
    ContentField.PRESENTING_PROBLEM: FieldClass.HEALTH,
    ContentField.MEDICAL_MUST_KNOWS: FieldClass.HEALTH,
    ContentField.SPV_NUMBER: FieldClass.NARRATIVE,
    ContentField.RISK_LEVEL: FieldClass.RISK,
    ContentField.PERPETRATOR_IDENTITY: FieldClass.ALLEGED_PERPETRATOR,
    ContentField.PERPETRATOR_RELATION: FieldClass.ALLEGED_PERPETRATOR,
}
