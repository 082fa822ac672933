"""The few statements that SQLite and PostgreSQL spell differently stand here and nowhere else."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, text
from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(
    connection: Connection, table: Table, values: Mapping[str, Any], *, unless: Sequence[str]
) -> bool:
    """Insert a row unless one like it in ``unless`` is there; return whether it went in."""
    stated: Any = _insert(connection, table).values(**values)
    ignoring = stated.on_conflict_do_nothing(index_elements=list(unless))
    # Asked back rather than counted: for an INSERT the driver's count may not be kept (-1).
    back = ignoring.returning(table.c[unless[0]])
    return connection.execute(back).first() is not None


def insert_or_update(
    connection: Connection, table: Table, values: Mapping[str, Any], *, key: Sequence[str]
) -> None:
    """Insert a row, or overwrite the one with the same key."""
    stated: Any = _insert(connection, table).values(**values)
    rest = {name: value for name, value in values.items() if name not in key}
    connection.execute(stated.on_conflict_do_update(index_elements=list(key), set_=rest))


def bump(connection: Connection, table: Table, key: Mapping[str, Any], counter: str) -> int:
    """Raise a counter row by one, or make it at 1, and return it; locked until commit."""
    stated: Any = _insert(connection, table).values(**key, **{counter: 1})
    raised = stated.on_conflict_do_update(
        index_elements=list(key), set_={counter: table.c[counter] + 1}
    ).returning(table.c[counter])
    return int(connection.execute(raised).scalar_one())


def for_update(connection: Connection, query: Select[Any]) -> Select[Any]:
    """Lock the rows read until commit. SQLite has the write lock already."""
    return query if connection.dialect.name == "sqlite" else query.with_for_update()


def try_lock(connection: Connection, number: int) -> bool:
    """Take a lock that lasts as long as this connection, on PostgreSQL; True elsewhere."""
    if connection.dialect.name == "sqlite":
        return True
    taken = connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": number})
    return bool(taken.scalar_one())


def notify(connection: Connection, channel: str) -> None:
    """Wake those who listen, at commit. SQLite has nobody to wake from outside."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": channel})


def _insert(connection: Connection, table: Table) -> Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
