"""The tables of referral. What is shared of a person is sealed, one column a class of data."""

from typing import Final

from sqlalchemy import Boolean, Index, Integer, MetaData, String, Table, UniqueConstraint, Uuid

from services.referral.domain.consent import ConsentStanding
from services.referral.domain.institution import InstitutionStanding, Reached
from services.referral.domain.moves import Move, Party, Verified
from shared.contracts.protection import FieldClass, LegalBasis
from shared.contracts.referral_words import (
    BusinessState,
    ContentField,
    Door,
    ReferralResult,
    ReferralStanding,
    Urgency,
)
from shared.contracts.vocabulary import (
    AgeBand,
    ConsentScope,
    DeclineReason,
    InstitutionKind,
    Service,
)
from shared.storage.columns import CONVENTION, column
from shared.storage.kit import kit_tables
from shared.storage.types import Code, CodeSet, EncryptedJson, EncryptedText, Json, UtcDateTime

metadata: Final = MetaData(naming_convention=CONVENTION)
kit: Final = kit_tables(metadata)

institutions: Final = Table(
    "institutions",
    metadata,
    column("id", Uuid, primary_key=True),
    column("kind", Code(InstitutionKind)),
    column("name", String(120), nullable=True),
    column("services", CodeSet(Service)),
    column("contact", EncryptedText, FieldClass.CONTACT, nullable=True),
    column("hours", String(200), nullable=True),
    column("limits", Json),
    column("doors", CodeSet(Reached)),
    column("standing", Code(InstitutionStanding)),
    column("changed_at", UtcDateTime, nullable=True),
    column("version", Integer),
)

consents: Final = Table(
    "consents",
    metadata,
    column("id", Uuid, primary_key=True),
    column("case_id", Uuid, index=True),
    column("unit_id", Uuid),
    column("scope", Code(ConsentScope)),
    column("basis", Code(LegalBasis)),
    column("institution_id", Uuid, nullable=True),
    column("service", Code(Service), nullable=True),
    column("field_classes", CodeSet(FieldClass)),
    column("valid_until", UtcDateTime, nullable=True),
    column("standing", Code(ConsentStanding)),
    column("sequence", Integer),
    column("version", Integer),
)

cases: Final = Table(
    "cases",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid, index=True),
    column("opened_by", Uuid, nullable=True),
    column("manager_id", Uuid, nullable=True),
    column("companion_id", Uuid, nullable=True),
)

person_codes: Final = Table(
    "person_codes",
    metadata,
    column("case_id", Uuid, primary_key=True),
    column("institution_id", Uuid, primary_key=True),
    column("code", String(20), unique=True),
)

