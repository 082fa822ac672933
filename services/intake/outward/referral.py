"""Sends a referral, and asks the directory and the referral's own page for what a screen shows.

The referral service may not have heard of a consent yet when the sending arrives: events take a
moment. It then answers a stable 409, and the same sending is tried again with the same key.
"""

from collections.abc import Callable, Mapping
from time import sleep
from typing import Any, Final
from uuid import UUID

from shared.errors import RajutError
from shared.http.calls import Line

_BASE: Final = "/api/referral/v1"
NOT_YET: Final = frozenset({"consent_not_yet_known", "not_yet_known"})
#: Pauses between tries, in seconds: about four seconds in all, twice what an event may take.
PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.0, 1.5)


def send(
    line: Line, body: Mapping[str, Any], *, key: str, wait: Callable[[float], None] = sleep
) -> dict[str, Any]:
    """Send a referral; try again while its consent is still on the way. Raises what is refused."""
    for pause in PAUSES:
        try:
            return _post(line, body, key)
        except RajutError as refused:
            if refused.code not in NOT_YET:
                raise
            wait(pause)
    return _post(line, body, key)


def institutions(line: Line, service: str | None = None) -> list[dict[str, Any]]:
    """Return the partners in the directory, those that give a service when one is named."""
    found = line.get(f"{_BASE}/institutions", service=service)
    return list(found.get("items", found) if isinstance(found, Mapping) else found)


def institution(line: Line, institution_id: UUID) -> dict[str, Any]:
    """Return one entry of the directory."""
    return dict(line.get(f"{_BASE}/institutions/{institution_id}"))


def one(line: Line, referral_id: UUID) -> dict[str, Any]:
    """Return one referral as its unit sees it."""
    return dict(line.get(f"{_BASE}/referrals/{referral_id}"))


def record_answer(
    line: Line, referral_id: UUID, answer: Mapping[str, Any], *, key: str
) -> dict[str, Any]:
    """Write down what a partner answered by letter or telephone."""
    path = f"{_BASE}/referrals/{referral_id}/recorded-answer"
    return dict(line.post(path, dict(answer), key=key))


def history(line: Line, referral_id: UUID) -> list[dict[str, Any]]:
    """Return every move of a referral, oldest first: who, when, by which door, how verified."""
    return list(line.get(f"{_BASE}/referrals/{referral_id}/history"))


def make_move(
    line: Line, referral_id: UUID, address: str, said: Mapping[str, Any], *, key: str
) -> dict[str, Any]:
    """Make one of the unit's moves; ``address`` is its last part (``information``, say)."""
    return dict(line.post(f"{_BASE}/referrals/{referral_id}/{address}", dict(said), key=key))


def _post(line: Line, body: Mapping[str, Any], key: str) -> dict[str, Any]:
    return dict(line.post(f"{_BASE}/referrals", dict(body), key=key))
