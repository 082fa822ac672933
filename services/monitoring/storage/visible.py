"""Which rows of monitoring somebody may see; these predicates stand in the SQL.

The same as in intake, which owns the case: a supervisor and the head of the unit see its
cases; everybody else those she manages, walks along with or opened, and those that nobody
manages yet.
"""

from typing import Final

from sqlalchemy import ColumnElement, Table, and_, false, or_, select

from services.monitoring.domain.timeline import READERS
from services.monitoring.storage import tables
from shared.contracts.roles import Role
from shared.security.actor import Actor

_OVERSEES: Final = frozenset({Role.SUPERVISOR, Role.KEPALA_UPTD})
_TAKES_IN: Final = frozenset({Role.PETUGAS_PENGADUAN, Role.MANAJER_KASUS, Role.PENDAMPING})
_WITHOUT_CASE: Final = _OVERSEES | _TAKES_IN

_cases: Final = tables.cases.c


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """The cases somebody may see."""
    if actor.org is None or not actor.holds(READERS):
        return false()
    seen = [_cases.manager_id == actor.id, _cases.companion_id == actor.id]
    if actor.holds(_OVERSEES):
        seen.append(_cases.unit_id == actor.org)
    if actor.holds(_TAKES_IN):
        seen += [_cases.manager_id.is_(None), _cases.opened_by == actor.id]
    return and_(_cases.unit_id == actor.org, or_(*seen))


def visible_rows(actor: Actor, table: Table) -> ColumnElement[bool]:
    """The rows of a table that are about a visible case, or about a report without a case."""
    of_case = table.c.case_id.in_(select(_cases.id).where(visible_cases(actor)))
    if actor.org is None or not actor.holds(_WITHOUT_CASE):
        return of_case
    return or_(of_case, and_(table.c.unit_id == actor.org, table.c.case_id.is_(None)))


def visible_deadlines(actor: Actor) -> ColumnElement[bool]:
    """The deadlines somebody may see."""
    return visible_rows(actor, tables.deadlines)


def visible_tasks(actor: Actor) -> ColumnElement[bool]:
    """The tasks somebody may see."""
    return visible_rows(actor, tables.tasks)


def own_tasks(actor: Actor) -> ColumnElement[bool]:
    """Tasks that are one's own: given to her, or to nobody and to her role, or escalated to it."""
    columns = tables.tasks.c
    roles = list(actor.roles)
    to_role = and_(columns.owner_id.is_(None), columns.owner_role.in_(roles))
    return or_(columns.owner_id == actor.id, to_role, columns.escalated_to.in_(roles))
