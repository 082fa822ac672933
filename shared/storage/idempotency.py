"""Answers that were given, so that the same request asked twice is done once.

The row lies in the same transaction as the change: a crash leaves both or none. Of a key only
its SHA-256 is kept, for a caller may put into it what she likes.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Integer, MetaData, String, Table, Uuid, select

from shared.clock import now
from shared.contracts.protection import FieldClass
from shared.errors import Conflict, KeyReused
from shared.storage.columns import column
from shared.storage.dialect import insert_or_ignore
from shared.storage.types import EncryptedJson, UtcDateTime
from shared.storage.vault import Vault


class AnsweredBefore(Conflict):
    """The request was answered before, and what it told is shown only once."""

    code = "answered_before"
    id = "Permintaan ini sudah dijawab; kode hanya ditampilkan satu kali."
    en = "This request was already answered; the code is shown only once."


@dataclass(frozen=True)
class Answer:
    """An answer as it was given the first time."""

    status: int
    headers: dict[str, str]
    body: str


def idempotency_table(metadata: MetaData) -> Table:
    """Add the given answers to a service's own schema."""
    return Table(
        "idempotency",
        metadata,
        column("caller_id", Uuid, primary_key=True),
        column("key", String(200), primary_key=True),
        column("request", String(64)),
        column("status", Integer, nullable=True),
        column("answer", EncryptedJson, FieldClass.INTERNAL_NOTES, nullable=True),
        column("made_at", UtcDateTime),
    )


class Once:
    """Remembers answers by caller and key within one unit of work."""

    def __init__(self, table: Table, connection: Connection, vault: Vault) -> None:
        self._table = table
        self._connection = connection
        self._vault = vault

    def claim(self, caller_id: UUID, key: str, request: str) -> Answer | None:
        """Claim a key; return the earlier answer when the same request was answered before.

        Raises KeyReused when the key belongs to another request, AnsweredBefore when the answer
        was not kept. A second caller with the same key waits here until the first has committed.
        """
        kept = _digest(key)
        row = {"caller_id": caller_id, "key": kept, "request": request, "made_at": now()}
        if insert_or_ignore(self._connection, self._table, row, unless=["caller_id", "key"]):
            return None
        found = self._connection.execute(select(self._table).where(self._of(caller_id, key))).one()
        if found.request != request:
            raise KeyReused
        if found.answer is None:
            raise AnsweredBefore
        body = self._vault.open(caller_id, EncryptedJson(), found.answer, self._place(key))
        return Answer(status=found.status, headers=body["headers"], body=body["body"])

    def keep(self, caller_id: UUID, key: str, answer: Answer) -> None:
        """Keep the answer with the claim."""
        kept = {"headers": answer.headers, "body": answer.body}
        sealed = self._vault.seal(caller_id, EncryptedJson(), kept, self._place(key))
        self._connection.execute(
            self._table.update()
            .where(self._of(caller_id, key))
            .values(status=answer.status, answer=sealed)
        )

    def _of(self, caller_id: UUID, key: str) -> ColumnElement[bool]:
        return (self._table.c.caller_id == caller_id) & (self._table.c.key == _digest(key))

    @staticmethod
    def _place(key: str) -> str:
        return f"idempotency|answer|{_digest(key)}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
