"""Where each task is done, and which are done when somebody says so."""

from collections.abc import Mapping
from typing import Any, Final

from services.intake.actions.policies import CASE_MANAGERS
from shared.security.actor import Actor

#: What follows the address of the referral, and that of the case, by the kind of task.
_OF_REFERRAL: Final[Mapping[str, str]] = {"answer-partner": "/langkah/jawab"}
_OF_CASE: Final[Mapping[str, str]] = {"contact": "/pemantauan"}
#: Done by talking to somebody: no event need follow. The others end when the work itself is done.
_BY_HAND: Final = frozenset(
    {
        "meet-danger",
        "ask-partner",
        "ask-about-service",
        "see-that-partner-stops",
        "settle-answer",
    }
)


def done_by_hand(task: Mapping[str, Any], who: Actor) -> bool:
    """Return whether the one who asks may say that a task is done."""
    return str(task["kind"]) in _BY_HAND and who.holds(CASE_MANAGERS.roles)


def where_done(task: Mapping[str, Any]) -> str:
    """Return the address of the page where a task is done."""
    case_id, referral_id = task.get("case_id"), task.get("referral_id")
    if case_id is None:
        return f"/pengaduan/{task.get('report_id')}"
    kind = str(task["kind"])
    if referral_id is None or kind in _OF_CASE:
        return f"/kasus/{case_id}{_OF_CASE.get(kind, '')}"
    return f"/kasus/{case_id}/rujukan/{referral_id}{_OF_REFERRAL.get(kind, '')}"
