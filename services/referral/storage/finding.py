"""What the actions look for, in the tables' own words."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from services.referral.domain.consent import Consent
from services.referral.domain.institution import Institution
from services.referral.domain.referral import Referral
from services.referral.domain.steps import LEFT_IN_HANDS, OPEN
from services.referral.storage.tables import consents, institutions, referrals
from services.referral.storage.visible import sent_by
from services.referral.storage.work import Work
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import ReferralStanding
from shared.security.actor import Actor

_ASKED: Final = (ReferralStanding.REQUESTED, ReferralStanding.RECEIVED)


def find_institution(work: Work, institution_id: UUID) -> Institution | None:
    """Return an entry of the directory, or None."""
    return work.institutions.first(institutions.c.id == institution_id)


def find_consent(work: Work, consent_id: UUID) -> Consent | None:
    """Return what is known of a consent, or None."""
    return work.consents.first(consents.c.id == consent_id)


def find_sent_before(work: Work, actor: Actor, send_key: UUID) -> Referral | None:
    """Return the referral that the actor's unit sent under this key, or None."""
    return work.referrals.first(referrals.c.send_key == send_key, sent_by(actor))


def resting_on(work: Work, consent_id: UUID) -> list[Referral]:
    """Return what rests on this consent alone and is open or in a partner's hands, locked."""
    return work.referrals_to_move(
        referrals.c.consent_id == consent_id,
        referrals.c.basis == LegalBasis.CONSENT,
        _to_stop(),
    )


def lasting_on(work: Work, consent_id: UUID, unit_id: UUID) -> list[Referral]:
    """Return the unit's referrals that end when this consent runs out, locked until commit."""
    return work.referrals_to_move(
        referrals.c.consent_id == consent_id,
        referrals.c.unit_id == unit_id,
        referrals.c.basis != LegalBasis.LEGAL_DUTY,
        _to_stop(),
    )


def lapsed_overrides(work: Work, unit_id: UUID, at: datetime) -> list[Referral]:
    """Return the unit's referrals whose override has run out, locked until commit."""
    return work.referrals_to_move(
        referrals.c.unit_id == unit_id, referrals.c.override_until <= at, _to_stop()
    )


def lapsed_consents(work: Work, unit_id: UUID, at: datetime) -> list[UUID]:
    """Return the consents that have run out while the unit's referrals still rest on them."""
    column = referrals.c
    query = (
        select(column.consent_id)
        .join(consents, consents.c.id == column.consent_id)
        .where(
            column.unit_id == unit_id,
            column.basis != LegalBasis.LEGAL_DUTY,
            consents.c.valid_until <= at,
            _to_stop(),
        )
    )
    return list(work.connection.execute(query.distinct()).scalars())


def units_on_time(work: Work) -> list[UUID]:
    """Return the units with referrals whose ground ends by the clock."""
    column = referrals.c
    ending = select(consents.c.id).where(consents.c.valid_until.is_not(None))
    timed = or_(column.override_until.is_not(None), column.consent_id.in_(ending))
    query = select(column.unit_id).distinct().where(timed, _to_stop())
    return list(work.connection.execute(query).scalars())


def _to_stop() -> ColumnElement[bool]:
    column = referrals.c
    held = and_(column.standing.in_(LEFT_IN_HANDS), column.stop_asked_at.is_(None))
    return or_(column.standing.in_(OPEN), held)


def units_waiting(work: Work) -> list[UUID]:
    """Return the units that wait for an answer to a referral."""
    column = referrals.c
    query = select(column.unit_id).distinct().where(column.standing.in_(_ASKED))
    return list(work.connection.execute(query).scalars())


def expired_by(work: Work, unit_id: UUID, at: datetime) -> list[Referral]:
    """Return the unit's referrals that nobody answered in time, locked until commit."""
    return work.referrals_to_move(
        referrals.c.unit_id == unit_id,
        referrals.c.standing.in_(_ASKED),
        referrals.c.resting_since.is_(None),
        referrals.c.expires_at <= at,
    )
