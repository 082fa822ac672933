"""Who sees which referral. These predicates stand in the SQL; not visible is not found."""

from sqlalchemy import ColumnElement, and_, false

from services.referral.storage.tables import referrals
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.roles import PARTNERS, STAFF
from shared.security.actor import Actor


def sent_by(actor: Actor) -> ColumnElement[bool]:
    """Referrals of the unit that the actor works for."""
    if actor.org is None or not actor.holds(STAFF):
        return false()
    return referrals.c.unit_id == actor.org


def sent_to(actor: Actor) -> ColumnElement[bool]:
    """Referrals to the institution that the actor works for, drafts excepted."""
    if actor.org is None or not actor.holds(PARTNERS):
        return false()
    return and_(
        referrals.c.institution_id == actor.org,
        referrals.c.standing != ReferralStanding.DRAFT,
    )
