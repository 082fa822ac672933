"""The keyring of a service: one key per case, report, person or institution, wrapped."""

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, LargeBinary, MetaData, Table, Uuid, select

from shared.clock import now
from shared.security.sealing import BrokenSeal, MasterKeys, seal, unseal
from shared.storage.columns import column
from shared.storage.dialect import insert_or_ignore
from shared.storage.types import EncryptedJson, EncryptedText, Sealed, UtcDateTime


def keyring_table(metadata: MetaData) -> Table:
    """Add the keyring to a service's own schema."""
    return Table(
        "keyring",
        metadata,
        column("owner_id", Uuid, primary_key=True),
        column("master_version", Integer),
        column("wrapped", LargeBinary),
        column("made_at", UtcDateTime),
    )


class Vault:
    """Seals and opens fields within one unit of work. Destroying an owner's key erases them all."""

    def __init__(self, connection: Connection, keyring: Table, masters: MasterKeys) -> None:
        self._connection = connection
        self._keyring = keyring
        self._masters = masters
        self._known: dict[UUID, bytes] = {}

    def seal(self, owner: UUID, kind: EncryptedText | EncryptedJson, value: Any, at: str) -> Sealed:
        """Seal a value for its owner at its place ``table|column|row``."""
        return Sealed(seal(self._key(owner, make=True), kind.to_bytes(value), f"{at}|{owner}"))

    def open(self, owner: UUID, kind: EncryptedText | EncryptedJson, value: Sealed, at: str) -> Any:
        """Open a sealed value; raise BrokenSeal when it was altered, moved or erased."""
        return kind.from_bytes(unseal(self._key(owner, make=False), value, f"{at}|{owner}"))

    def blind(self, purpose: str, value: str) -> bytes:
        """Return the keyed digest by which an exact value is searched."""
        return self._masters.blind(purpose, value)

    def destroy(self, owner: UUID) -> None:
        """Erase an owner's key: nothing sealed for it can be read again."""
        self._connection.execute(self._keyring.delete().where(self._keyring.c.owner_id == owner))
        self._known.pop(owner, None)

    def _key(self, owner: UUID, *, make: bool) -> bytes:
        if owner not in self._known:
            if make:
                self._make(owner)
            self._known[owner] = self._read(owner)
        return self._known[owner]

    def _make(self, owner: UUID) -> None:
        version, wrapped = self._masters.wrap(secrets.token_bytes(32), owner)
        values = {"owner_id": owner, "master_version": version, "wrapped": wrapped}
        insert_or_ignore(
            self._connection, self._keyring, values | {"made_at": now()}, unless=["owner_id"]
        )

    def _read(self, owner: UUID) -> bytes:
        query = select(self._keyring.c.master_version, self._keyring.c.wrapped)
        row = self._connection.execute(query.where(self._keyring.c.owner_id == owner)).one_or_none()
        if row is None:
            raise BrokenSeal(f"no key for {owner}")
        return self._masters.unwrap(row.master_version, row.wrapped, owner)
