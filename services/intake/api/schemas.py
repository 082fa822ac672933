"""What callers send: the forms, and the few bodies that are not a form."""

from typing import Any

import marshmallow as ma

from services.intake.api.forms import block_schema, page_schema
from services.intake.domain.forms.casework import (
    COUNSELLING,
    NEED,
    PLAN_DECISION,
    PLAN_ITEM,
    SCREENING,
)
from services.intake.domain.forms.consent import CONSENT
from services.intake.domain.forms.duty import DUTY
from services.intake.domain.forms.guest import GUEST
from services.intake.domain.forms.looping import CLOSURE, REASSESSMENT, REOPENING
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.safety import SAFETY
from services.intake.domain.need import NotReferredReason
from services.intake.domain.report import ReportEnding
from shared.contracts.protection import UnitKind
from shared.contracts.referral_words import ContentField, Urgency
from shared.contracts.vocabulary import RiskLevel
from shared.http.schemas import Strict

GuestSchema = page_schema(GUEST, "GuestSchema")
SafetySchema = page_schema(SAFETY, "SafetySchema")
ConsentSchema = page_schema(CONSENT, "ConsentSchema")
ScreeningSchema = page_schema(SCREENING, "ScreeningSchema")
NeedSchema = page_schema(NEED, "NeedSchema")
PlanItemSchema = page_schema(PLAN_ITEM, "PlanItemSchema")
PlanDecisionSchema = page_schema(PLAN_DECISION, "PlanDecisionSchema")
CounsellingSchema = page_schema(COUNSELLING, "CounsellingSchema")
ReassessmentSchema = page_schema(REASSESSMENT, "ReassessmentSchema")
DutySchema = page_schema(DUTY, "DutySchema")
ClosureSchema = page_schema(CLOSURE, "ClosureSchema")
ReopeningSchema = page_schema(REOPENING, "ReopeningSchema")


def coded(kind: type[Any], **named: Any) -> ma.fields.Enum[Any]:
    """Return a field for one code of an enumeration, by its value on the wire."""
    return ma.fields.Enum(kind, by_value=True, **named)


def _blocks() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for block in REPORT.blocks:
        name = f"Report{block.name.title().replace('_', '')}Schema"
        nested = ma.fields.Nested(block_schema(block, name))
        made[block.name] = ma.fields.List(nested) if block.repeats else nested
    for name in ("reporter", "persons", "incident"):
        made[name].required = True
    return made


class _ReportBody(Strict):
    safety = ma.fields.Nested(SafetySchema, allow_none=True)
    guest_id = ma.fields.UUID(allow_none=True)


ReportSchema = type(
    "ReportSchema",
    (_ReportBody,),
    _blocks() | {"__doc__": "F2, blocks A to F; F4 and the guest book line when there are any."},
)


class UnitSchema(Strict):
    """A unit to open."""

    unit_id = ma.fields.UUID(required=True)
    kind = coded(UnitKind, required=True)


class ClockSchema(Strict):
    """How far the clock of a training unit is moved."""

    offset_seconds = ma.fields.Integer(
        strict=True, required=True, validate=ma.validate.Range(-3_200_000_000, 3_200_000_000)
    )


class EndingSchema(Strict):
    """Why a report ends without a case."""

    ending = coded(ReportEnding, required=True)


class OpenCaseSchema(Strict):
    """Which person of which report becomes a case."""

    report_id = ma.fields.UUID(required=True)
    person = ma.fields.Integer(strict=True, load_default=0, validate=ma.validate.Range(0, 50))


class AssignmentSchema(Strict):
    """Who answers for the case."""

    manager_id = ma.fields.UUID(required=True)


class CompanionSchema(Strict):
    """Who walks with the person; null for nobody."""

    companion_id = ma.fields.UUID(required=True, allow_none=True)


class RiskSchema(Strict):
    """A judgement of the risk."""

    risk = coded(RiskLevel, required=True)


class LeaveNeedSchema(Strict):
    """Why a need has no plan item (CL39)."""

    reason = coded(NotReferredReason, required=True)


class PreviewSchema(Strict):
    """To whom a plan item might be referred; ``template`` is what the directory says of it."""

    institution_id = ma.fields.UUID(required=True)
    template = ma.fields.List(coded(ContentField), required=True)


class OrderSchema(PreviewSchema):
    """What is chosen for a referral; ``content`` is what the case manager rewrote."""

    urgency = coded(Urgency, required=True)
    question = ma.fields.String(required=True, validate=ma.validate.Length(min=1, max=1000))
    content = ma.fields.Dict(keys=coded(ContentField), values=ma.fields.String(), load_default=dict)
    accommodation = ma.fields.String(load_default="", validate=ma.validate.Length(max=1000))
    emergency = ma.fields.Boolean(load_default=False)
    at_termination = ma.fields.Boolean(load_default=False)


class PageQuery(Strict):
    """Which page of a list."""

    limit = ma.fields.String()
    cursor = ma.fields.String()


class CaseQuery(PageQuery):
    """Which cases: those of one stage, or all."""

    stage = ma.fields.String()


class Nothing(Strict):
    """An empty body."""
