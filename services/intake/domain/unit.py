"""A unit: real, or for training and trying out, with a clock that may be moved (design, 1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.intake import UnitClockSet, UnitOpened
from shared.contracts.protection import UnitKind
from shared.errors import Conflict


class RealClock(Conflict):
    """The clock of a unit that serves real people is never moved."""

    code = "real_clock"
    id = "Jam unit yang sebenarnya tidak dapat diubah."
    en = "The clock of a real unit cannot be moved."


@dataclass(eq=False, kw_only=True)
class Unit:
    """Where cases are looked after; every row of intake belongs to one."""

    unit_id: UUID
    kind: UnitKind
    clock_offset_seconds: int = 0

    @classmethod
    def open(cls, unit_id: UUID, kind: UnitKind, *, at: datetime) -> tuple["Unit", UnitOpened]:
        """A unit begins to work here."""
        unit = cls(unit_id=unit_id, kind=kind)
        return unit, UnitOpened(unit_id=unit_id, kind=kind, clock_offset_seconds=0, happened_at=at)

    def set_clock(self, offset_seconds: int, *, at: datetime) -> UnitClockSet:
        """Shift the clock of a training or sandbox unit; raise RealClock otherwise."""
        if self.kind is UnitKind.REAL:
            raise RealClock
        self.clock_offset_seconds = offset_seconds
        return UnitClockSet(
            unit_id=self.unit_id, clock_offset_seconds=offset_seconds, happened_at=at
        )

    def now(self, real: datetime) -> datetime:
        """Return the time in this unit's world for a moment of real time."""
        if self.kind is UnitKind.REAL:
            return real
        return real + timedelta(seconds=self.clock_offset_seconds)
