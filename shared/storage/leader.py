"""Being the only one: a relay or a clock of a service works only while it leads.

On PostgreSQL an advisory lock on a connection of its own, on SQLite ``flock`` on a file beside
the database. Both vanish with the process, also when it is killed. A leader that was stopped for
a while can at worst send something twice, which the inboxes drop (messaging.md, 6.5).
"""

import fcntl
import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from shared.storage.dialect import try_lock
from shared.storage.work import Ground


class Leader:
    """Leads one kind of work (``relay``, ``clock``) of one service, or waits for the chance."""

    def __init__(self, ground: Ground, name: str) -> None:
        of = f"{ground.publisher}.{name}"
        self._seat = _File(ground, of) if ground.database.sqlite else _Lock(ground, of)

    def __enter__(self) -> Self:
        """Return this leader, which does not lead yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let another one lead."""
        self.release()

    def try_lead(self) -> bool:
        """Lead if nobody else does, and return whether we lead now. It never waits."""
        return self._seat.held() or self._seat.take()

    def still_leading(self) -> bool:
        """Return whether we lead; once lost, it has to be taken again."""
        return self._seat.held()

    def release(self) -> None:
        """Let another one lead; nothing happens when we do not."""
        self._seat.leave()


class _Lock:
    """A lock in PostgreSQL that is lost with its connection."""

    def __init__(self, ground: Ground, of: str) -> None:
        self._engine = ground.database.engine
        self._number = number_of(of)
        self._connection: Connection | None = None

    def take(self) -> bool:
        try:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except DBAPIError:
            return False
        connection.detach()  # never back to the pool, where the lock would live on
        self._connection = connection
        if self._try(connection):
            return True
        self.leave()
        return False

    def held(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(select(1))
        except DBAPIError:
            self.leave()
            return False
        return True

    def leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _try(self, connection: Connection) -> bool:
        try:
            return try_lock(connection, self._number)
        except DBAPIError:
            return False


class _File:
    """A locked file beside the SQLite database."""

    def __init__(self, ground: Ground, of: str) -> None:
        self._path = Path(f"{ground.database.url.database}.{of}.lock")
        self._file: int | None = None

    def take(self) -> bool:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        if self.held():
            return True
        self.leave()  # the file was replaced while we took it
        return False

    def held(self) -> bool:
        if self._file is None:
            return False
        if not self._path.exists() or not os.path.samestat(os.fstat(self._file), self._path.stat()):
            self.leave()
            return False
        return True

    def leave(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def number_of(name: str) -> int:
    """Return the number that stands for a name in PostgreSQL's advisory locks (64 bits, signed)."""
    digest = hashlib.sha256(f"rajut {name}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
