"""What referral does by the clock."""

from datetime import timedelta
from typing import Final

from services.referral.actions.expiry import expire_silent
from services.referral.actions.stopping import stop_lapsed
from shared.worker.timers import Timer

TIMERS: Final = (
    Timer("expire_referrals", timedelta(minutes=1), expire_silent),
    Timer("stop_lapsed_referrals", timedelta(seconds=10), stop_lapsed),
)
