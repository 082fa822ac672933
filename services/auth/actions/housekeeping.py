"""Forget what has no use any more: old codes, tokens, assertions, tries and sign-ins."""

from datetime import datetime, timedelta
from typing import Final

from services.auth.storage.old_rows import drop_old
from services.auth.storage.work import begin
from shared.storage.work import Ground

#: A used code is known for a day, so that showing it again still ends its family.
_KEPT: Final = timedelta(days=1)


def forget(ground: Ground, at: datetime) -> None:
    """Take old rows off file. A timer asks every hour."""
    with begin(ground) as work:
        drop_old(work.connection, before=at - _KEPT)
