"""The tables of intake. Every column says which class of personal data it holds."""

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Uuid
from sqlalchemy.types import TypeEngine

from services.intake.domain.consent import ConsentStanding
from services.intake.domain.need import NotReferredReason
from services.intake.domain.plan import Mode, PersonDecision, PlanStanding
from services.intake.domain.report import ReportEnding, ReportStanding
from services.intake.domain.sheet import HELD
from shared.contracts.intake import CounsellingDecision, LoopRule, ScreeningDecision
from shared.contracts.protection import FieldClass, LegalBasis
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
from shared.storage.columns import CONVENTION, IN_CLEAR, column
from shared.storage.kit import kit_tables
from shared.storage.types import (
    Code,
    CodeSet,
    EncryptedJson,
    EncryptedText,
    Json,
    UtcDateTime,
)

metadata = MetaData(naming_convention=CONVENTION)
kit = kit_tables(metadata)

Kind = TypeEngine[Any] | type[TypeEngine[Any]]


def _maybe(name: str, kind: Kind, field_class: FieldClass = FieldClass.NONE) -> Column[Any]:
    return column(name, kind, field_class, nullable=True)


def _row(*, versioned: bool = True) -> list[Column[Any]]:
    keys = [column("id", Uuid, primary_key=True), column("unit_id", Uuid)]
    return [*keys, column("version", Integer)] if versioned else keys


def _of_case(*, versioned: bool = True) -> list[Column[Any]]:
    return [*_row(versioned=versioned), column("case_id", Uuid, index=True)]


guests = Table(
    "guests",
    metadata,
    *_row(),
    column("visitor_alias", EncryptedText, FieldClass.REPORTER),
    _maybe("origin", EncryptedText, FieldClass.REPORTER),
    column("purpose", String(20)),
    column("channel", Code(Channel)),
    column("arrived_at", UtcDateTime),
    column("received_by", Uuid),
    _maybe("report_id", Uuid),
    Index("ix_guests_unit_arrived", "unit_id", "arrived_at"),
)

drafts = Table(
    "drafts",
    metadata,
    *_row(),
    column("author_id", Uuid, index=True),
    _maybe("guest_id", Uuid),
    column("question", String(120)),
    column("answers", EncryptedJson, FieldClass.NARRATIVE),
    column("begun_at", UtcDateTime),
    column("saved_at", UtcDateTime),
)

reports = Table(
    "reports",
    metadata,
    *_row(),
    column("code", String(20), unique=True),
    column("channel", Code(Channel)),
    column("reporter_type", Code(ReporterType)),
    column("class_reported", Code(CaseClass)),
    column("reported_at", UtcDateTime),
    column("received_at", UtcDateTime),
    column("received_by", Uuid),
    column("sexual", Boolean),
    column("needs_outreach", Boolean),
    column("persons", Integer),
    column("standing", Code(ReportStanding)),
    _maybe("risk", Code(RiskLevel), FieldClass.RISK),
    _maybe("screened_at", UtcDateTime),
    _maybe("responded_at", UtcDateTime),
    _maybe("ending", Code(ReportEnding)),
    _maybe("guest_id", Uuid),
    Index("ix_reports_unit_received", "unit_id", "received_at"),
)

sheets = Table(
    "sheets",
    metadata,
    *_row(versioned=False),
    column("owner_id", Uuid, index=True),
    column("form", String(20)),
    column("form_version", Integer),
    column("block", String(40)),
    column("position", Integer),
    _maybe("stage", Code(Stage)),
    column("loop_no", Integer),
    column("author_id", Uuid),
    column("author_role", String(40)),
    column("recorded_at", UtcDateTime),
    column("language", String(10)),
    _maybe("supersedes_id", Uuid),
    *(
        _maybe(held, Json if kind in IN_CLEAR else EncryptedJson, kind)
        for kind, held in HELD.items()
    ),
)

cases = Table(
    "cases",
    metadata,
    *_row(),
    column("code", String(20), unique=True),
    column("number", EncryptedText, FieldClass.IDENTITY),
    column("report_id", Uuid),
    column("person_position", Integer),
    column("stage", Code(Stage)),
    column("status", Code(CaseStatus)),
    column("episode", Integer),
    column("loop_no", Integer),
    column("class_reported", Code(CaseClass)),
    column("opened_at", UtcDateTime),
    column("opened_by", Uuid),
    column("moved_at", UtcDateTime),
    column("safety_screened", Boolean),
    _maybe("manager_id", Uuid),
    _maybe("companion_id", Uuid),
    _maybe("primary_class", Code(CaseClass)),
    _maybe("risk", Code(RiskLevel), FieldClass.RISK),
    _maybe("authority", Code(Authority)),
    _maybe("screening", Code(ScreeningDecision)),
    column("tpks", Boolean),
    column("duty_settled", Boolean),
    _maybe("counselling", Code(CounsellingDecision)),
    _maybe("counselled_at", UtcDateTime),
    _maybe("reassessment_id", Uuid),
    _maybe("proposed_risk", Code(RiskLevel), FieldClass.RISK),
    _maybe("proposed_risk_by", Uuid),
    _maybe("closing_reason", Code(TerminationReason)),
    _maybe("closing_proposed_by", Uuid),
    _maybe("closed_reason", Code(TerminationReason)),
    _maybe("closed_at", UtcDateTime),
    Index("uq_cases_person", "report_id", "person_position", unique=True),
    Index("ix_cases_unit_moved", "unit_id", "moved_at"),
    Index("ix_cases_manager", "manager_id"),
)

