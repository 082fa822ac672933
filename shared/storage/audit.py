"""The audit trail: what was read, written and denied, hash-chained, in the same transaction.

A chain alone does not catch the one who owns the database and cuts its tail or computes it
anew; so its head goes out as an event and the other services keep it (security.md, section 9).
Rows hold ids and codes only.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Integer, MetaData, String, Table, Uuid, select
from sqlalchemy.exc import SQLAlchemyError

from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.protection import FieldClass
from shared.errors import AuditUnavailable
from shared.identifiers import new_id
from shared.security.actor import Actor
from shared.storage.columns import column
from shared.storage.dialect import for_update, insert_or_ignore
from shared.storage.types import Code, Json, UtcDateTime

START: Final = "0" * 64
_HASHED: Final = (
    "position", "row_id", "at", "actor_id", "actor_kind", "org", "session_id", "machine_id",
    "action", "object_kind", "object_ids", "field_classes", "outcome", "note", "correlation_id",
)  # fmt: skip


@dataclass(frozen=True)
class AuditTables:
    """The trail, its head, and the heads of the other services' trails."""

    rows: Table
    head: Table
    anchors: Table


def audit_tables(metadata: MetaData) -> AuditTables:
    """Add the audit trail to a service's own schema."""
    rows = Table(
        "audit",
        metadata,
        column("position", Integer, primary_key=True, autoincrement=False),
        column("row_id", Uuid),
        column("at", UtcDateTime),
        column("actor_id", Uuid, nullable=True),
        column("actor_kind", String(20)),
        column("org", Uuid, nullable=True),
        column("session_id", Uuid, nullable=True),
        column("machine_id", String(80)),
        column("action", String(80)),
        column("object_kind", String(40)),
        column("object_ids", Json),
        column("field_classes", Json),
        column("outcome", String(10)),
        column("note", String(80)),
        column("correlation_id", String(64)),
        column("previous", String(64)),
        column("hash", String(64)),
    )
    head = Table(
        "audit_head",
        metadata,
        column("id", Integer, primary_key=True, autoincrement=False),
        column("position", Integer),
        column("hash", String(64)),
        column("anchored", Integer),
    )
    anchors = Table(
        "audit_anchors",
        metadata,
        column("publisher", Code(Publisher), primary_key=True),
        column("position", Integer, primary_key=True, autoincrement=False),
        column("hash", String(64)),
        column("received_at", UtcDateTime),
    )
    return AuditTables(rows, head, anchors)


class AuditTrail:
    """The trail of one unit of work; if it cannot be written, the unit of work fails with it.

    Rows wait until ``write``, the last thing before the commit: who holds the head of the chain
    then waits for nothing else, so two units of work cannot block each other for good.
    """

    def __init__(self, tables: AuditTables, connection: Connection, correlation_id: str) -> None:
        self._tables = tables
        self._connection = connection
        self._correlation_id = correlation_id
        self._waiting: list[Mapping[str, Any]] = []

    def read(
        self,
        actor: Actor,
        action: str,
        kind: str,
        ids: Iterable[UUID],
        classes: Iterable[FieldClass] = (),
    ) -> None:
        """Record that the actor was shown these rows."""
        self._add(actor, _what("read", action, kind, ids, classes))

    def wrote(
        self,
        actor: Actor | None,
        action: str,
        kind: str,
        ids: Iterable[UUID],
        classes: Iterable[FieldClass] = (),
    ) -> None:
        """Record that the actor (None: the system itself) changed these rows."""
        self._add(actor, _what("wrote", action, kind, ids, classes))

    def denied(self, actor: Actor | None, action: str, code: str) -> None:
        """Record that something was asked for and refused, with the stable code of the refusal."""
        self._add(actor, _what("denied", action, "route", (), ()) | {"note": code[:80]})

    @property
    def waiting(self) -> int:
        """How many rows wait to be written."""
        return len(self._waiting)

    def forget_after(self, count: int) -> None:
        """Forget the rows that came after so many: what they tell was undone."""
        del self._waiting[count:]

    def write(self) -> None:
        """Put the waiting rows on file; AuditUnavailable when the database does not take them."""
        if not self._waiting:
            return
        try:
            self._append(lock_head(self._connection, self._tables))
        except SQLAlchemyError as error:
            raise AuditUnavailable from error
        self._waiting.clear()

    def _add(self, actor: Actor | None, what: Mapping[str, Any]) -> None:
        self._waiting.append({**_who(actor), "note": "", **what, "row_id": new_id()})

    def _append(self, head: Mapping[str, Any]) -> None:
        position, previous, rows = head["position"], head["hash"], []
        for waiting in self._waiting:
            position += 1
            row = {
                **waiting,
                "position": position,
                "at": now(),
                "correlation_id": self._correlation_id,
                "previous": previous,
            }
            row["hash"] = previous = hash_of(row)
            rows.append(row)
        self._connection.execute(self._tables.rows.insert(), rows)
        self._connection.execute(
            self._tables.head.update().values(position=position, hash=previous)
        )


