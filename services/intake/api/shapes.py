"""What goes out of intake. No shape shows a field that its page does not need."""

import marshmallow as ma

from services.intake.api.schemas import coded
from services.intake.domain.consent import ConsentStanding
from services.intake.domain.need import NotReferredReason
from services.intake.domain.plan import Mode, PersonDecision, PlanStanding
from services.intake.domain.report import ReportEnding, ReportStanding
from shared.contracts.intake import CounsellingDecision, LoopRule, ScreeningDecision
from shared.contracts.protection import FieldClass, LegalBasis, UnitKind
from shared.contracts.referral_words import BusinessState, ReferralStanding
from shared.contracts.vocabulary import (
    Authority,
    CaseClass,
    CaseStatus,
    Channel,
    ConsentScope,
    DeclineReason,
    InadequacyCause,
    NeedDomain,
    ReporterType,
    RiskLevel,
    Service,
    Stage,
    TerminationReason,
)
from shared.http.schemas import Strict

_when = ma.fields.AwareDateTime
_id = ma.fields.UUID


class UnitShape(Strict):
    """A unit and its clock."""

    unit_id = _id()
    kind = coded(UnitKind)
    clock_offset_seconds = ma.fields.Integer()


class GuestShape(Strict):
    """A line of the guest book."""

    id = _id()
    visitor_alias = ma.fields.String()
    origin = ma.fields.String()
    purpose = ma.fields.String()
    channel = coded(Channel)
    arrived_at = _when()
    received_by = _id()
    report_id = _id()


class ReceiptShape(Strict):
    """What whoever filed a report gets: a number, and nothing about anybody."""

    id = _id()
    code = ma.fields.String()
    received_at = _when()
    risk = coded(RiskLevel)
    entered_late = ma.fields.Boolean()
    version = ma.fields.Integer()
    warnings = ma.fields.Dict(
        metadata={"description": "What looks odd, by field. It stops nothing."}
    )


class ReportShape(ReceiptShape):
    """A report as the unit keeps it."""

    channel = coded(Channel)
    reporter_type = coded(ReporterType)
    class_reported = coded(CaseClass)
    reported_at = _when()
    sexual = ma.fields.Boolean()
    needs_outreach = ma.fields.Boolean()
    persons = ma.fields.Integer()
    standing = coded(ReportStanding)
    screened_at = _when()
    responded_at = _when()
    ending = coded(ReportEnding)
    guest_id = _id()


class FullReportShape(ReportShape):
    """A report with everything that was told, and what the official form still wants."""

    answers = ma.fields.Dict()
    missing = ma.fields.List(ma.fields.String())


class CaseShape(Strict):
    """A case in a list: no name, no number."""

    id = _id()
    code = ma.fields.String()
    report_id = _id()
    stage = coded(Stage)
    status = coded(CaseStatus)
    episode = ma.fields.Integer()
    loop_no = ma.fields.Integer()
    class_reported = coded(CaseClass)
    primary_class = coded(CaseClass)
    risk = coded(RiskLevel)
    proposed_risk = coded(RiskLevel)
    authority = coded(Authority)
    screening = coded(ScreeningDecision)
    counselling = coded(CounsellingDecision)
    manager_id = _id()
    companion_id = _id()
    reassessment_id = _id()
    opened_at = _when()
    moved_at = _when()
    closing_reason = coded(TerminationReason)
    closed_reason = coded(TerminationReason)
    closed_at = _when()
    version = ma.fields.Integer()


class GuardShape(Strict):
    """Something that has to be done first."""

    name = ma.fields.String()
    id = ma.fields.String()
    en = ma.fields.String()


class FullCaseShape(CaseShape):
    """A case with its number, its person and what is lacking before it may go on."""

    number = ma.fields.String()
    person = ma.fields.Dict()
    lacks = ma.fields.List(ma.fields.Nested(GuardShape))
    blockers = ma.fields.List(ma.fields.Nested(GuardShape))


class MoveShape(Strict):
    """One step of a case."""

    from_stage = coded(Stage)
    to_stage = coded(Stage)
    rule = coded(LoopRule)
    loop_no = ma.fields.Integer()
    episode = ma.fields.Integer()
    happened_at = _when()
    moved_by = _id()


class ConsentShape(Strict):
    """A decision about sharing."""

    id = _id()
    case_id = _id()
    scope = coded(ConsentScope)
    standing = coded(ConsentStanding)
    institution_id = _id()
    service = coded(Service)
    field_classes = ma.fields.Function(lambda one: sorted(kind for kind in one.field_classes))
    basis = coded(LegalBasis)
    giver = ma.fields.String()
    valid_until = _when()
    decided_at = _when()
    recorded_by = _id()
    approved_by = _id()
    withdrawn_at = _when()
    sequence = ma.fields.Integer()
    version = ma.fields.Integer()


class NeedShape(Strict):
    """A need."""

    id = _id()
    domain = coded(NeedDomain)
    urgency = ma.fields.Integer()
    agrees = ma.fields.Boolean()
    source = ma.fields.String()
    need = ma.fields.String()
    loop_no = ma.fields.Integer()
    recorded_at = _when()
    not_referred = coded(NotReferredReason)
    version = ma.fields.Integer()


class PlanItemShape(Strict):
    """One service of the plan."""

    id = _id()
    need_id = _id()
    service = coded(Service)
    mode = coded(Mode)
    escort = ma.fields.Boolean()
    goal = ma.fields.String()
    planned_sessions = ma.fields.Integer()
    decision = coded(PersonDecision)
    reason = ma.fields.String()
    unavailable = ma.fields.Boolean()
    referable = ma.fields.Boolean()
    version = ma.fields.Integer()


class PlanShape(Strict):
    """A version of the plan, as it was agreed."""

    id = _id()
    plan_version = ma.fields.Integer()
    standing = coded(PlanStanding)
    agreed_at = _when()
    agreed_by = _id()
    agreed_items = ma.fields.List(ma.fields.Dict())


class WholePlanShape(Strict):
    """All versions of the plan, and its items as they are now."""

    versions = ma.fields.List(ma.fields.Nested(PlanShape))
    items = ma.fields.List(ma.fields.Nested(PlanItemShape))


class ReassessmentShape(Strict):
    """A short reassessment."""

    id = _id()
    rule = coded(LoopRule)
    opened_at = _when()
    referral_id = _id()
    service = coded(Service)
    cause_judged = coded(InadequacyCause)
    cause = coded(InadequacyCause)
    answered_at = _when()


class PartnerHelpShape(Strict):
    """A referral of the case, as far as its events tell."""

    id = _id()
    institution_id = _id()
    service = coded(Service)
    standing = coded(ReferralStanding)
    business_state = coded(BusinessState)
    plan_item_id = _id()
    previous_referral_id = _id()
    replaced_by = _id()
    sent_at = _when()
    respond_by = _when()
    serve_by = _when()
    appointment_at = _when()
    sessions_done = ma.fields.Integer()
    sessions_planned = ma.fields.Integer()
    reason = coded(DeclineReason)
    at_termination = ma.fields.Boolean()
    needs_another_partner = ma.fields.Boolean()
    happened_at = _when()


class PreviewShape(Strict):
    """What a partner would see: every field on offer, with the text intake can fill in."""

    consent_id = _id()
    field_classes = ma.fields.List(coded(FieldClass))
    fields_ = ma.fields.Dict(data_key="fields")


class OrderShape(Strict):
    """A referral that is ready to be posted to the referral service."""

    body = ma.fields.Dict()
    key = ma.fields.String()
