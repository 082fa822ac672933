"""What referral does by the clock."""

from datetime import timedelta
from typing import Final

from services.referral.actions.expiry import expire_silent
from shared.worker.timers import Timer

TIMERS: Final = (Timer("expire_referrals", timedelta(minutes=1), expire_silent),)
