"""Who sees which referral. These predicates stand in the SQL; not visible is not found.

In the unit it is as in intake, which owns the case: a supervisor and the head see all of it;
everybody else what is of the cases they manage, walk along with or opened, or that nobody
manages yet.
"""

from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, select

from services.referral.storage.tables import cases, referrals
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.roles import PARTNERS, STAFF, Role
from shared.security.actor import Actor

_OVERSEES: Final = frozenset({Role.SUPERVISOR, Role.KEPALA_UPTD})
_TAKES_IN: Final = frozenset({Role.PETUGAS_PENGADUAN, Role.MANAJER_KASUS, Role.PENDAMPING})


def sent_by(actor: Actor) -> ColumnElement[bool]:
    """Referrals of the unit that the actor works for, of the cases that she sees."""
    if actor.org is None or not actor.holds(STAFF):
        return false()
    ours = referrals.c.unit_id == actor.org
    if actor.holds(_OVERSEES):
        return ours
    return and_(ours, or_(_of_her_cases(actor), _of_unheard_cases(actor)))


def _of_her_cases(actor: Actor) -> ColumnElement[bool]:
    seen = [cases.c.manager_id == actor.id, cases.c.companion_id == actor.id]
    if actor.holds(_TAKES_IN):
        seen += [cases.c.manager_id.is_(None), cases.c.opened_by == actor.id]
    hers = select(cases.c.id).where(cases.c.unit_id == actor.org, or_(*seen))
    return referrals.c.case_id.in_(hers)


def _of_unheard_cases(actor: Actor) -> ColumnElement[bool]:
    # Intake's events may still be on their way; until then it is the sender's own.
    known = select(cases.c.id).where(cases.c.id == referrals.c.case_id).exists()
    return and_(referrals.c.sent_by == actor.id, ~known)


def sent_to(actor: Actor) -> ColumnElement[bool]:
    """Referrals to the institution that the actor works for, drafts excepted."""
    if actor.org is None or not actor.holds(PARTNERS):
        return false()
    return and_(
        referrals.c.institution_id == actor.org,
        referrals.c.standing != ReferralStanding.DRAFT,
    )
