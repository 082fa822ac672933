"""Wrong tries, kept in the database so that every process counts the same ones."""

from datetime import datetime

from sqlalchemy import Connection, select

from services.auth.domain.throttle import Throttle
from services.auth.storage import tables
from shared.identifiers import new_id
from shared.storage.vault import Vault


class Tries:
    """Counts wrong tries about an account or an address, neither of which can be read here."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def check(self, throttle: Throttle, about: str, *, at: datetime) -> None:
        """Raise TooMany while somebody has to wait."""
        rows = tables.tries.c
        query = select(rows.at).where(
            rows.about == self._blind(about), rows.at > at - throttle.within
        )
        throttle.check(list(self._connection.execute(query).scalars()), at=at)

    def wrong(self, *abouts: str, at: datetime) -> None:
        """Note a wrong try about each of these."""
        for about in abouts:
            row = {"id": new_id(), "about": self._blind(about), "at": at}
            self._connection.execute(tables.tries.insert().values(**row))

    def forget(self, about: str) -> None:
        """Forget the wrong tries about an account whose owner has come in."""
        mine = tables.tries.c.about == self._blind(about)
        self._connection.execute(tables.tries.delete().where(mine))

    def _blind(self, about: str) -> bytes:
        return self._vault.blind("tries", about)
