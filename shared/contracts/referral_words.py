"""The words of a referral that several services share: where it stands, and how it moves."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.contracts.protection import FieldClass


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
