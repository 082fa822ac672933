"""A unit of work: changes, events and the audit trail commit together or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from shared.contracts.event import Publisher
from shared.identifiers import new_id
from shared.security.sealing import MasterKeys
from shared.storage.audit import AuditTrail
from shared.storage.database import Database
from shared.storage.dialect import notify
from shared.storage.idempotency import Once
from shared.storage.kit import KitTables
from shared.storage.outbox import Outbox
from shared.storage.units import UnitClock
from shared.storage.vault import Vault

#: Ties together the rows, events and log lines of one request or one event.
correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")


@dataclass(frozen=True)
class Ground:
    """What a service stands on: its database, its keys, and whom to wake when events wait."""

    publisher: Publisher
    database: Database
    kit: KitTables
    masters: MasterKeys
    wake: Callable[[], None] = lambda: None


class Work:
    """What an action may read and change. Each service adds its own rows to it."""

    def __init__(self, ground: Ground, connection: Connection) -> None:
        told = correlation_id.get() or str(new_id())
        kit = ground.kit
        self.ground = ground
        self.connection = connection
        self.outbox = Outbox(kit.outbox, connection, told)
        self.audit = AuditTrail(kit.audit, connection, told)
        self.vault = Vault(connection, kit.keyring, ground.masters)
        self.once = Once(kit.idempotency, connection, self.vault)
        self.clock = UnitClock(kit.units, connection)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Undo what is done in the block, audit rows too, when it raises; the rest stands."""
        noted = self.audit.waiting
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            self.audit.forget_after(noted)
            raise


W = TypeVar("W", bound=Work)


@contextmanager
def begin_with(make: Callable[[Ground, Connection], W], ground: Ground) -> Iterator[W]:
    """Open a unit of work; wake the relay once it has committed and left events."""
    with ground.database.begin() as connection:
        work = make(ground, connection)
        yield work
        work.audit.write()
        if work.outbox.added:
            notify(connection, f"{ground.publisher}_outbox")
    if work.outbox.added:
        ground.wake()
