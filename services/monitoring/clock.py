"""What monitoring does as time goes by."""

from datetime import datetime, timedelta
from typing import Final

from services.monitoring.actions.deadlines import watch
from services.monitoring.storage.finding import to_be_watched
from services.monitoring.storage.work import begin
from shared.storage.work import Ground
from shared.worker.timers import Timer

_AT_ONCE: Final = 100


def watch_deadlines(ground: Ground, at: datetime) -> None:
    """Raise alerts that are over and mark what was missed, a hundred to a transaction."""
    while True:
        with begin(ground) as work:
            found = to_be_watched(work, at=at, limit=_AT_ONCE)
            for deadline in found:
                watch(work, [deadline], at=work.clock.at(deadline.unit_id, at))
        if len(found) < _AT_ONCE:
            return


TIMERS: Final = (Timer("watch_deadlines", timedelta(seconds=15), watch_deadlines),)
