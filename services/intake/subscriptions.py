"""What intake does when it hears of something: referrals, judgements, deadlines, institutions."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from services.intake.actions.following import (
    hear_of_institution,
    hear_of_judgement,
    hear_of_missed_deadline,
    hear_of_referral,
)
from services.intake.storage.work import Work
from shared.contracts import referral as told
from shared.contracts.auth import InstitutionRegistered
from shared.contracts.event import Event
from shared.contracts.monitoring import AdequacyJudged, DeadlineMissed
from shared.contracts.referral import ReferralEvent

_REFERRAL_EVENTS: Final = [
    kind
    for kind in vars(told).values()
    if isinstance(kind, type) and issubclass(kind, ReferralEvent) and kind is not ReferralEvent
]

SUBSCRIPTIONS: Final[Mapping[type[Event], Callable[[Work, Any], None]]] = {
    **dict.fromkeys(_REFERRAL_EVENTS, hear_of_referral),
    AdequacyJudged: hear_of_judgement,
    DeadlineMissed: hear_of_missed_deadline,
    InstitutionRegistered: hear_of_institution,
}
