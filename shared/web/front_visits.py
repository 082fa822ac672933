"""Who is signed in at a front: rows on the server, of which the browser holds only a number.

What a visit keeps (tokens, half a sign-in, what somebody had typed) is sealed in its row.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, select

from shared.identifiers import named_id, new_id
from shared.storage.dialect import for_update
from shared.storage.types import EncryptedJson
from shared.storage.work import Ground, Work, begin_with

#: The space in which each front's sealing key has its owner.
_OWNERS: Final = UUID("0197a000-0000-7000-8000-0000000f2047")
_COOKIE_BYTES: Final = 32
#: How often a visit notes that it is used.
_NOTED: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Visit:
    """One browser at a front; signed in when it has a person."""

    id: UUID
    cookie: str
    person_id: UUID | None
    session_id: UUID | None
    kept: dict[str, Any]
    seen_at: datetime

    @property
    def secret(self) -> bytes:
        """What the tokens of its forms are made with."""
        return self.cookie.encode()


class Visits:
    """The visits of one front."""

    def __init__(self, ground: Ground, front: str) -> None:
        self._ground = ground
        self._table = ground.kit.front_sessions
        self._front = front
        self._owner = named_id(_OWNERS, front)

    def open(
        self,
        kept: dict[str, Any],
        *,
        person_id: UUID | None = None,
        session_id: UUID | None = None,
        at: datetime,
        until: datetime,
    ) -> Visit:
        """Begin a visit under a new number."""
        visit_id, cookie = new_id(), secrets.token_urlsafe(_COOKIE_BYTES)
        with begin_with(Work, self._ground) as work:
            row = {
                "id": visit_id,
                "id_digest": _digest(cookie),
                "front": self._front,
                "person_id": person_id,
                "session_id": session_id,
                "kept": self._sealed(work, visit_id, kept),
                "made_at": at,
                "seen_at": at,
                "until": until,
            }
            work.connection.execute(self._table.insert().values(**row))
        return Visit(visit_id, cookie, person_id, session_id, kept, at)

    def find(self, cookie: str, *, at: datetime, idle: timedelta) -> Visit | None:
        """Return the visit of a number, unless it is over or has rested too long."""
        with begin_with(Work, self._ground) as work:
            rows = self._table.c
            query = select(self._table).where(
                rows.id_digest == _digest(cookie),
                rows.front == self._front,
                rows.until > at,
                rows.seen_at > at - idle,
            )
            row = work.connection.execute(query).one_or_none()
            if row is None:
                return None
            self._note(work, row, at)
            return self._visit(work, row, cookie)

    @contextmanager
    def changing(self, visit: Visit) -> Iterator[dict[str, Any]]:
        """Give what a visit keeps, locked until the block ends; what it is then is kept."""
        with begin_with(Work, self._ground) as work:
            this = self._table.c.id == visit.id
            query = for_update(work.connection, select(self._table).where(this))
            row = work.connection.execute(query).one_or_none()
            kept = self._visit(work, row, visit.cookie).kept if row is not None else {}
            yield kept
            changed = self._table.update().where(this)
            work.connection.execute(changed.values(kept=self._sealed(work, visit.id, kept)))

    def close(self, visit: Visit) -> None:
        """End a visit; its number opens nothing any more."""
        with begin_with(Work, self._ground) as work:
            work.connection.execute(self._table.delete().where(self._table.c.id == visit.id))

    def _note(self, work: Work, row: Row[Any], at: datetime) -> None:
        if at - row.seen_at > _NOTED:
            this = self._table.update().where(self._table.c.id == row.id)
            work.connection.execute(this.values(seen_at=at))

    def _visit(self, work: Work, row: Row[Any], cookie: str) -> Visit:
        kept = work.vault.open(self._owner, EncryptedJson(), row.kept, _place(row.id))
        return Visit(row.id, cookie, row.person_id, row.session_id, kept, row.seen_at)

    def _sealed(self, work: Work, visit_id: UUID, kept: dict[str, Any]) -> Any:
        return work.vault.seal(self._owner, EncryptedJson(), kept, _place(visit_id))


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode()).digest()


def _place(visit_id: UUID) -> str:
    return f"front_sessions|kept|{visit_id}"
