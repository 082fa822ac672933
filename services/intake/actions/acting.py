"""What every action does the same way: who signs, which case is meant, how a move is filed."""

from collections.abc import Iterable
from uuid import UUID

from services.intake.actions.versions import revise_after
from services.intake.domain.case import AlreadyClosed, Case
from services.intake.domain.history import StageMove
from services.intake.domain.sheet import Place, Signature
from services.intake.storage.visible import visible_cases
from services.intake.storage.work import Work
from shared.contracts.event import Event
from shared.contracts.intake import CaseStageMoved
from shared.contracts.protection import FieldClass
from shared.contracts.roles import STAFF, Role
from shared.errors import NotAllowed, Stale
from shared.security.actor import Actor

LEADS = frozenset({Role.SUPERVISOR, Role.KEPALA_UPTD})


def unit_of(actor: Actor) -> UUID:
    """Return the unit the actor works for; NotAllowed when there is none."""
    if actor.org is None:
        raise NotAllowed
    return actor.org


def signature(work: Work, actor: Actor, language: str = "id") -> Signature:
    """Return the actor's hand, at the time of the actor's unit."""
    roles = sorted(actor.roles & STAFF) or sorted(actor.roles)
    at = work.clock.now(unit_of(actor))
    return Signature(by=actor.id, at=at, role=roles[0] if roles else "", language=language)


def the_case(work: Work, actor: Actor, case_id: UUID, *, seen: int | None = None) -> Case:
    """Return a case the actor may see; Stale when it is not the version the actor saw."""
    case = work.cases.get(case_id, visible_cases(actor))
    if seen is not None and seen != case.version:
        raise Stale
    return case


def the_open_case(work: Work, actor: Actor, case_id: UUID, *, seen: int | None = None) -> Case:
    """Return a case whose file may be written in; AlreadyClosed when it may not."""
    case = the_case(work, actor, case_id, seen=seen)
    if case.closed_at is not None:
        raise AlreadyClosed
    return case


def place_of(case: Case) -> Place:
    """Return where in the case a sheet is filled in now."""
    return Place(owner_id=case.id, unit_id=case.unit_id, stage=case.stage, loop_no=case.loop_no)


def publish(work: Work, events: Iterable[Event | None], *, by: UUID | None) -> None:
    """Leave events in the outbox; a stage move stays on file as well."""
    for told in events:
        if told is None:
            continue
        work.outbox.add(told)
        if isinstance(told, CaseStageMoved):
            work.stage_moves.add(StageMove.of(told, by=by))
            revise_after(work, told)


def changed(
    work: Work,
    actor: Actor,
    case: Case,
    action: str,
    *events: Event | None,
    classes: Iterable[FieldClass] = (),
) -> Case:
    """Save a changed case, publish what happened and write it into the audit trail."""
    work.cases.save(case)
    publish(work, events, by=actor.id)
    work.audit.wrote(actor, action, "case", [case.id], classes)
    return case
