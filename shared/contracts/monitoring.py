"""Events the monitoring service publishes: judgements and missed deadlines."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.contracts.event import Event, Publisher, event
from shared.contracts.vocabulary import Adequacy, InadequacyCause, RiskLevel, Service


class DeadlineRule(StrEnum):
    """The deadline rules of domain.md 2.9; the limits are rows, these are their names."""

    T01 = "T01"
    T02 = "T02"
    T03 = "T03"
    T04 = "T04"
    T08 = "T08"
    T22 = "T22"
    T24 = "T24"


@event("adequacy.judged", about="case_id", by=Publisher.MONITORING)
class AdequacyJudged(Event):
    """One service was judged: too little, enough or too much. The stricter view counts."""

    case_id: UUID
    unit_id: UUID
    record_id: UUID
    referral_id: UUID | None
    service: Service
    adequacy: Adequacy
    cause: InadequacyCause | None
    risk_now: RiskLevel


@event("deadline.missed", about="deadline_id", by=Publisher.MONITORING)
class DeadlineMissed(Event):
    """What had to happen did not happen in time."""

    deadline_id: UUID
    unit_id: UUID
    rule: DeadlineRule
    due_at: datetime
    report_id: UUID | None
    case_id: UUID | None
    referral_id: UUID | None
