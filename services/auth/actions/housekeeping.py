"""Forget what has no use any more: old codes, tokens, assertions, tries and sign-ins."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Table, select

from services.auth.storage import tables
from services.auth.storage.work import begin
from shared.storage.work import Ground

#: A used code is known for a day, so that showing it again still ends its family.
_KEPT: Final = timedelta(days=1)


def forget(ground: Ground, at: datetime) -> None:
    """Take old rows off file. A timer asks every hour."""
    with begin(ground) as work:
        for table, old in _old(at - _KEPT):
            work.connection.execute(table.delete().where(old))


def _old(before: datetime) -> list[tuple[Table, ColumnElement[bool]]]:
    over = select(tables.sessions.c.id).where(tables.sessions.c.ends_at < before)
    return [
        (tables.codes, tables.codes.c.ends_at < before),
        (tables.assertions, tables.assertions.c.ends_at < before),
        (tables.sign_ins, tables.sign_ins.c.begun_at < before),
        (tables.tries, tables.tries.c.at < before),
        (tables.refresh_tokens, tables.refresh_tokens.c.session_id.in_(over)),
    ]
