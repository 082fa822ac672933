"""The partner reads: its referrals, one of them, and the feed of events."""

from typing import Any
from uuid import UUID

from marshmallow import RAISE

from services.referral.actions.answering import see_referral
from services.referral.api.policies import RECEIVING_PARTNER
from services.referral.api.schemas import FeedQuery, InboxQuery
from services.referral.api.shapes import EntryShape, FeedPage, InboxPage, ReceivedShape
from services.referral.api.speaking import hand_of_partner
from services.referral.domain.history import Entry
from services.referral.queries.feed import read_feed
from services.referral.queries.inbox import find_received, get_received, history_received
from services.referral.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.etag import tag_of, unchanged
from shared.http.guard import actor, needs
from shared.http.paging import cursor_asked, limit_asked, link_header, page
from shared.http.routes import Routes
from shared.http.transaction import reads

routes = Routes(
    "inbox",
    __name__,
    url_prefix="/api/referral/v1",
    description="Referrals that a partner received, and what happened to them.",
)


@routes.get("/inbox")
@needs(Scope.REFERRAL_READ, policy=RECEIVING_PARTNER)
@reads(begin)
@routes.arguments(InboxQuery, location="query", unknown=RAISE)
@routes.response(200, InboxPage)
def list_received(work: Work, wanted: dict[str, Any]) -> Any:
    """List the partner's referrals without content, in the order of their last change."""
    limit = limit_asked()
    found = find_received(
        work, actor(), since=wanted.get("since"), after=cursor_asked(), limit=limit
    )
    shown = page(found, limit, lambda one: (one.referral.changed_at, one.referral.id))
    return shown, link_header(shown)


@routes.get("/inbox/<uuid:referral_id>")
@needs(Scope.REFERRAL_READ, policy=RECEIVING_PARTNER)
@reads(begin)
@routes.response(200, ReceivedShape)
def one(work: Work, referral_id: UUID) -> Any:
    """Open one referral; the first time is kept as the moment it was seen."""
    referral = see_referral(work, hand_of_partner({}), referral_id)
    if same := unchanged(referral.version):
        return same
    found = get_received(work, actor(), referral_id)
    return found, {"ETag": tag_of(found.referral.version)}


@routes.get("/inbox/<uuid:referral_id>/history")
@needs(Scope.REFERRAL_READ, policy=RECEIVING_PARTNER)
@reads(begin)
@routes.response(200, EntryShape(many=True))
def history(work: Work, referral_id: UUID) -> list[Entry]:
    """Read every move that was made, by either side."""
    return history_received(work, actor(), referral_id)


@routes.get("/events")
@needs(Scope.REFERRAL_READ, policy=RECEIVING_PARTNER)
@reads(begin)
@routes.arguments(FeedQuery, location="query", unknown=RAISE)
@routes.response(200, FeedPage)
def events(work: Work, wanted: dict[str, Any]) -> Any:
    """Read what happened to your referrals after a position; keep ``after`` for the next time."""
    after = wanted["after"]
    found = read_feed(work, actor(), after=after, limit=limit_asked())
    return {"items": found, "after": found[-1].position if found else after}
