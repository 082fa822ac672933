"""What intake knows of a referral, from its events: enough for the case page and for closing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.contracts.referral_words import BusinessState, ReferralStanding
from shared.contracts.vocabulary import DeclineReason, Service

#: Nothing more is expected from the partner.
SETTLED: Final = frozenset(
    {
        ReferralStanding.REJECTED,
        ReferralStanding.COMPLETED,
        ReferralStanding.FAILED,
        ReferralStanding.CANCELLED,
        ReferralStanding.ENTERED_IN_ERROR,
    }
)


@dataclass(eq=False, kw_only=True)
class PartnerHelp:
    """One referral of a case, as far as its events tell."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    version: int = 0
    institution_id: UUID
    service: Service
    standing: ReferralStanding
    business_state: BusinessState | None
    move_no: int
    plan_item_id: UUID | None
    previous_referral_id: UUID | None
    at_termination: bool
    emergency: bool
    sent_at: datetime
    happened_at: datetime
    respond_by: datetime | None = None
    serve_by: datetime | None = None
    appointment_at: datetime | None = None
    sessions_done: int = 0
    sessions_planned: int | None = None
    reason: DeclineReason | None = None
    replaced_by: UUID | None = None

    @property
    def open(self) -> bool:
        """Whether something is still expected from the partner."""
        return self.standing not in SETTLED

    @property
    def blocks_closing(self) -> bool:
        """Whether it stands in the way of closing the case (R8)."""
        return self.open and not self.at_termination

    @property
    def needs_another_partner(self) -> bool:
        """Whether the next step is to choose another partner (R3)."""
        ended = self.standing in (ReferralStanding.REJECTED, ReferralStanding.FAILED)
        expired = self.business_state is BusinessState.EXPIRED
        settled = self.business_state is BusinessState.LOOP_CLOSED
        return (ended or expired) and self.replaced_by is None and not settled
