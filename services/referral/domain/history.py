"""The history of a referral: one row a move, only ever added to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.referral.domain.moves import Move, Party, Verified
from shared.contracts.referral_words import BusinessState, Door, ReferralResult, ReferralStanding
from shared.contracts.vocabulary import DeclineReason

#: Moves that the unit makes for itself; what was said with them is not for the partner.
UNITS_OWN: Final = frozenset(
    {Move.CLOSE_LOOP, Move.ASK_ABANDONMENT, Move.ABANDON, Move.ASK_RETRACTION, Move.RETRACT}
)


@dataclass(eq=False, kw_only=True)
class Entry:
    """One move that was made: who, when, through which door, and how we know."""

    id: UUID
    referral_id: UUID
    case_id: UUID
    move_no: int
    move: Move
    party: Party
    by: UUID | None
    door: Door
    verified: Verified
    happened_at: datetime
    recorded_at: datetime
    from_standing: ReferralStanding
    from_state: BusinessState | None
    to_standing: ReferralStanding
    to_state: BusinessState | None
    reason: DeclineReason | None = None
    result: ReferralResult | None = None
    appointment_at: datetime | None = None
    sessions_done: int | None = None
    sessions_planned: int | None = None
    note: str | None = None
    evidence: str | None = None
