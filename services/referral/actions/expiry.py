"""Referrals that nobody answered in time, nor in as much time again."""

from datetime import datetime, timedelta
from uuid import UUID

from services.referral.domain.moves import Made, Party, Verified
from services.referral.storage.finding import expired_by, units_waiting
from services.referral.storage.work import begin
from shared.clock import now
from shared.contracts.referral_words import Door
from shared.storage.work import Ground


def expire_silent(ground: Ground, at: datetime) -> None:
    """Expire what is due, unit by unit, because a training unit has a clock of its own."""
    with begin(ground) as work:
        shifts = {unit: work.clock.now(unit) - now() for unit in units_waiting(work)}
    for unit_id, shift in shifts.items():
        _expire_of(ground, unit_id, at + timedelta(seconds=round(shift.total_seconds())))


def _expire_of(ground: Ground, unit_id: UUID, at: datetime) -> None:
    with begin(ground) as work:
        for referral in expired_by(work, unit_id, at):
            made = Made(
                party=Party.CLOCK,
                door=Door.SYSTEM,
                at=at,
                verified=Verified.SYSTEM,
                recorded_at=now(),
            )
            work.keep(referral, referral.expire(made))
            work.audit.wrote(None, "referral.expire", "referral", [referral.id])
