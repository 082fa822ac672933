"""What the other services tell intake of a case, as its tests make it up."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from shared.contracts.monitoring import AdequacyJudged
from shared.contracts.referral import ReferralSent
from shared.contracts.referral_words import Door, ReferralStanding, Urgency
from shared.contracts.vocabulary import Adequacy, InadequacyCause, RiskLevel, Service
from shared.identifiers import new_id

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def about(planned: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "referral_id": new_id(),
        "case_id": UUID(planned["case"]["id"]),
        "unit_id": new_id(),
        "institution_id": new_id(),
        "service": Service.PSI_TERAPI,
        "standing": ReferralStanding.REQUESTED,
        "business_state": None,
        "door": Door.STAFF,
        "move_no": 1,
        "happened_at": NOW,
    } | changes


def sent(planned: dict[str, Any], **changes: Any) -> ReferralSent:
    more = {
        "urgency": Urgency.H24,
        "emergency": False,
        "respond_by": NOW + timedelta(days=1),
        "serve_by": None,
        "plan_item_id": UUID(planned["item"]["id"]),
        "consent_id": None,
        "previous_referral_id": None,
        "at_termination": False,
    }
    return ReferralSent(**about(planned) | more | changes)


def judged(planned: dict[str, Any], adequacy: Adequacy, **changes: Any) -> AdequacyJudged:
    return AdequacyJudged(
        **{
            "case_id": UUID(planned["case"]["id"]),
            "unit_id": new_id(),
            "record_id": new_id(),
            "referral_id": None,
            "service": Service.PSI_TERAPI,
            "adequacy": adequacy,
            "cause": InadequacyCause.KEBUTUHAN_BARU,
            "risk_now": RiskLevel.SEDANG,
            "happened_at": NOW,
        }
        | changes
    )
