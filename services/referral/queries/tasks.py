"""What a partner has to do, the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from services.referral.domain.referral import Referral
from services.referral.domain.steps import OPEN
from services.referral.storage.tables import referrals
from services.referral.storage.visible import sent_to
from services.referral.storage.work import Work
from shared.contracts.referral_words import BusinessState, ReferralStanding
from shared.errors import NotFound
from shared.security.actor import Actor

_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_MOST: Final = 200


class Pile(StrEnum):
    """The three piles of a partner's desk."""

    TO_DO = "tugas"
    UNDER_WAY = "berjalan"
    ENDED = "selesai"


@dataclass(frozen=True)
class Desk:
    """One pile, and how many lie on each."""

    pile: Pile
    referrals: list[Referral]
    counts: Mapping[Pile, int]


def look_at_desk(work: Work, actor: Actor, pile: Pile) -> Desk:
    """Return one pile of the partner, what is due first on top."""
    mine = sent_to(actor)
    found = work.referrals.find(mine, _on(pile), order=referrals.c.changed_at.desc(), limit=_MOST)
    work.audit.read(actor, "desk.list", "referral", [one.id for one in found])
    if pile is not Pile.ENDED:
        found.sort(key=lambda one: (not _asks_to_stop(one), due_of(one) or _NEVER, one.code))
    return Desk(pile, found, {each: _count(work, mine, each) for each in Pile})


def due_of(referral: Referral) -> datetime | None:
    """Return when the partner's next step is due, if anything says so."""
    if referral.standing in _ASKED:
        return None if referral.resting else referral.respond_by
    if referral.standing not in OPEN or _asks_to_stop(referral):
        return None
    served = referral.first_service_at is not None
    return referral.appointment_at or (None if served else referral.serve_by)


def id_of(work: Work, actor: Actor, code: str) -> UUID:
    """Return which referral of the partner bears a code, or raise NotFound."""
    query = select(referrals.c.id).where(sent_to(actor), referrals.c.code == code)
    found: UUID | None = work.connection.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound("referrals")
    return found


_ASKED: Final = (ReferralStanding.REQUESTED, ReferralStanding.RECEIVED)


def _asks_to_stop(referral: Referral) -> bool:
    return referral.stop_outstanding or referral.business_state is BusinessState.CANCEL_REQUESTED


def _on(pile: Pile) -> ColumnElement[bool]:
    column = referrals.c
    stopping = and_(column.stop_asked_at.is_not(None), column.stop_acknowledged_at.is_(None))
    working = and_(column.standing.in_(OPEN), column.standing.not_in(_ASKED))
    if pile is Pile.TO_DO:
        return or_(column.standing.in_(OPEN), stopping)
    return working if pile is Pile.UNDER_WAY else and_(column.standing.not_in(OPEN), ~stopping)


def _count(work: Work, mine: ColumnElement[bool], pile: Pile) -> int:
    query: Any = select(func.count()).select_from(referrals).where(mine, _on(pile))
    return int(work.connection.execute(query).scalar_one())
