"""What comes in: a referral to send, and what is said with each move."""

from typing import Any, Final

import marshmallow as ma

from services.referral.domain.moves import Move
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import (
    BusinessState,
    ContentField,
    Door,
    ReferralResult,
    ReferralStanding,
    Urgency,
)
from shared.contracts.vocabulary import AgeBand, DeclineReason, Service
from shared.http.schemas import Strict

_LONG: Final = 2000


def one_of(kind: type[Any], **named: Any) -> ma.fields.Enum[Any]:
    """Return a field for one code of an enumeration, by its value on the wire."""
    return ma.fields.Enum(kind, by_value=True, **named)


def text(longest: int = _LONG, **named: Any) -> ma.fields.String:
    """Return a field for text of limited length, never empty."""
    return ma.fields.String(validate=ma.validate.Length(min=1, max=longest), **named)


def count(**named: Any) -> ma.fields.Integer:
    """Return a field for a number of sessions."""
    limits = ma.validate.Range(min=0, max=1000)
    return ma.fields.Integer(strict=True, validate=limits, **named)


class OverrideSchema(Strict):
    """Sharing without consent, on a ground that the law gives."""

    basis = one_of(LegalBasis, required=True)
    reason = text(required=True)
    recorded_at = ma.fields.AwareDateTime(required=True)


class OrderSchema(Strict):
    """A referral to send (F12)."""

    case_id = ma.fields.UUID(required=True)
    institution_id = ma.fields.UUID(required=True)
    service = one_of(Service, required=True)
    urgency = one_of(Urgency, required=True)
    age_band = one_of(AgeBand, required=True)
    question = text(1000, required=True)
    accommodation = text(1000, allow_none=True)
    with_companion = ma.fields.Boolean(required=True)
    content = ma.fields.Dict(keys=one_of(ContentField), values=text(4000), load_default=dict)
    high_risk = ma.fields.Boolean(load_default=False)
    needed_by = ma.fields.AwareDateTime(allow_none=True)
    sessions_planned = count(allow_none=True)
    consent_id = ma.fields.UUID(allow_none=True)
    consent_sequence = ma.fields.Integer(
        strict=True, allow_none=True, validate=ma.validate.Range(min=1)
    )
    override = ma.fields.Nested(OverrideSchema, allow_none=True)
    plan_item_id = ma.fields.UUID(allow_none=True)
    plan_item_version = ma.fields.Integer(
        strict=True, allow_none=True, validate=ma.validate.Range(min=1)
    )
    counselled_at = ma.fields.AwareDateTime(allow_none=True)
    person_agreed = ma.fields.Boolean(load_default=False)
    emergency = ma.fields.Boolean(load_default=False)
    at_termination = ma.fields.Boolean(load_default=False)
    previous_referral_id = ma.fields.UUID(allow_none=True)


class MoveSchema(Strict):
    """A move with nothing but a note."""

    note = text(metadata={"description": "Free text; never a name or a NIK from a partner."})


class ReasonSchema(MoveSchema):
    """A move that needs a reason (CL19)."""

    reason = one_of(DeclineReason, required=True)


class RefusalSchema(ReasonSchema):
    """The partner says no, and may name another."""

    suggested_institution_id = ma.fields.UUID()


class AppointmentSchema(MoveSchema):
    """A time."""

    appointment_at = ma.fields.AwareDateTime(required=True)


class ProgressSchema(MoveSchema):
    """What was done so far."""

    sessions_done = count()
    sessions_planned = count()
    next_appointment_at = ma.fields.AwareDateTime()


class HoldSchema(MoveSchema):
    """What is waited for."""

    waiting_for = one_of(BusinessState, required=True)


class CompletionSchema(MoveSchema):
    """The result; the note is the summary, without identity."""

    result = one_of(ReferralResult, required=True)
    sessions_done = count()


class RevisionSchema(MoveSchema):
    """Another dose."""

    sessions_planned = count()


class HandOverSchema(MoveSchema):
    """Which unit accepted the case, and when."""

    to_unit_id = ma.fields.UUID(required=True)
    accepted_at = ma.fields.AwareDateTime(required=True)


class PlanItemSchema(MoveSchema):
    """The plan item of an emergency referral."""

    plan_item_id = ma.fields.UUID(required=True)
    plan_item_version = ma.fields.Integer(
        strict=True, required=True, validate=ma.validate.Range(min=1)
    )


class RecordedAnswerSchema(MoveSchema):
    """A partner's answer by letter or telephone, written down by an officer."""

    move = one_of(Move, required=True)
    door = ma.fields.Enum(
        Door,
        by_value=True,
        required=True,
        validate=ma.validate.OneOf([Door.LETTER, Door.PHONE]),
    )
    evidence = text(500, required=True)
    answered_at = ma.fields.AwareDateTime()
    reason = one_of(DeclineReason)
    suggested_institution_id = ma.fields.UUID()
    appointment_at = ma.fields.AwareDateTime()
    next_appointment_at = ma.fields.AwareDateTime()
    sessions_done = count()
    sessions_planned = count()
    waiting_for = one_of(BusinessState)
    result = one_of(ReferralResult)


class SentQuery(Strict):
    """Which referrals of the unit are wanted."""

    case_id = ma.fields.UUID()
    standing = one_of(ReferralStanding)
    since = ma.fields.AwareDateTime()
    stop_outstanding = ma.fields.Boolean(
        load_default=False,
        metadata={"description": "Only those whose partner has not said that it stopped."},
    )
    plan_item_missing = ma.fields.Boolean(
        load_default=False,
        metadata={"description": "Only emergencies that still lack their plan item."},
    )
    limit = ma.fields.Integer()
    cursor = ma.fields.String()


class InboxQuery(Strict):
    """Which referrals of the partner are wanted."""

    since = ma.fields.AwareDateTime()
    limit = ma.fields.Integer()
    cursor = ma.fields.String()


class FeedQuery(Strict):
    """From which position the feed is read."""

    after = ma.fields.Integer(load_default=0, validate=ma.validate.Range(min=0))
    limit = ma.fields.Integer()
