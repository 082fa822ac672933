"""Access that was taken back: tokens issued before a moment are void (security.md, 4.7)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, MetaData, Table, Uuid, func, select

from shared.storage.columns import column
from shared.storage.dialect import insert_or_ignore
from shared.storage.types import UtcDateTime


def revocations_table(metadata: MetaData) -> Table:
    """Add the revocations to a service's own schema."""
    return Table(
        "revocations",
        metadata,
        column("subject_id", Uuid, primary_key=True),
        column("not_before", UtcDateTime),
    )


def revoke(connection: Connection, table: Table, subject_id: UUID, not_before: datetime) -> None:
    """Void the tokens of a person, machine, session or institution; never move the moment back."""
    row = {"subject_id": subject_id, "not_before": not_before}
    if not insert_or_ignore(connection, table, row, unless=["subject_id"]):
        connection.execute(
            table.update()
            .where(table.c.subject_id == subject_id, table.c.not_before < not_before)
            .values(not_before=not_before)
        )


def revoked_since(
    connection: Connection, table: Table, subjects: Iterable[UUID]
) -> datetime | None:
    """Return the latest moment before which tokens of any of these subjects are void."""
    query = select(func.max(table.c.not_before)).where(table.c.subject_id.in_(list(subjects)))
    found: datetime | None = connection.execute(query).scalar_one_or_none()
    return found
