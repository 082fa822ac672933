"""Lists that grow by change: in the order of the last change, page by page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from services.referral.domain.referral import Referral
from services.referral.storage.tables import referrals
from services.referral.storage.work import Work
from shared.errors import Invalid


def changed_after(
    work: Work,
    visible: ColumnElement[bool],
    *where: ColumnElement[bool],
    since: datetime | None,
    after: Sequence[Any] | None,
    limit: int,
) -> list[Referral]:
    """Return up to ``limit + 1`` visible referrals, the longest unchanged first."""
    column = referrals.c
    wanted = [visible, *where]
    if since is not None:
        wanted.append(column.changed_at >= since)
    if after is not None:
        wanted.append(_past(*_key(after)))
    order = [column.changed_at, column.id]
    return work.referrals.find(*wanted, order=order, limit=limit + 1)


def _past(changed_at: datetime, referral_id: UUID) -> ColumnElement[bool]:
    column = referrals.c
    same = and_(column.changed_at == changed_at, column.id > referral_id)
    return or_(column.changed_at > changed_at, same)


def _key(after: Sequence[Any]) -> tuple[datetime, UUID]:
    try:
        changed_at, referral_id = after
        return datetime.fromisoformat(changed_at), UUID(referral_id)
    except (ValueError, TypeError):
        raise Invalid(fields={"cursor": ["wrong_type"]}) from None
