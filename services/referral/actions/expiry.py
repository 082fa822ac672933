"""Referrals that nobody answered in time, nor in as much time again."""

from datetime import datetime, timedelta

from sqlalchemy import select

from services.referral.domain.moves import Made, Party, Verified
from services.referral.storage import tables
from services.referral.storage.work import begin
from shared.clock import now
from shared.contracts.referral import Door, ReferralStanding
from shared.storage.work import Ground

_ASKED = (ReferralStanding.REQUESTED, ReferralStanding.RECEIVED)


def expire_silent(ground: Ground, at: datetime) -> None:
    """Expire what is due, unit by unit, because a training unit has a clock of its own."""
    column = tables.referrals.c
    with begin(ground) as work:
        query = select(column.unit_id).distinct().where(column.standing.in_(_ASKED))
        shifts = {
            unit_id: work.clock.now(unit_id) - now()
            for unit_id in work.connection.execute(query).scalars()
        }
    for unit_id, shift in shifts.items():
        with begin(ground) as work:
            due = work.referrals_to_move(
                column.unit_id == unit_id,
                column.standing.in_(_ASKED),
                column.resting_since.is_(None),
                column.expires_at <= at + _whole(shift),
            )
            for referral in due:
                made = Made(
                    party=Party.CLOCK,
                    door=Door.SYSTEM,
                    at=at + _whole(shift),
                    verified=Verified.SYSTEM,
                    recorded_at=now(),
                )
                work.keep(referral, referral.expire(made))
                work.audit.wrote(None, "referral.expire", "referral", [referral.id])


def _whole(shift: timedelta) -> timedelta:
    return timedelta(seconds=round(shift.total_seconds()))
