"""Sessions, and what is shown once to begin or to go on with one."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement

from services.auth.domain.session import AuthorizationCode, EndedBy, RefreshToken, Session
from services.auth.domain.sign_in import SignIn
from services.auth.storage import tables
from shared.storage.rows import Rows

if TYPE_CHECKING:
    from shared.storage.work import Work

_sessions = tables.sessions.c


class Sessions(Rows[Session]):
    """The sessions. Ending one is a single statement, so that one of several enders is first."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work, tables.sessions, Session)

    def open_of(self, person_id: UUID) -> list[Session]:
        """Return what somebody has not ended, the last used first."""
        order = _sessions.last_used_at.desc()
        return self.find(_sessions.person_id == person_id, _open(), order=order)

    def own(self, person_id: UUID, session_id: UUID) -> Session:
        """Return a session of this person; NotFound for those of others."""
        return self.get(session_id, _sessions.person_id == person_id)

    def end(self, session_id: UUID, why: EndedBy, *, at: datetime) -> bool:
        """End one; False when it was ended before."""
        return self._end(_sessions.id == session_id, why, at=at) == 1

    def end_all(self, person_id: UUID, why: EndedBy, *, at: datetime) -> int:
        """End everything somebody has open, and return how many that were."""
        return self._end(_sessions.person_id == person_id, why, at=at)

    def _end(self, which: ColumnElement[bool], why: EndedBy, *, at: datetime) -> int:
        ended = {"ended_at": at, "ended_by": why, "version": _sessions.version + 1}
        changed = tables.sessions.update().where(which, _open()).values(**ended)
        return self._work.connection.execute(changed).rowcount


class Codes(Rows[AuthorizationCode]):
    """The authorization codes."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work, tables.codes, AuthorizationCode)

    def made_for(self, machine_id: UUID, digest: str) -> AuthorizationCode | None:
        """Return a code that was made for this client, used up or not."""
        rows = tables.codes.c
        return self.first(rows.digest == digest, rows.machine_id == machine_id)


class RefreshTokens(Rows[RefreshToken]):
    """The refresh tokens."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work, tables.refresh_tokens, RefreshToken)

    def by_digest(self, digest: str) -> RefreshToken | None:
        """Return a token, used up or not."""
        return self.first(tables.refresh_tokens.c.digest == digest)


class SignIns(Rows[SignIn]):
    """Half-way sign-ins."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work, tables.sign_ins, SignIn)

    def by_cookie(self, digest: str, *, request: str) -> SignIn | None:
        """Return the sign-in of this browser for this very request of a front."""
        rows = tables.sign_ins.c
        return self.first(rows.cookie_digest == digest, rows.request_digest == request)

    def count_wrong(self, sign_in: SignIn) -> None:
        """Count a wrong code in one statement, under no version, so that none goes uncounted."""
        sign_in.wrong()
        rows = tables.sign_ins
        counted = rows.update().where(rows.c.id == sign_in.id)
        self._work.connection.execute(counted.values(wrong_codes=rows.c.wrong_codes + 1))


def _open() -> ColumnElement[bool]:
    return _sessions.ended_at.is_(None)
