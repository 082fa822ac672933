"""What every service follows and does: units, revoked access, the others' audit heads."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from shared.clock import now
from shared.contracts.audit import AuditAnchored, chain_of
from shared.contracts.auth import AccessRevoked
from shared.contracts.event import Digest, Event
from shared.contracts.intake import UnitClockSet, UnitOpened
from shared.storage.audit import lock_head
from shared.storage.dialect import insert_or_ignore
from shared.storage.revocations import revoke
from shared.storage.work import Ground, Work, begin_with
from shared.worker.timers import Timer


def remember_unit(work: Work, told: UnitOpened) -> None:
    """Keep a unit and its clock."""
    work.clock.remember(told.unit_id, told.kind, told.clock_offset_seconds)


def remember_clock(work: Work, told: UnitClockSet) -> None:
    """Keep a unit's new clock."""
    work.clock.remember(told.unit_id, work.clock.kind(told.unit_id), told.clock_offset_seconds)


def take_access_back(work: Work, told: AccessRevoked) -> None:
    """Void the tokens of whom auth names; the guard looks here at every request."""
    revoke(work.connection, work.ground.kit.revocations, told.subject_id, told.not_before)


def keep_anchor(work: Work, told: AuditAnchored) -> None:
    """Keep the head of another service's audit chain."""
    row = {
        "publisher": told.publisher,
        "position": told.position,
        "hash": told.head.hex,
        "received_at": now(),
    }
    anchors = work.ground.kit.audit.anchors
    insert_or_ignore(work.connection, anchors, row, unless=["publisher", "position"])


#: Merged into the subscriptions of every service.
KIT_SUBSCRIPTIONS: Final[Mapping[type[Event], Callable[[Any, Any], None]]] = {
    UnitOpened: remember_unit,
    UnitClockSet: remember_clock,
    AccessRevoked: take_access_back,
    AuditAnchored: keep_anchor,
}


def anchor(ground: Ground, at: datetime) -> None:
    """Tell the others the head of our audit chain, if it has moved on."""
    tables = ground.kit.audit
    with begin_with(Work, ground) as work:
        head = lock_head(work.connection, tables)
        if head["position"] > head["anchored"]:
            work.outbox.add(
                AuditAnchored(
                    happened_at=at,
                    chain_id=chain_of(ground.publisher),
                    publisher=ground.publisher,
                    position=head["position"],
                    head=Digest(head["hash"]),
                )
            )
            work.connection.execute(tables.head.update().values(anchored=head["position"]))


def forget_answers(ground: Ground, at: datetime) -> None:
    """Forget idempotent answers after a week and ended front sessions after a day."""
    kit = ground.kit
    with ground.database.begin() as connection:
        old = kit.idempotency.c.made_at < at - timedelta(days=7)
        connection.execute(kit.idempotency.delete().where(old))
        ended = kit.front_sessions.c.until < at - timedelta(days=1)
        connection.execute(kit.front_sessions.delete().where(ended))


#: Merged into the timers of every service.
KIT_TIMERS: Final = (
    Timer("anchor_audit", timedelta(minutes=10), anchor),
    Timer("forget_answers", timedelta(hours=6), forget_answers),
)


def anchors_of_others(work: Work, publisher: str) -> dict[int, str]:
    """Return the heads we were told of another service's chain: position to hash."""
    anchors = work.ground.kit.audit.anchors
    query = select(anchors.c.position, anchors.c.hash).where(anchors.c.publisher == publisher)
    return {row.position: row.hash for row in work.connection.execute(query)}
