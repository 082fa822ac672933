"""The keys that sign tokens: one signs, the next is shown early, the old ones are still believed.

make -> next
next    --promote--> current
current --retire-->  old
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

#: security.md 4.6: a key signs for ninety days ...
IN_USE: Final = timedelta(days=90)
#: ... was shown for a day before, so that everyone has fetched it ...
SHOWN_BEFORE: Final = timedelta(hours=24)
#: ... and is believed until the last token it signed is long over.
BELIEVED_AFTER: Final = timedelta(hours=1, seconds=300)


class Standing(StrEnum):
    """Where a key stands."""

    NEXT = "next"
    CURRENT = "current"
    OLD = "old"


@dataclass(eq=False, kw_only=True)
class SigningKey:
    """One signing key; the private part is sealed in the database."""

    id: UUID
    kid: str
    public: dict[str, str]
    private: str
    standing: Standing
    made_at: datetime
    since: datetime
    version: int = 0

    def promote(self, *, at: datetime) -> None:
        """Let it sign from now on."""
        self.standing, self.since = Standing.CURRENT, at

    def retire(self, *, at: datetime) -> None:
        """Let it sign no more; it is believed for a while yet."""
        self.standing, self.since = Standing.OLD, at

    def over(self, *, at: datetime) -> bool:
        """Whether nothing it signed can still be good."""
        return self.standing is Standing.OLD and at - self.since > BELIEVED_AFTER


def rotation_due(keys: Sequence[SigningKey], *, at: datetime) -> bool:
    """Tell whether the current key has served its time and the next was shown long enough."""
    current = next((key for key in keys if key.standing is Standing.CURRENT), None)
    shown = next((key for key in keys if key.standing is Standing.NEXT), None)
    if current is None or shown is None:
        return True
    return at - current.since >= IN_USE and at - shown.made_at >= SHOWN_BEFORE
