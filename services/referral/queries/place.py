"""Where a partner stands: its name, and whether it only trains."""

from sqlalchemy import select

from services.referral.storage.tables import institutions, referrals
from services.referral.storage.visible import sent_to
from services.referral.storage.work import Work
from shared.contracts.protection import UnitKind
from shared.security.actor import Actor


def name_of(work: Work, actor: Actor) -> str:
    """Return the name of the institution one works for; empty when the directory lacks it."""
    found = work.institutions.find(institutions.c.id == actor.org)
    return (found[0].name or "") if found else ""


def only_trains(work: Work, actor: Actor, code: str | None) -> bool:
    """Say whether this referral, or without a code every one of the partner, is no real case."""
    here = [sent_to(actor), *([referrals.c.code == code] if code else [])]
    units = work.connection.scalars(select(referrals.c.unit_id).where(*here).distinct()).all()
    return bool(units) and all(work.clock.kind(each) is not UnitKind.REAL for each in units)
