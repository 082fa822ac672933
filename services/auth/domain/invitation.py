"""A code, good once, that is told to somebody in person and lets her set her password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar, Final
from uuid import UUID

from shared.errors import NotFound
from shared.identifiers import new_id, read_code, short_code

#: How long a code waits to be used.
GOOD_FOR: Final = timedelta(hours=72)
#: 16 letters of 32 are 80 bits: nothing that can be tried out, even from a stolen database.
_LENGTH: Final = 16
_PREFIX: Final = "U"


class Purpose(StrEnum):
    """What the code opens."""

    ENROLMENT = "enrolment"
    FIRST_ADMINISTRATOR = "first-administrator"


class InvitationNotGood(NotFound):
    """The code is unknown, used or too old; the answer is the same."""

    code = "invitation_not_good"
    id = "Kode ini tidak dikenal, sudah dipakai, atau sudah lewat waktunya."
    en = "This code is unknown, was used, or is too old."


@dataclass(eq=False, kw_only=True)
class Invitation:
    """What is kept of a code: its digest, for whom, and until when."""

    PREFIX: ClassVar[str] = _PREFIX

    id: UUID
    person_id: UUID | None
    purpose: Purpose
    code_hash: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None
    totp_secret: str | None = None
    version: int = 0

    @classmethod
    def make(
        cls, person_id: UUID | None, *, purpose: Purpose, at: datetime
    ) -> "tuple[Invitation, str]":
        """Make an invitation and the code to tell; the code is kept nowhere."""
        code = short_code(_PREFIX, length=_LENGTH)
        made = cls(
            id=new_id(),
            person_id=person_id,
            purpose=purpose,
            code_hash=digest(code),
            made_at=at,
            ends_at=at + GOOD_FOR,
        )
        return made, code

    def good(self, *, at: datetime) -> bool:
        """Whether it was neither used nor is too old."""
        return self.used_at is None and at <= self.ends_at

    def use(self, *, at: datetime) -> None:
        """Use it up; InvitationNotGood when it is not good any more."""
        if not self.good(at=at):
            raise InvitationNotGood
        self.used_at = at
        self.totp_secret = None


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return sha256(code.encode()).hexdigest()


def typed_digest(typed: str) -> str | None:
    """Return the digest of a code as somebody typed it; None when it cannot be one of ours."""
    code = read_code(_PREFIX, typed)
    return digest(code) if code is not None else None