referrals: Final = Table(
    "referrals",
    metadata,
    column("id", Uuid, primary_key=True),
    column("code", String(20), unique=True),
    column("send_key", Uuid, nullable=True, unique=True),
    column("person_code", String(20)),
    column("case_id", Uuid, index=True),
    column("unit_id", Uuid),
    column("institution_id", Uuid),
    column("service", Code(Service)),
    column("urgency", Code(Urgency)),
    column("high_risk", Boolean, FieldClass.RISK),
    column("age_band", Code(AgeBand)),
    column("with_companion", Boolean),
    column("basis", Code(LegalBasis)),
    column("consent_id", Uuid, nullable=True, index=True),
    column("consent_sequence", Integer, nullable=True),
    column("override_until", UtcDateTime, nullable=True, index=True),
    column("plan_item_id", Uuid, nullable=True),
    column("plan_item_version", Integer, nullable=True),
    column("plan_item_due_at", UtcDateTime, nullable=True),
    column("emergency", Boolean),
    column("at_termination", Boolean),
    column("previous_referral_id", Uuid, nullable=True),
    column("sent_by", Uuid, nullable=True),
    column("standing", Code(ReferralStanding)),
    column("business_state", Code(BusinessState), nullable=True),
    column("before_hold", Code(BusinessState), nullable=True),
    column("before_asking", Code(BusinessState), nullable=True),
    column("move_no", Integer),
    column("version", Integer),
    column("requested_at", UtcDateTime, nullable=True),
    column("respond_by", UtcDateTime, nullable=True),
    column("serve_by", UtcDateTime, nullable=True),
    column("expires_at", UtcDateTime, nullable=True),
    column("resting_since", UtcDateTime, nullable=True),
    column("rested_seconds", Integer),
    column("first_seen_at", UtcDateTime, nullable=True),
    column("answered_at", UtcDateTime, nullable=True),
    column("first_service_at", UtcDateTime, nullable=True),
    column("appointment_at", UtcDateTime, nullable=True),
    column("partner_heard_at", UtcDateTime, nullable=True),
    column("ended_at", UtcDateTime, nullable=True),
    column("access_ended_at", UtcDateTime, nullable=True),
    column("reason", Code(DeclineReason), nullable=True),
    column("result", Code(ReferralResult), nullable=True),
    column("suggested_institution_id", Uuid, nullable=True),
    column("sessions_planned", Integer, nullable=True),
    column("sessions_done", Integer),
    column("stop_asked_at", UtcDateTime, nullable=True),
    column("stop_acknowledged_at", UtcDateTime, nullable=True),
    column("abandonment_asked_by", Uuid, nullable=True),
    column("retraction_asked_by", Uuid, nullable=True),
    column("recorded_answer_no", Integer, nullable=True),
    column("contested_no", Integer, nullable=True),
    column("changed_at", UtcDateTime),
)
Index(None, referrals.c.institution_id, referrals.c.changed_at, referrals.c.id)
Index(None, referrals.c.unit_id, referrals.c.changed_at, referrals.c.id)
Index(None, referrals.c.standing, referrals.c.expires_at)

contents: Final = Table(
    "contents",
    metadata,
    column("id", Uuid, primary_key=True),
    column("case_id", Uuid),
    column("salt", EncryptedText, FieldClass.INTERNAL_NOTES),
    column("question", EncryptedText, FieldClass.NARRATIVE),
    column("accommodation", EncryptedText, FieldClass.HEALTH, nullable=True),
    column("identity", EncryptedJson, FieldClass.IDENTITY, nullable=True),
    column("contact", EncryptedJson, FieldClass.CONTACT, nullable=True),
    column("narrative", EncryptedJson, FieldClass.NARRATIVE, nullable=True),
    column("health", EncryptedJson, FieldClass.HEALTH, nullable=True),
    column("risk", EncryptedJson, FieldClass.RISK, nullable=True),
    column("alleged_perpetrator", EncryptedJson, FieldClass.ALLEGED_PERPETRATOR, nullable=True),
    column("override_reason", EncryptedText, FieldClass.INTERNAL_NOTES, nullable=True),
)

disclosures: Final = Table(
    "disclosures",
    metadata,
    column("id", Uuid, primary_key=True),
    column("case_id", Uuid),
    column("institution_id", Uuid),
    column("kind", Code(InstitutionKind)),
    column("fields", CodeSet(ContentField)),
    column("digest", String(64)),
    column("frozen_at", UtcDateTime),
)

history: Final = Table(
    "history",
    metadata,
    column("id", Uuid, primary_key=True),
    column("referral_id", Uuid),
    column("case_id", Uuid),
    column("move_no", Integer),
    column("move", Code(Move)),
    column("party", Code(Party)),
    column("by", Uuid, nullable=True),
    column("door", Code(Door)),
    column("verified", Code(Verified)),
    column("happened_at", UtcDateTime),
    column("recorded_at", UtcDateTime),
    column("from_standing", Code(ReferralStanding)),
    column("from_state", Code(BusinessState), nullable=True),
    column("to_standing", Code(ReferralStanding)),
    column("to_state", Code(BusinessState), nullable=True),
    column("reason", Code(DeclineReason), nullable=True),
    column("result", Code(ReferralResult), nullable=True),
    column("appointment_at", UtcDateTime, nullable=True),
    column("sessions_done", Integer, nullable=True),
    column("sessions_planned", Integer, nullable=True),
    column("note", EncryptedText, FieldClass.NARRATIVE, nullable=True),
    column("evidence", EncryptedText, FieldClass.INTERNAL_NOTES, nullable=True),
    UniqueConstraint("referral_id", "move_no"),
)
