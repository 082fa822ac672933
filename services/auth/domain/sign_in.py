"""One sign-in in the making: from the password to the code of the device, in ten minutes.

begun    --password--> half-way   (or arrived, when no second factor is needed)
half-way --code-->     arrived    (and used up by the redirect to the front)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

#: How long somebody may look for her telephone.
GOOD_FOR: Final = timedelta(minutes=10)
#: security.md 10: five wrong codes, and it begins again with the password.
MOST_CODES: Final = 5


@dataclass(eq=False, kw_only=True)
class SignIn:
    """A browser that has shown a password; its cookie is kept as a digest."""

    id: UUID
    cookie_digest: str
    request_digest: str
    person_id: UUID
    begun_at: datetime
    wrong_codes: int = 0
    done_at: datetime | None = None
    version: int = 0

    def open(self, *, at: datetime) -> bool:
        """Whether a code may still be shown."""
        fresh = at - self.begun_at <= GOOD_FOR
        return fresh and self.done_at is None and self.wrong_codes < MOST_CODES

    def wrong(self) -> None:
        """Count a wrong code."""
        self.wrong_codes += 1

    def arrive(self, *, at: datetime) -> None:
        """Use it up."""
        self.done_at = at
