"""Open a unit, and move the clock of one that trains."""

from datetime import datetime
from uuid import UUID

from services.intake.actions.acting import unit_of
from services.intake.domain.unit import Unit
from services.intake.storage.units import known_unit
from services.intake.storage.work import Work
from shared.contracts.protection import UnitKind
from shared.errors import AlreadyThere, NotAllowed, NotFound
from shared.security.actor import Actor


def open_unit(
    work: Work, unit_id: UUID, kind: UnitKind, *, at: datetime, actor: Actor | None = None
) -> Unit:
    """A unit begins to work here; AlreadyThere when it has begun before.

    ``actor`` is None when an event opens it; somebody opens her or his own only (NotAllowed).
    """
    if actor is not None:
        _require_own(actor, unit_id)
    if known_unit(work, unit_id) is not None:
        raise AlreadyThere
    unit, opened = Unit.open(unit_id, kind, at=at)
    _keep(work, unit)
    work.outbox.add(opened)
    work.audit.wrote(actor, "unit.open", "unit", [unit_id])
    return unit


def set_clock(work: Work, actor: Actor, unit_id: UUID, *, offset_seconds: int) -> Unit:
    """Move the clock of one's own unit, if it trains or is a sandbox; NotAllowed for others."""
    _require_own(actor, unit_id)
    unit = the_unit(work, unit_id)
    told = unit.set_clock(offset_seconds, at=work.clock.now(unit_id))
    _keep(work, unit)
    work.outbox.add(told)
    work.audit.wrote(actor, "unit.set_clock", "unit", [unit_id])
    return unit


def the_unit(work: Work, unit_id: UUID) -> Unit:
    """Return a unit that works here, or raise NotFound."""
    unit = known_unit(work, unit_id)
    if unit is None:
        raise NotFound("units")
    return unit


def _require_own(actor: Actor, unit_id: UUID) -> None:
    if unit_of(actor) != unit_id:
        raise NotAllowed


def _keep(work: Work, unit: Unit) -> None:
    work.clock.remember(unit.unit_id, unit.kind, unit.clock_offset_seconds)
