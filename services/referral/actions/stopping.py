"""The end of referrals whose ground is gone: taken back, or run out by the clock."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.referral.domain.moves import Made, Party, Verified
from services.referral.domain.referral import Referral
from services.referral.storage.finding import (
    lapsed_consents,
    lapsed_overrides,
    lasting_on,
    units_on_time,
)
from services.referral.storage.work import Work, begin
from shared.clock import now
from shared.contracts.referral_words import Door
from shared.storage.work import Ground


def stop_referrals(work: Work, referrals: Iterable[Referral], party: Party, at: datetime) -> None:
    """End access to each of them; the partners must say that they stopped."""
    for referral in referrals:
        made = Made(
            party=party,
            door=Door.SYSTEM,
            at=at,
            verified=Verified.SYSTEM,
            recorded_at=now(),
        )
        work.keep(referral, referral.withdraw_consent(made))
        work.audit.wrote(None, "referral.withdraw_consent", "referral", [referral.id])


def stop_lapsed(ground: Ground, at: datetime) -> None:
    """Stop what rests on a consent or override that has run out, each unit by its own clock."""
    with begin(ground) as work:
        due = {unit: work.clock.at(unit, at) for unit in units_on_time(work)}
    for unit_id, here in due.items():
        _stop_lapsed_of(ground, unit_id, here)


def _stop_lapsed_of(ground: Ground, unit_id: UUID, at: datetime) -> None:
    with begin(ground) as work:
        consents = lapsed_consents(work, unit_id, at)
        stop_referrals(work, lapsed_overrides(work, unit_id, at), Party.CLOCK, at)
    for consent_id in consents:
        with begin(ground) as work:
            consent = work.consent_to_use(consent_id)
            if consent is not None and not consent.lasts(at):
                stop_referrals(work, lasting_on(work, consent_id, unit_id), Party.CLOCK, at)
