"""The timers of intake."""

from datetime import datetime, timedelta
from typing import Final

from services.intake.storage import finding
from services.intake.storage.work import begin
from shared.storage.work import Ground
from shared.worker.timers import Timer

#: A draft nobody went on with is thrown away after this long [P].
DRAFT_KEPT: Final = timedelta(days=14)


def forget_drafts(ground: Ground, at: datetime) -> None:
    """Throw away reports that were begun and left."""
    with begin(ground) as work:
        finding.forget_drafts(work, at - DRAFT_KEPT)


TIMERS: Final = (Timer("forget_drafts", timedelta(hours=6), forget_drafts),)
