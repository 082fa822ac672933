"""The unit sends referrals and reads what became of them."""

from typing import Any
from uuid import UUID

from marshmallow import RAISE

from services.referral.actions.sending import Order, send_referral
from services.referral.api.policies import SENDING_UNIT
from services.referral.api.schemas import OrderSchema, SentQuery
from services.referral.api.shapes import EntryShape, SentPage, SentShape
from services.referral.api.speaking import hand_of_unit, told_unit
from services.referral.domain.consent import Override
from services.referral.domain.history import Entry
from services.referral.queries.sent import Wanted, find_sent, get_sent, history_sent, version_of
from services.referral.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.etag import tag_of, unchanged
from shared.http.guard import actor, needs
from shared.http.paging import cursor_asked, limit_asked, link_header, page
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "referrals",
    __name__,
    url_prefix="/api/referral/v1/referrals",
    description="Referrals of the unit.",
)


@routes.post("")
@needs(Scope.REFERRAL_SEND, policy=SENDING_UNIT)
@changes(begin)
@routes.arguments(OrderSchema)
@routes.response(201, SentShape)
def send(work: Work, payload: dict[str, Any]) -> Any:
    """Send a referral. The same plan item and version to the same partner is sent once (200)."""
    override = payload.pop("override", None)
    order = Order(**payload, override=Override(**override) if override else None)
    referral, fresh = send_referral(work, hand_of_unit({}), order)
    answer, headers = told_unit(work, referral)
    location = f"/api/referral/v1/referrals/{referral.id}"
    return answer, 201 if fresh else 200, headers | {"Location": location}


@routes.get("")
@needs(Scope.REFERRAL_READ, policy=SENDING_UNIT)
@reads(begin)
@routes.arguments(SentQuery, location="query", unknown=RAISE)
@routes.response(200, SentPage)
def list_sent(work: Work, wanted: dict[str, Any]) -> Any:
    """List the unit's referrals in the order of their last change."""
    wanted.pop("cursor", None), wanted.pop("limit", None)
    limit = limit_asked()
    found = find_sent(work, actor(), Wanted(**wanted), after=cursor_asked(), limit=limit)
    shown = page(found, limit, lambda one: (one.referral.changed_at, one.referral.id))
    return shown, link_header(shown)


@routes.get("/<uuid:referral_id>")
@needs(Scope.REFERRAL_READ, policy=SENDING_UNIT)
@reads(begin)
@routes.response(200, SentShape)
def one(work: Work, referral_id: UUID) -> Any:
    """Read one referral of the unit."""
    if same := unchanged(version_of(work, actor(), referral_id)):
        return same
    found = get_sent(work, actor(), referral_id)
    return found, {"ETag": tag_of(found.referral.version)}


@routes.get("/<uuid:referral_id>/history")
@needs(Scope.REFERRAL_READ, policy=SENDING_UNIT)
@reads(begin)
@routes.response(200, EntryShape(many=True))
def history(work: Work, referral_id: UUID) -> list[Entry]:
    """Read every move: who, when, through which door, verified how."""
    return history_sent(work, actor(), referral_id)
