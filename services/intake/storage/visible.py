"""Who may see which rows. These predicates stand in the SQL; what is not visible is not found."""

from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_

from services.intake.storage.tables import cases, drafts, guests, reports
from shared.contracts.roles import Role
from shared.security.actor import Actor

_LEADS: Final = frozenset({Role.SUPERVISOR, Role.KEPALA_UPTD})
_AT_THE_DOOR: Final = _LEADS | {Role.PETUGAS_PENGADUAN, Role.MANAJER_KASUS, Role.PENDAMPING}
_READS_REPORTS: Final = _AT_THE_DOOR | {Role.ADMIN_DATA}


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Supervisors and the head see the unit's cases; the others those they work on.

    A case without a manager is seen by whoever may take it on; whoever opened a case goes on
    seeing it, for the complaint officer also screens and counsels (domain.md 2.2, 2.4).
    """
    if not actor.holds(_AT_THE_DOOR | {Role.TENAGA_AHLI}):
        return false()
    unit = cases.c.unit_id == actor.org
    if actor.holds(_LEADS):
        return unit
    mine = [cases.c.manager_id == actor.id, cases.c.companion_id == actor.id]
    if actor.holds(_AT_THE_DOOR):
        mine += [cases.c.opened_by == actor.id, cases.c.manager_id.is_(None)]
    return and_(unit, or_(*mine))


def visible_reports(actor: Actor) -> ColumnElement[bool]:
    """The unit's reports, for those who answer them. A kelurahan agent writes and never reads."""
    return reports.c.unit_id == actor.org if actor.holds(_READS_REPORTS) else false()


def visible_guests(actor: Actor) -> ColumnElement[bool]:
    """The unit's guest book, for those who keep it."""
    return guests.c.unit_id == actor.org if actor.holds(_AT_THE_DOOR) else false()


def own_drafts(actor: Actor) -> ColumnElement[bool]:
    """A draft belongs to the one who writes it."""
    return and_(drafts.c.unit_id == actor.org, drafts.c.author_id == actor.id)
