"""How long somebody who tried wrongly has to wait. Nobody is locked out for good.

A hard lock would let a stranger lock the staff out of their cases (security.md 10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.errors import TooMany


@dataclass(frozen=True)
class Throttle:
    """So many wrong tries within so long; past it each further one doubles the wait."""

    tries: int
    within: timedelta
    first_wait: timedelta
    longest_wait: timedelta

    def wait(self, wrong: Sequence[datetime], *, at: datetime) -> timedelta:
        """Return how long still to wait, given when the wrong tries were."""
        # Later ones count as well: they were noted while this try waited for its turn.
        recent = sorted(moment for moment in wrong if moment > at - self.within)
        over = len(recent) - self.tries
        if over < 0:
            return timedelta(0)
        pause = min(self.first_wait * (1 << min(over, 20)), self.longest_wait)
        return max(recent[-1] + pause - at, timedelta(0))

    def check(self, wrong: Sequence[datetime], *, at: datetime) -> None:
        """Raise TooMany while there is something left to wait."""
        if self.wait(wrong, at=at) > timedelta(0):
            raise TooMany


_QUARTER: Final = timedelta(minutes=15)

#: security.md 10: five tries in fifteen minutes for an account, then a soft delay.
ACCOUNT: Final = Throttle(5, _QUARTER, timedelta(seconds=30), timedelta(minutes=5))
#: Twenty for an address, from which a whole office may come.
ADDRESS: Final = Throttle(20, _QUARTER, timedelta(minutes=1), _QUARTER)
