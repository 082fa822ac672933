"""A signed-in front: a family of refresh tokens, each good once.

open -> open
open --refresh--> open   (a new token; the old one is used up)
open --end-->     ended  (signed out, revoked, a token or code shown twice, over or idle)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.auth.domain.revocation import revoked
from shared.contracts.auth import AccessOf, AccessRevoked
from shared.contracts.scopes import Scope


class EndedBy(StrEnum):
    """Why a session is over."""

    SIGN_OUT = "sign-out"
    REVOKED = "revoked"
    REUSE = "reuse"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Limits:
    """How long a session may last, and how long it may rest."""

    whole: timedelta
    idle: timedelta


#: security.md 4.5: staff ten hours and thirty minutes, the partners' portal eight and fifteen,
#: and the administrator no longer than that.
LIMITS: Final[Mapping[str, Limits]] = {
    "staff-web": Limits(whole=timedelta(hours=10), idle=timedelta(minutes=30)),
    "partner-portal": Limits(whole=timedelta(hours=8), idle=timedelta(minutes=15)),
    "admin-web": Limits(whole=timedelta(hours=8), idle=timedelta(minutes=15)),
}


@dataclass(eq=False, kw_only=True)
class Session:
    """One sign-in through one front; its identifier is the ``sid`` of its tokens."""

    id: UUID
    person_id: UUID
    machine_id: UUID
    asked: frozenset[Scope]
    started_at: datetime
    last_used_at: datetime
    ends_at: datetime
    idle_ends_at: datetime
    ended_at: datetime | None = None
    ended_by: EndedBy | None = None
    version: int = 0

    @classmethod
    def open(
        cls,
        session_id: UUID,
        *,
        person_id: UUID,
        machine_id: UUID,
        asked: frozenset[Scope],
        limits: Limits,
        at: datetime,
    ) -> "Session":
        """Begin a session under the identifier that its code was made with."""
        return cls(
            id=session_id,
            person_id=person_id,
            machine_id=machine_id,
            asked=asked,
            started_at=at,
            last_used_at=at,
            ends_at=at + limits.whole,
            idle_ends_at=at + limits.idle,
        )

    def good(self, *, at: datetime) -> bool:
        """Whether a token of it may still be refreshed."""
        return self.ended_at is None and at < self.ends_at and at < self.idle_ends_at

    def used(self, *, limits: Limits, at: datetime) -> None:
        """Note that it was used, which puts off the idle end but never the whole one."""
        self.last_used_at, self.idle_ends_at = at, at + limits.idle

    def end(self, why: EndedBy, *, at: datetime) -> AccessRevoked:
        """End it and void its tokens; ending twice tells it again, which does no harm."""
        if self.ended_at is None:
            self.ended_at, self.ended_by = at, why
        return revoked(AccessOf.SESSION, self.id, at=at)


@dataclass(eq=False, kw_only=True)
class RefreshToken:
    """What is kept of a refresh token: a digest, its family, and when it was used up."""

    id: UUID
    digest: str
    session_id: UUID
    made_at: datetime
    used_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class AuthorizationCode:
    """What is kept of a code: everything it is bound to, for sixty seconds."""

    id: UUID
    digest: str
    machine_id: UUID
    person_id: UUID
    session_id: UUID
    redirect_uri: str
    challenge: str
    resource: str
    asked: frozenset[Scope]
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None

    def good(self, *, at: datetime) -> bool:
        """Whether it is still in time; that it is good once is the database's to decide."""
        return at < self.ends_at


#: FAPI 2.0: a code lives at most sixty seconds.
CODE_LIFE: Final = timedelta(seconds=60)
