"""Events the intake service publishes: units, reports, consent, cases, needs, plans."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.contracts.event import Event, Publisher, event
from shared.contracts.protection import FieldClass, LegalBasis, UnitKind
from shared.contracts.vocabulary import (
    Authority,
    CaseClass,
    Channel,
    ConsentScope,
    NeedDomain,
    ReporterType,
    RiskLevel,
    Service,
    Stage,
    TerminationReason,
)


class LoopRule(StrEnum):
    """The loop-back rules of case management (domain.md, section 3)."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R6 = "R6"
    R7 = "R7"
    R8 = "R8"
    R9 = "R9"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"


class ScreeningDecision(StrEnum):
    """What follows from the case screening (F5)."""

    LANJUT = "LANJUT"
    RUJUK_KELUAR = "RUJUK_KELUAR"
    LIMPAH = "LIMPAH"
    TOLAK = "TOLAK"


class CounsellingDecision(StrEnum):
    """What follows from basic counselling (F11)."""

    LANJUT = "LANJUT"
    SELESAI = "SELESAI"


@event("unit.opened", about="unit_id", by=Publisher.INTAKE)
class UnitOpened(Event):
    """A unit works here. Training and sandbox units may have a shifted clock."""

    unit_id: UUID
    kind: UnitKind
    clock_offset_seconds: int


@event("unit.clock_set", about="unit_id", by=Publisher.INTAKE)
class UnitClockSet(Event):
    """The clock of a training or sandbox unit was moved."""

    unit_id: UUID
    clock_offset_seconds: int


@event("report.received", about="report_id", by=Publisher.INTAKE)
class ReportReceived(Event):
    """Somebody told the unit that a woman or a child was hurt or is in danger."""

    report_id: UUID
    unit_id: UUID
    channel: Channel
    reporter_type: ReporterType
    class_reported: CaseClass
    reported_at: datetime
    risk: RiskLevel | None
    sexual: bool
    needs_outreach: bool


@event("report.responded", about="report_id", by=Publisher.INTAKE)
class ReportResponded(Event):
    """The unit gave its first response to the report."""

    report_id: UUID
    unit_id: UUID


@event("report.screened", about="report_id", by=Publisher.INTAKE)
class ReportScreened(Event):
    """The safety screening (F4) was made or made again: the provisional risk."""

    report_id: UUID
    unit_id: UUID
    risk: RiskLevel


@event("report.ended", about="report_id", by=Publisher.INTAKE)
class ReportEnded(Event):
    """The report ended without a case: advice given, outside the mandate, a duplicate."""

    report_id: UUID
    unit_id: UUID


@event("consent.given", about="consent_id", by=Publisher.INTAKE)
class ConsentGiven(Event):
    """Who may speak for the person allows something: one recipient, one purpose."""

    consent_id: UUID
    case_id: UUID
    unit_id: UUID
    scope: ConsentScope
    basis: LegalBasis
    institution_id: UUID | None
    service: Service | None
    field_classes: frozenset[FieldClass]
    valid_until: datetime | None


@event("consent.refused", about="consent_id", by=Publisher.INTAKE)
class ConsentRefused(Event):
    """The person said no."""

    consent_id: UUID
    case_id: UUID
    unit_id: UUID
    scope: ConsentScope
    institution_id: UUID | None


@event("consent.withdrawn", about="consent_id", by=Publisher.INTAKE)
class ConsentWithdrawn(Event):
    """The person took back what she or he had allowed; everybody stops."""

    consent_id: UUID
    case_id: UUID
    unit_id: UUID
    scope: ConsentScope
    institution_id: UUID | None


@event("case.opened", about="case_id", by=Publisher.INTAKE)
class CaseOpened(Event):
    """The unit takes a report on as a case; it begins at engagement."""

    case_id: UUID
    unit_id: UUID
    report_id: UUID
    opened_by: UUID
    class_reported: CaseClass
    risk: RiskLevel | None


@event("case.assigned", about="case_id", by=Publisher.INTAKE)
class CaseAssigned(Event):
    """One case manager answers for the case from now on."""

    case_id: UUID
    unit_id: UUID
    manager_id: UUID


@event("case.accompanied", about="case_id", by=Publisher.INTAKE)
class CaseAccompanied(Event):
    """Somebody of the unit walks with the person from now on, or nobody any more."""

    case_id: UUID
    unit_id: UUID
    companion_id: UUID | None


@event("case.screened", about="case_id", by=Publisher.INTAKE)
class CaseScreened(Event):
    """The case screening (F5): class, risk, whose case it is, which laws set clocks."""

    case_id: UUID
    unit_id: UUID
    primary_class: CaseClass
    risk: RiskLevel
    authority: Authority
    decision: ScreeningDecision
    tpks: bool
    pkdrt: bool
    sppa: bool
    tppo: bool
    dispensation: bool


@event("case.risk_changed", about="case_id", by=Publisher.INTAKE)
class CaseRiskChanged(Event):
    """The danger the person is in is judged anew."""

    case_id: UUID
    unit_id: UUID
    risk: RiskLevel


@event("case.stage_moved", about="case_id", by=Publisher.INTAKE)
class CaseStageMoved(Event):
    """The case went on to the next stage, or back by a loop rule."""

    case_id: UUID
    unit_id: UUID
    from_stage: Stage
    to_stage: Stage
    rule: LoopRule | None
    loop_no: int
    episode: int


@event("case.counselled", about="case_id", by=Publisher.INTAKE)
class CaseCounselled(Event):
    """Basic counselling (F11) was held: go on, or finished."""

    case_id: UUID
    unit_id: UUID
    decision: CounsellingDecision


@event("case.duty_settled", about="case_id", by=Publisher.INTAKE)
class CaseDutySettled(Event):
    """The mandatory report (F21) was filed, or a second person settled that it is not."""

    case_id: UUID
    unit_id: UUID
    filed: bool
    filed_at: datetime | None


@event("case.reassessment_opened", about="case_id", by=Publisher.INTAKE)
class CaseReassessmentOpened(Event):
    """The help was not right; the short reassessment with its three questions is open."""

    case_id: UUID
    unit_id: UUID
    reassessment_id: UUID
    rule: LoopRule


@event("case.reassessed", about="case_id", by=Publisher.INTAKE)
class CaseReassessed(Event):
    """The three questions were answered; the case goes where the answers lead."""

    case_id: UUID
    unit_id: UUID
    reassessment_id: UUID
    to_stage: Stage


@event("case.closed", about="case_id", by=Publisher.INTAKE)
class CaseClosed(Event):
    """The case ended; follow-up may go on."""

    case_id: UUID
    unit_id: UUID
    reason: TerminationReason


@event("case.reopened", about="case_id", by=Publisher.INTAKE)
class CaseReopened(Event):
    """The same case again: violence recurred or a new need came up (rule R9)."""

    case_id: UUID
    unit_id: UUID
    episode: int


@event("need.recorded", about="need_id", by=Publisher.INTAKE)
class NeedRecorded(Event):
    """A need of the person was found."""

    need_id: UUID
    case_id: UUID
    unit_id: UUID
    domain: NeedDomain
    urgency: int


@event("plan.agreed", about="plan_id", by=Publisher.INTAKE)
class PlanAgreed(Event):
    """A version of the service plan was agreed with the person."""

    plan_id: UUID
    case_id: UUID
    unit_id: UUID
    plan_version: int
    items: int
