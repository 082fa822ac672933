"""Somebody who signs in: what she does here, how she is let in, and when no longer.

invite -> invited
invited --enrol--> active
invited --reset--> invited
active  --reset--> invited
invited --stop-->  stopped
active  --stop-->  stopped
stopped --reset--> invited
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.auth.domain.institution import Institution, a_name
from services.auth.domain.revocation import revoked
from services.auth.domain.roles import check_roles, second_factor_needed
from shared.contracts.auth import AccessOf, AccessRevoked
from shared.contracts.roles import Role
from shared.contracts.validation import worded
from shared.errors import Invalid, MoveNotAllowed, SecondPersonNeeded
from shared.identifiers import new_id

#: How long the word of the first administrator waits for the second (security.md 4.9).
RESET_WAITS: Final = timedelta(hours=24)
_SIGN_IN_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")


class Standing(StrEnum):
    """Where somebody stands."""

    INVITED = "invited"
    ACTIVE = "active"
    STOPPED = "stopped"


class Move(StrEnum):
    """What may be done with somebody's access."""

    ENROL = "enrol"
    RESET = "reset"
    STOP = "stop"


STEPS: Final[Mapping[tuple[Standing, Move], Standing]] = {
    (Standing.INVITED, Move.ENROL): Standing.ACTIVE,
    (Standing.INVITED, Move.RESET): Standing.INVITED,
    (Standing.ACTIVE, Move.RESET): Standing.INVITED,
    (Standing.INVITED, Move.STOP): Standing.STOPPED,
    (Standing.ACTIVE, Move.STOP): Standing.STOPPED,
    (Standing.STOPPED, Move.RESET): Standing.INVITED,
}


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """What is said of somebody who is to be invited."""

    name: str
    sign_in: str
    roles: frozenset[Role]


@dataclass(eq=False, kw_only=True)
class Person:
    """One who works in an institution. The password and the secret are set at enrolment."""

    id: UUID
    institution_id: UUID
    name: str
    sign_in: str
    roles: frozenset[Role]
    standing: Standing
    since: datetime
    password_hash: str | None = None
    totp_secret: str | None = None
    totp_step: int | None = None
    reset_asked_by: UUID | None = None
    reset_asked_at: datetime | None = None
    #: A keyed digest of ``sign_in``; the storage fills it in.
    sign_in_index: bytes = b""
    version: int = 0

    @classmethod
    def invite(cls, institution: Institution, newcomer: Newcomer, *, at: datetime) -> "Person":
        """Make a place for somebody, who comes in with a code told in person."""
        check_roles(newcomer.roles, kind=institution.kind)
        return cls(
            id=new_id(),
            institution_id=institution.id,
            name=a_name(newcomer.name),
            sign_in=a_sign_in(newcomer.sign_in),
            roles=newcomer.roles,
            standing=Standing.INVITED,
            since=at,
        )

    @property
    def may_sign_in(self) -> bool:
        """Whether she has enrolled and was not stopped."""
        return self.standing is Standing.ACTIVE

    @property
    def second_factor_needed(self) -> bool:
        """Whether her roles ask for a code besides the password."""
        return second_factor_needed(self.roles)

    def enrol(self, *, password_hash: str, totp_secret: str | None, at: datetime) -> None:
        """She has set her password and shown that her device makes the right codes."""
        if self.second_factor_needed and totp_secret is None:
            raise Invalid(fields={"totp": [worded("Kode dari aplikasi diperlukan.")]})
        self._step(Move.ENROL, at=at)
        self.password_hash, self.totp_secret, self.totp_step = password_hash, totp_secret, None

    def change_roles(
        self, roles: frozenset[Role], *, institution: Institution, by: UUID | None, at: datetime
    ) -> AccessRevoked:
        """Give her other roles; her tokens with the old ones are void."""
        if by == self.id:
            raise SecondPersonNeeded
        check_roles(roles, kind=institution.kind)
        self.roles = roles
        return revoked(AccessOf.PERSON, self.id, at=at)

    def stop(self, *, by: UUID | None, at: datetime) -> AccessRevoked:
        """End her access now; ``by`` is None for the machine's own keeper."""
        if by == self.id:
            raise SecondPersonNeeded
        self._step(Move.STOP, at=at)
        self._forget()
        return revoked(AccessOf.PERSON, self.id, at=at)

    def ask_reset(self, *, by: UUID, at: datetime) -> bool:
        """Record an administrator's word; True when a reset may be.

        It takes a second one's word (security.md 4.9), but for somebody who never came in and
        has lost her code.
        """
        if by == self.id:
            raise SecondPersonNeeded
        if self.standing is Standing.INVITED:
            return True
        asked = self.reset_asked_at
        fresh = asked is not None and at - asked <= RESET_WAITS
        if fresh and self.reset_asked_by != by:
            return True
        self.reset_asked_by, self.reset_asked_at = by, at
        return False

    def reset(self, *, at: datetime) -> AccessRevoked:
        """Forget her password and device; she enrols anew with another code."""
        self._step(Move.RESET, at=at)
        self._forget()
        return revoked(AccessOf.PERSON, self.id, at=at)

    def _forget(self) -> None:
        self.password_hash = self.totp_secret = self.totp_step = None
        self.reset_asked_by = self.reset_asked_at = None

    def _step(self, move: Move, *, at: datetime) -> None:
        if (self.standing, move) not in STEPS:
            raise MoveNotAllowed("person", move.value, self.standing.value)
        self.standing, self.since = STEPS[self.standing, move], at


def a_sign_in(typed: str) -> str:
    """Return the name to sign in with, in small letters; Invalid when it cannot be one."""
    tidy = typed.strip().lower()
    if not 3 <= len(tidy) <= 64 or set(tidy) - _SIGN_IN_LETTERS:
        message = worded("Pakai 3 sampai 64 huruf kecil, angka, titik, garis.")
        raise Invalid(fields={"sign_in": [message]})
    return tidy
