"""What goes out: a referral for its unit, for its partner, its history, the feed, the directory."""

from typing import Any

import marshmallow as ma

from services.referral.api.schemas import one_of
from services.referral.domain.disclosure import TEMPLATES, Sight
from services.referral.domain.institution import Institution, InstitutionStanding, Reached
from services.referral.domain.moves import Move, Party, Verified
from services.referral.queries.inbox import Received
from services.referral.queries.sent import Sent
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import (
    BusinessState,
    ContentField,
    Door,
    ReferralResult,
    ReferralStanding,
    Urgency,
)
from shared.contracts.vocabulary import AgeBand, DeclineReason, InstitutionKind, Service
from shared.http.schemas import Strict


class ReferralShape(Strict):
    """What both sides see of a referral."""

    id = ma.fields.UUID()
    code = ma.fields.String(metadata={"description": "For paper and telephone."})
    unit_id = ma.fields.UUID()
    service = one_of(Service)
    urgency = one_of(Urgency)
    emergency = ma.fields.Boolean()
    with_companion = ma.fields.Boolean()
    standing = one_of(ReferralStanding)
    business_state = one_of(BusinessState)
    requested_at = ma.fields.AwareDateTime()
    respond_by = ma.fields.AwareDateTime()
    serve_by = ma.fields.AwareDateTime()
    resting_since = ma.fields.AwareDateTime()
    first_seen_at = ma.fields.AwareDateTime()
    answered_at = ma.fields.AwareDateTime()
    first_service_at = ma.fields.AwareDateTime()
    appointment_at = ma.fields.AwareDateTime()
    ended_at = ma.fields.AwareDateTime()
    reason = one_of(DeclineReason)
    result = one_of(ReferralResult)
    suggested_institution_id = ma.fields.UUID()
    sessions_planned = ma.fields.Integer()
    sessions_done = ma.fields.Integer()
    stop_outstanding = ma.fields.Boolean()
    stop_acknowledged_at = ma.fields.AwareDateTime()
    changed_at = ma.fields.AwareDateTime()
    move_no = ma.fields.Integer()
    version = ma.fields.Integer()


class DisclosureShape(Strict):
    """Proof of what was shown to the partner on acceptance."""

    kind = one_of(InstitutionKind)
    fields_ = ma.fields.Function(
        lambda one: sorted(field.value for field in one.fields), data_key="fields"
    )
    digest = ma.fields.String()
    frozen_at = ma.fields.AwareDateTime()


class SentShape(ReferralShape):
    """A referral for the unit that sent it."""

    person_code = ma.fields.String()
    case_id = ma.fields.UUID()
    institution_id = ma.fields.UUID()
    age_band = one_of(AgeBand)
    basis = one_of(LegalBasis)
    consent_id = ma.fields.UUID()
    plan_item_id = ma.fields.UUID()
    plan_item_version = ma.fields.Integer()
    plan_item_due_at = ma.fields.AwareDateTime()
    at_termination = ma.fields.Boolean()
    previous_referral_id = ma.fields.UUID()
    expires_at = ma.fields.AwareDateTime()
    sent_by = ma.fields.UUID()
    abandonment_asked_by = ma.fields.UUID()
    retraction_asked_by = ma.fields.UUID()
    recorded_answer_no = ma.fields.Integer()
    contested_no = ma.fields.Integer()
    disclosure = ma.fields.Nested(DisclosureShape)
    moves = ma.fields.List(one_of(Move))

    @ma.pre_dump
    def spread(self, one: Sent, **_: Any) -> dict[str, Any]:
        """Lay the referral and what belongs to it side by side."""
        named = _values(self, one.referral)
        return named | {"disclosure": one.disclosure, "moves": one.moves}


class ReceivedShape(ReferralShape):
    """A referral for the partner it was sent to. Content is there only while it may be seen."""

    person_code = ma.fields.String()
    age_band = one_of(AgeBand)
    question = ma.fields.String()
    accommodation = ma.fields.String()
    sight = one_of(Sight)
    content = ma.fields.Dict(keys=one_of(ContentField), values=ma.fields.String())
    moves = ma.fields.List(one_of(Move))

    @ma.pre_dump
    def spread(self, one: Received, **_: Any) -> dict[str, Any]:
        """Lay the referral and what may be seen of it side by side."""
        hidden = {} if one.open else {"person_code": None, "age_band": None}
        return _values(self, one.referral) | {
            "question": one.question,
            "accommodation": one.accommodation,
            "sight": one.sight,
            "content": one.content,
            "moves": one.moves,
            **hidden,
        }


