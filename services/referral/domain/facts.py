"""What is known of a referral."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.domain.history import Entry
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import BusinessState, ReferralResult, ReferralStanding, Urgency
from shared.contracts.vocabulary import AgeBand, DeclineReason, Service


@dataclass(eq=False, kw_only=True)
class Facts:
    """One request for help to one partner. How it moves stands in ``machine``."""

    id: UUID
    code: str
    person_code: str
    case_id: UUID
    unit_id: UUID
    institution_id: UUID
    service: Service
    urgency: Urgency
    high_risk: bool
    age_band: AgeBand
    with_companion: bool
    basis: LegalBasis
    consent_id: UUID | None = None
    consent_sequence: int | None = None
    override_until: datetime | None = None
    plan_item_id: UUID | None = None
    plan_item_version: int | None = None
    plan_item_due_at: datetime | None = None
    emergency: bool = False
    at_termination: bool = False
    previous_referral_id: UUID | None = None
    sent_by: UUID | None = None
    send_key: UUID | None = None

    standing: ReferralStanding = ReferralStanding.DRAFT
    business_state: BusinessState | None = None
    before_hold: BusinessState | None = None
    before_asking: BusinessState | None = None
    move_no: int = 0
    version: int = 1

    requested_at: datetime | None = None
    respond_by: datetime | None = None
    serve_by: datetime | None = None
    expires_at: datetime | None = None
    resting_since: datetime | None = None
    rested_seconds: int = 0
    first_seen_at: datetime | None = None
    answered_at: datetime | None = None
    first_service_at: datetime | None = None
    appointment_at: datetime | None = None
    partner_heard_at: datetime | None = None
    ended_at: datetime | None = None
    access_ended_at: datetime | None = None

    reason: DeclineReason | None = None
    result: ReferralResult | None = None
    suggested_institution_id: UUID | None = None
    sessions_planned: int | None = None
    sessions_done: int = 0
    stop_asked_at: datetime | None = None
    stop_acknowledged_at: datetime | None = None
    abandonment_asked_by: UUID | None = None
    retraction_asked_by: UUID | None = None
    recorded_answer_no: int | None = None
    contested_no: int | None = None
    changed_at: datetime | None = None

    @property
    def stop_outstanding(self) -> bool:
        """Whether the partner was told to stop and has not said that it did."""
        return self.stop_asked_at is not None and self.stop_acknowledged_at is None

    @property
    def resting(self) -> bool:
        """Whether the response clock rests because the unit owes an answer."""
        return self.resting_since is not None

    def __post_init__(self) -> None:
        #: Moves made since it was loaded, to be written with it.
        self.entries: list[Entry] = []
