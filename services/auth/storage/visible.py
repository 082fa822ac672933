"""Which rows an administrator may touch; these predicates stand in the SQL."""

from sqlalchemy import ColumnElement, exists, or_, select, true

from services.auth.storage import tables
from shared.contracts.vocabulary import InstitutionKind
from shared.security.actor import Actor

_institutions = tables.institutions.c


def managed_institutions(by: Actor | None) -> ColumnElement[bool]:
    """One's own, every partner, and a unit that nobody works in yet; all for the keeper (None)."""
    if by is None:
        return true()
    inhabited = exists().where(tables.people.c.institution_id == _institutions.id)
    partner = _institutions.kind != InstitutionKind.UPTD_PPA
    return or_(_institutions.id == by.org, partner, ~inhabited)


def readable_institutions(by: Actor) -> ColumnElement[bool]:
    """One's own and the partners; every one for a service, which asks for names."""
    if by.org is None:
        return true()
    return or_(_institutions.id == by.org, managed_institutions(by))


def managed_people(by: Actor | None) -> ColumnElement[bool]:
    """The people of the institutions one manages."""
    mine = select(_institutions.id).where(managed_institutions(by))
    return true() if by is None else tables.people.c.institution_id.in_(mine)


def managed_machines(by: Actor | None) -> ColumnElement[bool]:
    """The machines of the institutions one manages, never the fronts and services themselves."""
    mine = select(_institutions.id).where(managed_institutions(by))
    return true() if by is None else tables.machines.c.institution_id.in_(mine)


def colleagues(by: Actor) -> ColumnElement[bool]:
    """The people of one's own institution; every one for a service, which asks for names."""
    return true() if by.org is None else tables.people.c.institution_id == by.org
