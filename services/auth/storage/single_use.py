"""What is good once: the database decides who was first, however many ask at the same moment."""

from datetime import datetime

from sqlalchemy import Connection, Table

from services.auth.storage import tables
from shared.storage.dialect import insert_or_ignore


class SingleUse:
    """Uses up codes, refresh tokens and assertions, each exactly once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def code(self, digest: str, *, at: datetime) -> bool:
        """Use up an authorization code; False when it was used up before."""
        return self._first(tables.codes, digest, at)

    def refresh_token(self, digest: str, *, at: datetime) -> bool:
        """Use up a refresh token; False when it was used up before."""
        return self._first(tables.refresh_tokens, digest, at)

    def assertion(self, digest: str, *, ends_at: datetime) -> bool:
        """Note an assertion; False when it was shown before."""
        row = {"digest": digest, "ends_at": ends_at}
        return insert_or_ignore(self._connection, tables.assertions, row, unless=["digest"])

    def _first(self, table: Table, digest: str, at: datetime) -> bool:
        fresh = (table.c.digest == digest) & table.c.used_at.is_(None)
        return (
            self._connection.execute(table.update().where(fresh).values(used_at=at)).rowcount == 1
        )
