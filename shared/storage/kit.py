"""The tables that every service keeps besides its own."""

from dataclasses import dataclass

from sqlalchemy import MetaData, String, Table

from shared.storage.audit import AuditTables, audit_tables
from shared.storage.columns import column
from shared.storage.fronts import front_sessions_table
from shared.storage.idempotency import idempotency_table
from shared.storage.inbox import InboxTables, inbox_tables
from shared.storage.outbox import OutboxTables, outbox_tables
from shared.storage.revocations import revocations_table
from shared.storage.types import UtcDateTime
from shared.storage.units import units_table
from shared.storage.vault import keyring_table


@dataclass(frozen=True)
class KitTables:
    """What the kit keeps in a service's schema."""

    outbox: OutboxTables
    inbox: InboxTables
    audit: AuditTables
    idempotency: Table
    revocations: Table
    keyring: Table
    units: Table
    timers: Table
    front_sessions: Table


def kit_tables(metadata: MetaData) -> KitTables:
    """Add the kit's tables to a service's own schema."""
    return KitTables(
        outbox=outbox_tables(metadata),
        inbox=inbox_tables(metadata),
        audit=audit_tables(metadata),
        idempotency=idempotency_table(metadata),
        revocations=revocations_table(metadata),
        keyring=keyring_table(metadata),
        units=units_table(metadata),
        timers=_timers_table(metadata),
        front_sessions=front_sessions_table(metadata),
    )


def _timers_table(metadata: MetaData) -> Table:
    return Table(
        "timers",
        metadata,
        column("name", String(80), primary_key=True),
        column("next_at", UtcDateTime),
    )
