"""What monitoring keeps of cases and referrals: a copy in codes, made from events alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.contracts.referral_words import BusinessState, ReferralStanding, Urgency
from shared.contracts.vocabulary import CaseClass, RiskLevel, Service, Stage

#: Danger from the least to the greatest.
_RISING: Final = (RiskLevel.RENDAH, RiskLevel.SEDANG, RiskLevel.TINGGI)

#: Standings in which a partner has not yet said whether it helps.
WAITING: Final = frozenset({ReferralStanding.REQUESTED, ReferralStanding.RECEIVED})

#: Standings in which a partner helps.
RUNNING: Final = frozenset(
    {ReferralStanding.ACCEPTED, ReferralStanding.IN_PROGRESS, ReferralStanding.ON_HOLD}
)


def rises(before: RiskLevel | None, after: RiskLevel) -> bool:
    """Say whether the danger is greater than was known; danger not known counts as the least."""
    return before is None or _RISING.index(after) > _RISING.index(before)


@dataclass(eq=False, kw_only=True)
class WatchedCase:
    """What we know of a case. Events of several aggregates fill it, in any order."""

    id: UUID
    unit_id: UUID
    report_id: UUID | None = None
    opened_by: UUID | None = None
    manager_id: UUID | None = None
    companion_id: UUID | None = None
    stage: Stage | None = None
    risk: RiskLevel | None = None
    primary_class: CaseClass | None = None
    opened_at: datetime | None = None
    watched_from: datetime | None = None
    """When the first referral was sent: monitoring runs beside intervention from then on."""
    closed_at: datetime | None = None
    version: int = 0


@dataclass(eq=False, kw_only=True)
class WatchedReferral:
    """What we know of a referral."""

    id: UUID
    unit_id: UUID
    case_id: UUID
    institution_id: UUID
    service: Service
    standing: ReferralStanding
    business_state: BusinessState | None
    urgency: Urgency | None
    sent_at: datetime | None
    moved_at: datetime
    version: int = 0