def _what(
    outcome: str, action: str, kind: str, ids: Iterable[UUID], classes: Iterable[FieldClass]
) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "action": action[:80],
        "object_kind": kind,
        "object_ids": sorted(str(one) for one in ids),
        "field_classes": sorted(one.value for one in classes),
    }


def hash_of(row: Mapping[str, Any]) -> str:
    """Return the hash of a row, over its content and the hash before it."""
    content = {name: str(row[name]) if row[name] is not None else None for name in _HASHED}
    content["at"] = row["at"].isoformat()
    text = json.dumps([row["previous"], content], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def lock_head(connection: Connection, tables: AuditTables) -> Mapping[str, Any]:
    """Lock the head of the chain until commit and return it."""
    start = {"id": 1, "position": 0, "hash": START, "anchored": 0}
    query = for_update(connection, select(tables.head).where(tables.head.c.id == 1))
    found = connection.execute(query).mappings().one_or_none()
    if found is None:
        insert_or_ignore(connection, tables.head, start, unless=["id"])
        found = connection.execute(query).mappings().one()
    return dict(found)


def breaks(connection: Connection, tables: AuditTables, publisher: Publisher) -> Iterator[str]:
    """Walk a service's own chain and yield each place where it does not hold."""
    previous, expected = START, 1
    for found in connection.execute(select(tables.rows).order_by(tables.rows.c.position)):
        row = dict(found._mapping)
        if row["position"] != expected or row["previous"] != previous:
            yield f"{publisher}: gap before {row['position']}"
        if hash_of(row) != row["hash"]:
            yield f"{publisher}: altered {row['position']}"
        previous, expected = row["hash"], row["position"] + 1
    head = lock_head(connection, tables)
    if (head["position"], head["hash"]) != (expected - 1, previous):
        yield f"{publisher}: the head does not fit"


def not_as_anchored(
    connection: Connection, tables: AuditTables, anchors: Mapping[int, str], publisher: Publisher
) -> Iterator[str]:
    """Yield each position at which the chain is not what another service was told."""
    for position, told in sorted(anchors.items()):
        query = select(tables.rows.c.hash).where(tables.rows.c.position == position)
        if connection.execute(query).scalar_one_or_none() != told:
            yield f"{publisher}: {position} is not as it was anchored"


def _who(actor: Actor | None) -> dict[str, Any]:
    if actor is None:
        nobody = dict.fromkeys(("actor_id", "org", "session_id"))
        return {**nobody, "actor_kind": "system", "machine_id": ""}
    return {
        "actor_id": actor.id,
        "actor_kind": actor.kind.value,
        "org": actor.org,
        "session_id": actor.session_id,
        "machine_id": actor.machine_id[:80],
    }
