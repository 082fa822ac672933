"""Rows of one table as objects of one class, with sealed columns opened and versions guarded.

A dataclass and its table carry the same names, so there is nothing to map by hand. Columns of
an encrypted type are sealed for the owner named by ``sealed_for`` (a case, report, person or
institution) at their place table|column|row.
"""

from dataclasses import fields
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, select

from shared.errors import NotFound, Stale
from shared.storage.types import EncryptedJson, EncryptedText
from shared.storage.work import Work

T = TypeVar("T")


class Rows(Generic[T]):
    """The rows of one table. Pass predicates to ``get`` and ``find``: they stand in the SQL."""

    def __init__(
        self, work: Work, table: Table, kind: type[T], *, sealed_for: str | None = None
    ) -> None:
        self._work = work
        self._table = table
        self._kind = kind
        self._sealed_for = sealed_for
        self._names = tuple(f.name for f in fields(kind) if f.init)  # type: ignore[arg-type]
        self._sealed: dict[str, EncryptedText | EncryptedJson] = {}
        for name in self._names:
            if isinstance(sealed := table.c[name].type, (EncryptedText, EncryptedJson)):
                self._sealed[name] = sealed

    def add(self, thing: T) -> T:
        """Put a new row on file and return the thing."""
        self._work.connection.execute(self._table.insert().values(**self._to_row(thing)))
        return thing

    def get(self, row_id: UUID, *where: ColumnElement[bool]) -> T:
        """Return the row, or raise NotFound when it is not there or not visible."""
        found = self.first(self._table.c.id == row_id, *where)
        if found is None:
            raise NotFound(self._table.name)
        return found

    def first(self, *where: ColumnElement[bool], order: Any = None) -> T | None:
        """Return the first row that fits, or None."""
        found = self.find(*where, order=order, limit=1)
        return found[0] if found else None

    def find(
        self, *where: ColumnElement[bool], order: Any = None, limit: int | None = None
    ) -> list[T]:
        """Return the rows that fit, in the order given (one column or several)."""
        query = select(self._table).where(*where)
        if order is not None:
            query = query.order_by(*(order if isinstance(order, (list, tuple)) else (order,)))
        return self.of(query if limit is None else query.limit(limit))

    def of(self, query: Select[Any]) -> list[T]:
        """Return the things of a query over this table's columns."""
        found = self._work.connection.execute(query).mappings()
        return [self._from_row(dict(row)) for row in found]

    def save(self, thing: T) -> T:
        """Write a changed thing back; raise Stale when somebody else changed it meanwhile."""
        row = self._to_row(thing)
        version = row["version"]
        this = (self._table.c.id == row["id"]) & (self._table.c.version == version)
        changed = row | {"version": version + 1}
        done = self._work.connection.execute(self._table.update().where(this).values(**changed))
        if done.rowcount != 1:
            raise Stale(self._table.name)
        thing.version = version + 1  # type: ignore[attr-defined]
        return thing

    def remove(self, row_id: UUID) -> None:
        """Take a row off file."""
        self._work.connection.execute(self._table.delete().where(self._table.c.id == row_id))

    def _to_row(self, thing: T) -> dict[str, Any]:
        row = {name: getattr(thing, name) for name in self._names}
        for name, kind in self._sealed.items():
            if row[name] is not None:
                owner, place = self._place(row, name)
                row[name] = self._work.vault.seal(owner, kind, row[name], place)
        return row

    def _from_row(self, row: dict[str, Any]) -> T:
        for name, kind in self._sealed.items():
            if row[name] is not None:
                owner, place = self._place(row, name)
                row[name] = self._work.vault.open(owner, kind, row[name], place)
        return self._kind(**{name: row[name] for name in self._names})

    def _place(self, row: dict[str, Any], name: str) -> tuple[UUID, str]:
        if self._sealed_for is None:
            raise TypeError(f"{self._table.name}: nobody owns the key of {name}")
        return row[self._sealed_for], f"{self._table.name}|{name}|{row['id']}"
