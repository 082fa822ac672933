"""A toy service with one table of sealed rows, for the tests of storage and of the HTTP edge."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, MetaData, Table, Uuid

from shared.contracts.event import Publisher
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import RiskLevel, Service
from shared.identifiers import new_id
from shared.storage.columns import CONVENTION, column
from shared.storage.kit import kit_tables
from shared.storage.rows import Rows
from shared.storage.types import (
    BlindIndex,
    Code,
    CodeSet,
    EncryptedJson,
    EncryptedText,
    UtcDateTime,
)
from shared.storage.work import Ground, Work, begin_with
from tests.support.parts import ground_over

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)

metadata = MetaData(naming_convention=CONVENTION)
kit = kit_tables(metadata)
sheets = Table(
    "sheets",
    metadata,
    column("id", Uuid, primary_key=True),
    column("case_id", Uuid),
    column("name", EncryptedText, FieldClass.IDENTITY),
    column("alias", EncryptedText, FieldClass.IDENTITY, nullable=True),
    column("story", EncryptedJson, FieldClass.NARRATIVE, nullable=True),
    column("nik_index", BlindIndex, FieldClass.IDENTITY, nullable=True),
    column("risk", Code(RiskLevel), FieldClass.RISK),
    column("wanted", CodeSet(Service)),
    column("seen_at", UtcDateTime),
    column("version", Integer),
)


@dataclass(kw_only=True)
class Sheet:
    """One row of the toy."""

    id: UUID = field(default_factory=new_id)
    case_id: UUID = field(default_factory=new_id)
    name: str = "Mawar"
    alias: str | None = "kue"
    story: Any = None
    nik_index: bytes | None = None
    risk: RiskLevel = RiskLevel.RENDAH
    wanted: frozenset[Service] = frozenset()
    seen_at: datetime = NOON
    version: int = 1


class SheetWork(Work):
    """The toy's unit of work."""

    def __init__(self, ground: Ground, connection: Connection) -> None:
        super().__init__(ground, connection)
        self.sheets = Rows(self, sheets, Sheet, sealed_for="case_id")


begin: Callable[[Ground], AbstractContextManager[SheetWork]] = partial(begin_with, SheetWork)


def a_ground(url: str, publisher: Publisher = Publisher.INTAKE) -> Ground:
    """A ground of this toy over an empty database."""
    return ground_over(url, publisher, metadata, kit)


def kept(ground: Ground, **changes: Any) -> Sheet:
    """A sheet that is on file."""
    with begin(ground) as work:
        return work.sheets.add(Sheet(**changes))


def raw(ground: Ground, what: Any) -> Any:
    """The first row of a query, as the database has it, or None."""
    with ground.database.begin() as connection:
        return connection.execute(what).first()
