"""What the unit reads of the referrals it sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.referral.domain.disclosure import Disclosure
from services.referral.domain.history import Entry
from services.referral.domain.moves import Move, Party
from services.referral.domain.referral import Referral
from services.referral.queries.listing import changed_after
from services.referral.storage.tables import disclosures, history, referrals
from services.referral.storage.visible import sent_by
from services.referral.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.contracts.referral_words import ReferralStanding
from shared.security.actor import Actor


@dataclass(frozen=True)
class Sent:
    """A referral as the unit sees it: with what was shown to the partner, and what it may do."""

    referral: Referral
    disclosure: Disclosure | None

    @property
    def moves(self) -> list[Move]:
        """What the unit and its case manager may do now."""
        mine = self.referral.open_moves(Party.UNIT)
        return mine + self.referral.open_moves(Party.CASE_MANAGER)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which referrals of the unit are asked for."""

    case_id: UUID | None = None
    standing: ReferralStanding | None = None
    since: datetime | None = None
    stop_outstanding: bool = False
    plan_item_missing: bool = False


def find_sent(
    work: Work, actor: Actor, wanted: Wanted, *, after: Sequence[Any] | None, limit: int
) -> list[Sent]:
    """Return a page of the unit's referrals, one more than asked for when there are more."""
    column = referrals.c
    where = [
        *([column.case_id == wanted.case_id] if wanted.case_id else []),
        *([column.standing == wanted.standing] if wanted.standing else []),
        *(_outstanding() if wanted.stop_outstanding else []),
        *([column.plan_item_due_at.is_not(None)] if wanted.plan_item_missing else []),
    ]
    found = changed_after(
        work, sent_by(actor), *where, since=wanted.since, after=after, limit=limit
    )
    work.audit.read(actor, "referral.list", "referral", [one.id for one in found])
    return [Sent(one, None) for one in found]


def get_sent(work: Work, actor: Actor, referral_id: UUID) -> Sent:
    """Return one referral of the unit, or raise NotFound."""
    referral = work.referrals.get(referral_id, sent_by(actor))
    work.audit.read(actor, "referral.read", "referral", [referral.id])
    return sent_now(work, referral)


def version_of(work: Work, actor: Actor, referral_id: UUID) -> int:
    """Return the version of one referral of the unit, or raise NotFound; it shows nothing."""
    return work.referrals.get(referral_id, sent_by(actor)).version


def sent_now(work: Work, referral: Referral) -> Sent:
    """Return a referral as the unit sees it now."""
    return Sent(referral, work.disclosures.first(disclosures.c.id == referral.id))


def history_sent(work: Work, actor: Actor, referral_id: UUID) -> list[Entry]:
    """Return every move of one referral of the unit, oldest first; or raise NotFound."""
    referral = work.referrals.get(referral_id, sent_by(actor))
    classes = (FieldClass.NARRATIVE, FieldClass.INTERNAL_NOTES)
    work.audit.read(actor, "referral.history", "referral", [referral.id], classes)
    return work.history.find(history.c.referral_id == referral.id, order=history.c.move_no)


def _outstanding() -> list[Any]:
    column = referrals.c
    return [column.stop_asked_at.is_not(None), column.stop_acknowledged_at.is_(None)]
