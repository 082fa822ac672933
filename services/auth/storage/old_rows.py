"""Rows that have no use any more."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, select

from services.auth.storage import tables


def drop_old(connection: Connection, *, before: datetime) -> None:
    """Take codes, tokens, assertions, tries and sign-ins from before a moment off file."""
    for table, old in _old(before):
        connection.execute(table.delete().where(old))


def _old(before: datetime) -> list[tuple[Table, ColumnElement[bool]]]:
    over = select(tables.sessions.c.id).where(tables.sessions.c.ends_at < before)
    return [
        (tables.codes, tables.codes.c.ends_at < before),
        (tables.assertions, tables.assertions.c.ends_at < before),
        (tables.sign_ins, tables.sign_ins.c.begun_at < before),
        (tables.tries, tables.tries.c.at < before),
        (tables.refresh_tokens, tables.refresh_tokens.c.session_id.in_(over)),
    ]
