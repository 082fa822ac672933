"""What auth does every so often."""

from datetime import timedelta
from typing import Final

from services.auth.actions.housekeeping import forget
from services.auth.actions.signing import rotate_when_due
from shared.worker.timers import Timer

TIMERS: Final = (
    Timer("rotate_keys", timedelta(hours=1), rotate_when_due),
    Timer("forget_used", timedelta(hours=1), forget),
)
