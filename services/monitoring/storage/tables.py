"""The tables of monitoring. Cases and referrals are copies in codes, made from events."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from services.monitoring.domain import deadlines as deadline
from services.monitoring.domain import records as record
from services.monitoring.domain import tasks as task
from services.monitoring.domain.calendars import Calendar
from services.monitoring.domain.holidays import HolidaySource
from services.monitoring.domain.rules import AppliesIf
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.protection import FieldClass
from shared.contracts.referral_words import BusinessState, Door, ReferralStanding, Urgency
from shared.contracts.roles import Role
from shared.contracts.vocabulary import (
    Adequacy,
    CaseClass,
    InadequacyCause,
    RiskLevel,
    Service,
    Stage,
)
from shared.storage.columns import CONVENTION, column
from shared.storage.kit import kit_tables
from shared.storage.types import Code, EncryptedText, Json, UtcDateTime

metadata: Final = MetaData(naming_convention=CONVENTION)
kit: Final = kit_tables(metadata)

cases: Final = Table(
    "cases",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid, index=True),
    column("report_id", Uuid, nullable=True, index=True),
    column("opened_by", Uuid, nullable=True),
    column("manager_id", Uuid, nullable=True),
    column("companion_id", Uuid, nullable=True),
    column("stage", Code(Stage), nullable=True),
    column("risk", Code(RiskLevel), FieldClass.RISK, nullable=True),
    column("primary_class", Code(CaseClass), FieldClass.RISK, nullable=True),
    column("opened_at", UtcDateTime, nullable=True),
    column("watched_from", UtcDateTime, nullable=True),
    column("closed_at", UtcDateTime, nullable=True),
    column("version", Integer),
)

referrals: Final = Table(
    "referrals",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid, index=True),
    column("case_id", Uuid, index=True),
    column("institution_id", Uuid),
    column("service", Code(Service), FieldClass.RISK),
    column("standing", Code(ReferralStanding)),
    column("business_state", Code(BusinessState), nullable=True),
    column("urgency", Code(Urgency), nullable=True),
    column("sent_at", UtcDateTime, nullable=True),
    column("moved_at", UtcDateTime),
    column("version", Integer),
)

lines: Final = Table(
    "lines",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid),
    column("report_id", Uuid, nullable=True, index=True),
    column("case_id", Uuid, nullable=True),
    column("referral_id", Uuid, nullable=True),
    column("institution_id", Uuid, nullable=True),
    column("service", Code(Service), FieldClass.RISK, nullable=True),
    column("kind", String(80)),
    column("happened_at", UtcDateTime),
    column("recorded_at", UtcDateTime),
    column("door", Code(Door), nullable=True),
    column("details", Json, FieldClass.RISK),
    Index("ix_lines_case", "case_id", "happened_at", "id"),
)

deadlines: Final = Table(
    "deadlines",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid),
    column("report_id", Uuid, nullable=True, index=True),
    column("case_id", Uuid, nullable=True, index=True),
    column("referral_id", Uuid, nullable=True, index=True),
    column("rule", Code(DeadlineRule)),
    column("applies_if", Code(AppliesIf), FieldClass.RISK),
    column("calendar", Code(Calendar)),
    column("owner_role", Code(Role)),
    column("escalate_to", Code(Role)),
    column("began_at", UtcDateTime),
    column("due_at", UtcDateTime),
    column("counted_seconds", Integer),
    column("standing", Code(deadline.Standing)),
    column("alerted", Code(deadline.Alert)),
    column("next_alert_at", UtcDateTime, nullable=True, index=True),
    column("paused_at", UtcDateTime, nullable=True),
    column("met_at", UtcDateTime, nullable=True),
    column("settled_by", Uuid, nullable=True),
    column("entered_late", Boolean),
    column("version", Integer),
    Index("ix_deadlines_unit", "unit_id", "standing", "due_at"),
)

settlements: Final = Table(
    "settlements",
    metadata,
    column("id", Uuid, primary_key=True),
    column("deadline_id", Uuid, index=True),
    column("unit_id", Uuid),
    column("owner_id", Uuid),
    column("met_at", UtcDateTime),
    column("recorded_at", UtcDateTime),
    column("recorded_by", Uuid),
    column("evidence", EncryptedText, FieldClass.INTERNAL_NOTES),
)

tasks: Final = Table(
    "tasks",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid),
    column("report_id", Uuid, nullable=True, index=True),
    column("case_id", Uuid, nullable=True, index=True),
    column("referral_id", Uuid, nullable=True, index=True),
    column("kind", Code(task.TaskKind)),
    column("owner_role", Code(Role)),
    column("owner_id", Uuid, nullable=True),
    column("escalated_to", Code(Role), nullable=True),
    column("made_at", UtcDateTime),
    column("due_at", UtcDateTime),
    column("deadline_id", Uuid, nullable=True, index=True),
    column("standing", Code(task.Standing)),
    column("ended_at", UtcDateTime, nullable=True),
    column("ended_by", Uuid, nullable=True),
    column("version", Integer),
    Index("ix_tasks_unit", "unit_id", "standing", "due_at"),
)

records: Final = Table(
    "records",
    metadata,
    column("id", Uuid, primary_key=True),
    column("case_id", Uuid),
    column("unit_id", Uuid),
    column("recorded_by", Uuid),
    column("recorded_at", UtcDateTime),
    column("entered_late", Boolean),
    column("contact_at", UtcDateTime),
    column("contacted", Code(record.Contacted)),
    column("mode", Code(record.Mode)),
    column("referral_id", Uuid, nullable=True),
    column("items", Json),
    column("goals", Json),
    column("risk_now", Code(RiskLevel), FieldClass.RISK),
    column("action", Code(record.Action)),
    column("next_contact_at", UtcDateTime),
    column("new_needs", EncryptedText, FieldClass.NARRATIVE, nullable=True),
    column("person_words", EncryptedText, FieldClass.NARRATIVE, nullable=True),
    column("notes", EncryptedText, FieldClass.INTERNAL_NOTES, nullable=True),
    Index("ix_records_case", "case_id", "contact_at", "id"),
)

judgements: Final = Table(
    "judgements",
    metadata,
    column("id", Uuid, primary_key=True),
    column("record_id", Uuid, index=True),
    column("case_id", Uuid, index=True),
    column("unit_id", Uuid),
    column("judged_at", UtcDateTime),
    column("risk_now", Code(RiskLevel), FieldClass.RISK),
    column("service", Code(Service), FieldClass.RISK),
    column("referral_id", Uuid, nullable=True),
    column("manager_view", Code(Adequacy)),
    column("person_view", Code(Adequacy)),
    column("counts", Code(Adequacy)),
    column("cause", Code(InadequacyCause), nullable=True),
    column("next_check_on", Date, nullable=True),
)

limits: Final = Table(
    "limits",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid),
    column("rule", Code(DeadlineRule)),
    column("applies_if", Code(AppliesIf)),
    column("limit_seconds", Integer),
    column("set_by", Uuid),
    column("set_at", UtcDateTime),
    column("version", Integer),
    UniqueConstraint("unit_id", "rule", "applies_if"),
)

holiday_years: Final = Table(
    "holiday_years",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid),
    column("year", Integer),
    column("changed_by", Uuid, nullable=True),
    column("changed_at", UtcDateTime),
    column("version", Integer),
    UniqueConstraint("unit_id", "year"),
)

holidays: Final = Table(
    "holidays",
    metadata,
    column("id", Uuid, primary_key=True),
    column("unit_id", Uuid),
    column("day", Date),
    column("name", String(120)),
    column("source", Code(HolidaySource)),
    UniqueConstraint("unit_id", "day"),
)
