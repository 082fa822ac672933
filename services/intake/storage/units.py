"""The units of this installation; the kit keeps the table, intake owns what stands in it."""

from uuid import UUID

from sqlalchemy import select

from services.intake.domain.unit import Unit
from services.intake.storage.work import Work


def known_unit(work: Work, unit_id: UUID) -> Unit | None:
    """Return a unit that works here, or None."""
    units = work.ground.kit.units
    query = select(units.c.kind, units.c.clock_offset_seconds).where(units.c.unit_id == unit_id)
    found = work.connection.execute(query).one_or_none()
    if found is None:
        return None
    return Unit(unit_id=unit_id, kind=found[0], clock_offset_seconds=found[1])
