"""/units: where cases are looked after, and the clock of those that train."""

from typing import Any
from uuid import UUID

from services.intake.actions import units as actions
from services.intake.actions.policies import RESPONDERS, UNIT_KEEPERS
from services.intake.api.schemas import ClockSchema, UnitSchema
from services.intake.api.shapes import UnitShape
from services.intake.domain.unit import Unit
from services.intake.storage.work import Work, begin
from shared.clock import now
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "units", __name__, url_prefix="/api/intake/v1/units", description="Units and their clocks."
)


@routes.post("")
@needs(Scope.UNIT_SET, policy=UNIT_KEEPERS)
@changes(begin)
@routes.arguments(UnitSchema)
@routes.response(201, UnitShape)
def open_unit(work: Work, payload: dict[str, Any]) -> Unit:
    """Open a unit: real, for training, or for partners to try things in."""
    return actions.open_unit(work, **payload, at=now(), actor=actor())


@routes.get("/<uuid:unit_id>")
@needs(Scope.CASE_READ, policy=RESPONDERS)
@reads(begin)
@routes.response(200, UnitShape)
def one(work: Work, unit_id: UUID) -> Unit:
    """Read a unit."""
    return actions.the_unit(work, unit_id)


@routes.post("/<uuid:unit_id>/clock")
@needs(Scope.UNIT_SET, policy=UNIT_KEEPERS)
@changes(begin)
@routes.arguments(ClockSchema)
@routes.response(200, UnitShape)
def set_clock(work: Work, payload: dict[str, Any], unit_id: UUID) -> Unit:
    """Move the clock of a training or sandbox unit."""
    return actions.set_clock(work, actor(), unit_id, **payload)
