"""Where each task is done: the page that its link on the start page leads to."""

from collections.abc import Mapping
from typing import Any, Final

#: What follows the address of the referral, and that of the case, by the kind of task.
_OF_REFERRAL: Final[Mapping[str, str]] = {"answer-partner": "/langkah/jawab"}
_OF_CASE: Final[Mapping[str, str]] = {"contact": "/pemantauan"}


def where_done(task: Mapping[str, Any]) -> str:
    """Return the address of the page where a task is done."""
    case_id, referral_id = task.get("case_id"), task.get("referral_id")
    if case_id is None:
        return f"/pengaduan/{task.get('report_id')}"
    kind = str(task["kind"])
    if referral_id is None or kind in _OF_CASE:
        return f"/kasus/{case_id}{_OF_CASE.get(kind, '')}"
    return f"/kasus/{case_id}/rujukan/{referral_id}{_OF_REFERRAL.get(kind, '')}"
