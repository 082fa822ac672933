"""What every route of intake does the same way: the tag of a version, the key of a page."""

from typing import Any, Protocol
from uuid import UUID

from shared.errors import Invalid
from shared.http.etag import tag_of
from shared.http.paging import Page, cursor_asked, limit_asked, link_header, page


class Versioned(Protocol):
    """Something that can be changed, and says how often it was."""

    version: int


def tagged(found: Versioned, status: int = 200) -> Any:
    """Return an answer with the tag that If-Match wants."""
    return found, status, {"ETag": tag_of(found.version)}


def asked() -> tuple[int, UUID | None]:
    """Return how many rows are wanted and after which one."""
    cursor = cursor_asked()
    try:
        return limit_asked(), UUID(cursor[0]) if cursor else None
    except (ValueError, IndexError):
        raise Invalid(fields={"cursor": ["wrong_type"]}) from None


def paged(rows: Any, limit: int) -> Any:
    """Return a page of rows that were asked for with one more than the limit."""
    found: Page[Any] = page(rows, limit, lambda one: [one.id])
    return found.items, 200, link_header(found)
