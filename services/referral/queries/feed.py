"""The partner's feed of events: thin, in the order in which the relay gave them their places."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from services.referral.storage.tables import kit, referrals
from services.referral.storage.visible import sent_to
from services.referral.storage.work import Work
from shared.security.actor import Actor


@dataclass(frozen=True)
class Told:
    """One event, without a word of what it was about."""

    id: UUID
    type: str
    referral_id: UUID
    time: datetime
    sequence: int
    position: int


def read_feed(work: Work, actor: Actor, *, after: int, limit: int) -> list[Told]:
    """Return the events of the partner's own referrals past a position, in order."""
    rows = kit.outbox.rows.c
    mine = select(referrals.c.id).where(sent_to(actor))
    query = (
        select(
            rows.event_id,
            rows.topic,
            rows.aggregate_id,
            rows.happened_at,
            rows.sequence,
            rows.feed_position,
        )
        .where(
            rows.feed_position > after,
            rows.aggregate == "referral",
            rows.aggregate_id.in_(mine),
        )
        .order_by(rows.feed_position)
        .limit(limit)
    )
    found = [Told(*row) for row in work.connection.execute(query)]
    work.audit.read(actor, "events.list", "referral", {one.referral_id for one in found})
    return found