class EntryShape(Strict):
    """One move that was made."""

    move_no = ma.fields.Integer()
    move = one_of(Move)
    party = one_of(Party)
    by = ma.fields.UUID()
    door = one_of(Door)
    verified = one_of(Verified)
    happened_at = ma.fields.AwareDateTime()
    recorded_at = ma.fields.AwareDateTime()
    from_standing = one_of(ReferralStanding)
    from_state = one_of(BusinessState)
    to_standing = one_of(ReferralStanding)
    to_state = one_of(BusinessState)
    reason = one_of(DeclineReason)
    result = one_of(ReferralResult)
    appointment_at = ma.fields.AwareDateTime()
    sessions_done = ma.fields.Integer()
    sessions_planned = ma.fields.Integer()
    note = ma.fields.String()
    evidence = ma.fields.String()


class ToldShape(Strict):
    """One event of the feed; ask for the referral to learn more."""

    id = ma.fields.UUID()
    type = ma.fields.String()
    referral_id = ma.fields.UUID()
    time = ma.fields.AwareDateTime()
    sequence = ma.fields.Integer()
    position = ma.fields.Integer()


class InstitutionShape(Strict):
    """One entry of the directory, with the fields that may be shared with it."""

    id = ma.fields.UUID()
    kind = one_of(InstitutionKind)
    name = ma.fields.String()
    services = ma.fields.Function(lambda one: sorted(code.value for code in one.services))
    contact = ma.fields.String()
    hours = ma.fields.String()
    limits = ma.fields.Dict()
    doors = ma.fields.Function(lambda one: sorted(door.value for door in one.doors))
    standing = one_of(InstitutionStanding)
    template = ma.fields.Function(
        lambda one: template_of(one),
        metadata={"description": "Fields that this kind of institution may be shown."},
    )
    changed_at = ma.fields.AwareDateTime()
    version = ma.fields.Integer()


def template_of(institution: Institution) -> list[str]:
    """Return the names of the fields that may be shared with this kind of institution."""
    return sorted(field.value for field in TEMPLATES[institution.kind])


class HoursSchema(Strict):
    """What an institution agreed to for one service, in hours."""

    accept = ma.fields.Integer(strict=True, allow_none=True, validate=ma.validate.Range(1, 2000))
    serve = ma.fields.Integer(strict=True, allow_none=True, validate=ma.validate.Range(1, 9000))


class InstitutionSchema(Strict):
    """An entry of the directory to write."""

    kind = one_of(InstitutionKind)
    name = ma.fields.String(required=True, validate=ma.validate.Length(min=1, max=120))
    services = ma.fields.List(one_of(Service), required=True, validate=ma.validate.Length(min=1))
    contact = ma.fields.String(allow_none=True, validate=ma.validate.Length(max=500))
    hours = ma.fields.String(allow_none=True, validate=ma.validate.Length(max=200))
    limits = ma.fields.Dict(keys=one_of(Service), values=ma.fields.Nested(HoursSchema))
    doors = ma.fields.List(one_of(Reached), required=True, validate=ma.validate.Length(min=1))

    @ma.post_load
    def gather(self, entry: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Turn lists into sets and services into their codes."""
        entry["services"] = frozenset(entry["services"])
        entry["doors"] = frozenset(entry["doors"])
        if "limits" in entry:
            entry["limits"] = {service.value: row for service, row in entry["limits"].items()}
        return entry


class NewInstitutionSchema(InstitutionSchema):
    """A new entry, under the id that auth gave the institution."""

    id = ma.fields.UUID(required=True)
    kind = one_of(InstitutionKind, required=True)


class PageShape(Strict):
    """One page of a list; ``next`` is the cursor of the following one."""

    next = ma.fields.String()


class SentPage(PageShape):
    """Referrals of the unit."""

    items = ma.fields.List(ma.fields.Nested(SentShape))


class InboxPage(PageShape):
    """Referrals to the partner, without content."""

    items = ma.fields.List(ma.fields.Nested(ReceivedShape))


class FeedPage(Strict):
    """Events of the partner's referrals; ``after`` is where to go on reading."""

    items = ma.fields.List(ma.fields.Nested(ToldShape))
    after = ma.fields.Integer()


def _values(schema: ma.Schema, referral: Any) -> dict[str, Any]:
    return {name: getattr(referral, name) for name in schema.fields if hasattr(referral, name)}
