"""Keyset paging: an opaque cursor and a ``Link`` header; a page is never skipped or repeated."""

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, urlencode

from flask import request

from shared.errors import Invalid

T = TypeVar("T")
LARGEST: Final = 200
USUAL: Final = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list, and the cursor of the next one ("" at the end)."""

    items: Sequence[T]
    next: str


def limit_asked() -> int:
    """Return how many rows the caller wants; Invalid when not a number from 1 to 200."""
    given = request.args.get("limit", str(USUAL))
    if not re.fullmatch(r"[0-9]{1,3}", given) or not 1 <= int(given) <= LARGEST:
        raise Invalid(fields={"limit": [f"1..{LARGEST}"]})
    return int(given)


def cursor_asked(
    name: str = "cursor", *, kinds: Sequence[Callable[[str], Any]] = ()
) -> list[Any] | None:
    """Return the key after which the page starts, or None at the beginning.

    ``kinds`` turns each part of the key into what it was (``datetime.fromisoformat``, ``UUID``);
    a cursor that is not one of ours is Invalid.
    """
    given = request.args.get(name, "")
    if not given:
        return None
    try:
        parts = _read(given)
        return [kind(part) for kind, part in zip(kinds or [str] * len(parts), parts, strict=True)]
    except (ValueError, RecursionError):
        raise Invalid(fields={name: ["wrong_type"]}) from None


def page(rows: Sequence[T], limit: int, key: Callable[[T], Sequence[Any]]) -> Page[T]:
    """Return a page from ``limit + 1`` rows: the surplus row only tells that more follow."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(items=shown, next=_cursor(key(shown[-1])) if more else "")


def link_header(found: Page[Any]) -> dict[str, str]:
    """Return the ``Link`` header to the next page (RFC 8288), empty at the end."""
    if not found.next:
        return {}
    asked = [pair for pair in request.args.items(multi=True) if pair[0] != "cursor"]
    query = urlencode([*asked, ("cursor", found.next)])
    return {"Link": f'<{quote(request.path)}?{query}>; rel="next"'}


def _read(given: str) -> list[str]:
    parts = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError("not a cursor of ours")
    return parts


def _cursor(key: Sequence[Any]) -> str:
    text = json.dumps([str(part) for part in key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
