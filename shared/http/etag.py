"""ETag and If-Match by version: nobody overwrites what somebody else changed meanwhile."""

import re
from typing import Final

from flask import Response, request

from shared.errors import ConditionMissing, RajutError, Stale

_TAG: Final = re.compile(r'(?:W/)?"?v([0-9]{1,9})"?')


class BrokenCondition(RajutError):
    """If-Match is not one of our tags."""

    code = "condition_broken"
    id = "Header If-Match tidak dapat dibaca."
    en = "The If-Match header cannot be read."


def tag_of(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"v{version}"'


def if_match() -> int | None:
    """Return the version the caller saw, or None when not told (or ``*``)."""
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        return None
    tag = _TAG.fullmatch(given)
    if tag is None:
        raise BrokenCondition
    return int(tag[1])


def must_match() -> int:
    """Return the version the caller saw; ConditionMissing (428) when not told."""
    found = if_match()
    if found is None:
        raise ConditionMissing
    return found


def check_match(seen: int | None, version: int) -> None:
    """Raise Stale when the caller saw another version than there is now."""
    if seen is not None and seen != version:
        raise Stale


def tagged(response: Response, version: int) -> Response:
    """Put the tag on an answer, or turn it into 304 when the caller has that version."""
    response.headers["ETag"] = tag_of(version)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def unchanged(version: int) -> Response | None:
    """Return a 304 when If-None-Match names this version (no audit row is due then), else None."""
    if tag_of(version) in request.headers.get("If-None-Match", ""):
        return tagged(Response(status=304), version)
    return None