case_numbers = Table(
    "case_numbers",
    metadata,
    column("unit_id", Uuid, primary_key=True),
    column("year", Integer, primary_key=True, autoincrement=False),
    column("last", Integer),
)

stage_moves = Table(
    "stage_moves",
    metadata,
    *_of_case(versioned=False),
    column("from_stage", Code(Stage)),
    column("to_stage", Code(Stage)),
    _maybe("rule", Code(LoopRule)),
    column("loop_no", Integer),
    column("episode", Integer),
    column("happened_at", UtcDateTime),
    _maybe("moved_by", Uuid),
)

consents = Table(
    "consents",
    metadata,
    *_of_case(),
    column("scope", Code(ConsentScope)),
    column("standing", Code(ConsentStanding)),
    _maybe("institution_id", Uuid),
    _maybe("service", Code(Service)),
    column("field_classes", CodeSet(FieldClass)),
    column("basis", Code(LegalBasis)),
    column("giver", String(40)),
    _maybe("valid_until", UtcDateTime),
    column("decided_at", UtcDateTime),
    column("recorded_by", Uuid),
    _maybe("sheet_id", Uuid),
    _maybe("approved_by", Uuid),
    _maybe("withdrawn_at", UtcDateTime),
)

needs = Table(
    "needs",
    metadata,
    *_of_case(),
    column("domain", Code(NeedDomain)),
    column("urgency", Integer),
    column("agrees", Boolean),
    column("source", String(20)),
    column("need", EncryptedText, FieldClass.NARRATIVE),
    column("loop_no", Integer),
    column("recorded_at", UtcDateTime),
    column("recorded_by", Uuid),
    _maybe("not_referred", Code(NotReferredReason)),
)

plans = Table(
    "plans",
    metadata,
    *_of_case(),
    column("plan_version", Integer),
    column("standing", Code(PlanStanding)),
    _maybe("agreed_at", UtcDateTime),
    _maybe("agreed_by", Uuid),
    _maybe("agreed_items", Json),
)

plan_items = Table(
    "plan_items",
    metadata,
    *_of_case(),
    column("need_id", Uuid),
    column("service", Code(Service)),
    column("mode", Code(Mode)),
    column("escort", Boolean),
    column("goal", EncryptedText, FieldClass.NARRATIVE),
    _maybe("planned_sessions", Integer),
    _maybe("decision", Code(PersonDecision)),
    _maybe("reason", EncryptedText, FieldClass.NARRATIVE),
    column("unavailable", Boolean),
)

reassessments = Table(
    "reassessments",
    metadata,
    *_of_case(),
    column("rule", Code(LoopRule)),
    column("opened_at", UtcDateTime),
    _maybe("referral_id", Uuid),
    _maybe("service", Code(Service)),
    _maybe("cause_judged", Code(InadequacyCause)),
    _maybe("record_id", Uuid),
    _maybe("cause", Code(InadequacyCause)),
    _maybe("answered_at", UtcDateTime),
    _maybe("answered_by", Uuid),
)

partner_help = Table(
    "partner_help",
    metadata,
    *_of_case(),
    column("institution_id", Uuid),
    column("service", Code(Service)),
    column("standing", Code(ReferralStanding)),
    _maybe("business_state", Code(BusinessState)),
    column("move_no", Integer),
    _maybe("plan_item_id", Uuid),
    _maybe("previous_referral_id", Uuid),
    column("at_termination", Boolean),
    column("emergency", Boolean),
    column("sent_at", UtcDateTime),
    column("happened_at", UtcDateTime),
    _maybe("respond_by", UtcDateTime),
    _maybe("serve_by", UtcDateTime),
    _maybe("appointment_at", UtcDateTime),
    column("sessions_done", Integer),
    _maybe("sessions_planned", Integer),
    _maybe("reason", Code(DeclineReason)),
    _maybe("replaced_by", Uuid),
)

missed_deadlines = Table(
    "missed_deadlines",
    metadata,
    *_row(versioned=False),
    _maybe("case_id", Uuid),
    _maybe("report_id", Uuid),
    _maybe("referral_id", Uuid),
    column("rule", String(10)),
    column("due_at", UtcDateTime),
)
