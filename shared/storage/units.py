"""The units this service knows, and the clock of each: intake owns it, the others keep a copy."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Integer, MetaData, Table, Uuid, select

from shared.clock import now
from shared.contracts.protection import UnitKind
from shared.storage.columns import column
from shared.storage.dialect import insert_or_update
from shared.storage.types import Code


def units_table(metadata: MetaData) -> Table:
    """Add the units to a service's own schema."""
    return Table(
        "units",
        metadata,
        column("unit_id", Uuid, primary_key=True),
        column("kind", Code(UnitKind)),
        column("clock_offset_seconds", Integer),
    )


class UnitClock:
    """Tells the time in a unit's world; real time for units that are real or not known here."""

    def __init__(self, units: Table, connection: Connection) -> None:
        self._units = units
        self._connection = connection

    def now(self, unit_id: UUID | None) -> datetime:
        """Return the time in this unit: shifted only in training and sandbox units."""
        return self.at(unit_id, now())

    def at(self, unit_id: UUID | None, moment: datetime) -> datetime:
        """Return what a real moment is called in this unit."""
        row = self._row(unit_id)
        if row is None or row[0] is UnitKind.REAL:
            return moment
        return moment + timedelta(seconds=row[1])

    def kind(self, unit_id: UUID | None) -> UnitKind:
        """Return what kind of unit it is; real when it is not known here."""
        row = self._row(unit_id)
        return UnitKind.REAL if row is None else row[0]

    def knows(self, unit_id: UUID) -> bool:
        """Return whether intake has told of this unit."""
        return self._row(unit_id) is not None

    def remember(self, unit_id: UUID, kind: UnitKind, clock_offset_seconds: int) -> None:
        """Keep what intake says of a unit."""
        values = {"unit_id": unit_id, "kind": kind, "clock_offset_seconds": clock_offset_seconds}
        insert_or_update(self._connection, self._units, values, key=["unit_id"])

    def _row(self, unit_id: UUID | None) -> tuple[UnitKind, int] | None:
        columns = (self._units.c.kind, self._units.c.clock_offset_seconds)
        query = select(*columns).where(self._units.c.unit_id == unit_id)
        found = self._connection.execute(query).one_or_none()
        return None if found is None else (found[0], found[1])
