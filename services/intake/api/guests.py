"""/guests: the guest book (F1)."""

from typing import Any

from services.intake import queries
from services.intake.actions import guests as actions
from services.intake.actions.policies import COUNTER
from services.intake.api.answers import asked, paged
from services.intake.api.schemas import GuestSchema, PageQuery
from services.intake.api.shapes import GuestShape
from services.intake.domain.guest import Guest
from services.intake.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "guests", __name__, url_prefix="/api/intake/v1/guests", description="The guest book (F1)."
)


@routes.post("")
@needs(Scope.REPORT_WRITE, policy=COUNTER)
@changes(begin)
@routes.arguments(GuestSchema)
@routes.response(201, GuestShape)
def receive(work: Work, answers: dict[str, Any]) -> Guest:
    """Write a visit into the guest book."""
    return actions.receive_guest(work, actor(), answers)


@routes.get("")
@needs(Scope.REPORT_READ, policy=COUNTER)
@reads(begin)
@routes.arguments(PageQuery, location="query")
@routes.response(200, GuestShape(many=True))
def listed(work: Work, _query: dict[str, Any]) -> Any:
    """Read the guest book, newest first."""
    limit, after = asked()
    return paged(queries.guests(work, actor(), limit, after), limit)
