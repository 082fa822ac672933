"""Names that intake does not keep: of institutions and of the people of the unit.

They are asked of their owners and kept for a few minutes; when nobody answers, a code stands in.
"""

import time
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import g, request

from services.intake.outward import referral as directory
from services.intake.web.workspace import line, pages, tolerantly
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.http.guard import actor

_KEPT: Final = 180.0
_cache: dict[tuple[str, UUID | None], tuple[float, Any]] = {}


def institutions() -> dict[str, dict[str, Any]]:
    """Return the directory by institution id; empty when it does not answer."""
    found = _kept("institutions", lambda: directory.institutions(line(Publisher.REFERRAL)))
    return {str(one["id"]): one for one in found or ()}


def institution_name(institution_id: UUID | str) -> str:
    """Return the name of a partner, or its short id when nobody knows it now."""
    found = institutions().get(str(institution_id))
    return str(found["name"]) if found else str(institution_id)[-6:]


def colleagues(*, roles: frozenset[Role] = frozenset()) -> dict[str, str]:
    """Return the people of the unit by id, those with one of the roles when some are named."""
    found = _kept("people", lambda: line(Publisher.AUTH).get("/api/auth/v1/people"))
    wanted = {role.value for role in roles}
    return {
        str(one["id"]): str(one["name"])
        for one in found or ()
        if not wanted or wanted & set(one["roles"])
    }


def unit_name() -> str:
    """Return the name of the unit one works for; empty when nobody tells it now."""
    address = f"/api/auth/v1/institutions/{actor().org}"
    found = _kept("unit", lambda: tolerantly(lambda: line(Publisher.AUTH).get(address)) or {})
    return str(found.get("name", ""))


@pages.context_processor
def _whose_page() -> dict[str, Any]:
    """Give whole pages of somebody signed in the name of her unit."""
    whole = g.get("actor") is not None and "HX-Request" not in request.headers
    return {"unit_name": unit_name() if whole else ""}


def _kept(what: str, ask: Callable[[], Any]) -> Any:
    key, now = (what, actor().org), time.monotonic()
    if key in _cache and _cache[key][0] > now:
        return _cache[key][1]
    found = tolerantly(ask)
    if found is not None:
        _cache[key] = (now + _KEPT, found)
    return found
