"""What a partner reads of the referrals it got: little, then the agreed minimum, then nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.referral.domain.disclosure import Content, Sight, classes_in, reveal, sight
from services.referral.domain.history import UNITS_OWN, Entry
from services.referral.domain.moves import Move, Party
from services.referral.domain.referral import Referral
from services.referral.queries.listing import changed_after
from services.referral.storage.tables import history
from services.referral.storage.visible import sent_to
from services.referral.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.contracts.referral_words import ContentField
from shared.security.actor import Actor


@dataclass(frozen=True)
class Received:
    """A referral as the partner sees it now."""

    referral: Referral
    question: str | None = None
    accommodation: str | None = None
    content: Mapping[ContentField, str] = field(default_factory=dict)

    @property
    def sight(self) -> Sight:
        """How much the partner may see."""
        ended = self.referral.access_ended_at is not None
        return sight(self.referral.standing, ended=ended)

    @property
    def open(self) -> bool:
        """Whether anything about the person may be shown."""
        return self.sight is not Sight.NONE

    @property
    def moves(self) -> list[Move]:
        """What the partner may do now."""
        return self.referral.open_moves(Party.PARTNER)


def find_received(
    work: Work,
    actor: Actor,
    *,
    since: datetime | None,
    after: Sequence[Any] | None,
    limit: int,
) -> list[Received]:
    """Return a page of the partner's referrals without content; looking at a list sees nothing."""
    found = changed_after(work, sent_to(actor), since=since, after=after, limit=limit)
    work.audit.read(actor, "inbox.list", "referral", [one.id for one in found])
    return [Received(one) for one in found]


def get_received(work: Work, actor: Actor, referral_id: UUID) -> Received:
    """Return one referral of the partner with what it may see now, or raise NotFound."""
    referral = work.referrals.get(referral_id, sent_to(actor))
    received = received_now(work, referral)
    work.audit.read(actor, "inbox.read", "referral", [referral.id], _classes(received))
    return received


def received_now(work: Work, referral: Referral) -> Received:
    """Return a referral as its partner sees it now."""
    bare = Received(referral)
    if not bare.open:
        return bare
    content = work.contents.get(referral.id)
    shown = _revealed(work, content) if bare.sight is Sight.FULL else {}
    return replace(
        bare, question=content.question, accommodation=content.accommodation, content=shown
    )


def history_received(work: Work, actor: Actor, referral_id: UUID) -> list[Entry]:
    """Return every move of one referral, oldest first; or raise NotFound."""
    referral = work.referrals.get(referral_id, sent_to(actor))
    work.audit.read(actor, "inbox.history", "referral", [referral.id], (FieldClass.NARRATIVE,))
    return entries_for_partner(work, referral)


def entries_for_partner(work: Work, referral: Referral) -> list[Entry]:
    """Return the moves of a referral without what is not for the partner."""
    entries = work.history.find(history.c.referral_id == referral.id, order=history.c.move_no)
    may_read = Received(referral).open
    for entry in entries:
        if entry.move in UNITS_OWN or not may_read:
            entry.note = entry.evidence = None
        if entry.party is not Party.PARTNER:
            entry.by = None
    return entries


def _revealed(work: Work, content: Content) -> Mapping[ContentField, str]:
    return reveal(content, work.disclosures.get(content.id))


def _classes(received: Received) -> frozenset[FieldClass]:
    asked = {FieldClass.NARRATIVE} if received.question else set()
    return classes_in(received.content) | asked
