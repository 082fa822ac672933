"""Invite, change, stop and reset people. A code is told in person and shown once."""

from datetime import datetime
from uuid import UUID

from services.auth.domain.invitation import Invitation, Purpose
from services.auth.domain.person import Newcomer, Person
from services.auth.domain.session import EndedBy
from services.auth.storage.visible import colleagues, managed_institutions, managed_people
from services.auth.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.contracts.roles import Role
from shared.security.actor import Actor


def invite_person(
    work: Work, by: Actor | None, *, institution_id: UUID, newcomer: Newcomer, at: datetime
) -> tuple[Person, str]:
    """Make a place for somebody and return it with the code to tell her in person."""
    institution = work.institutions.get(institution_id, managed_institutions(by))
    person = Person.invite(institution, newcomer, at=at)
    work.people.add(person)
    work.audit.wrote(by, "invite_person", "person", [person.id], [FieldClass.IDENTITY])
    return person, _new_code(work, person, at=at)


def colleagues_of(work: Work, by: Actor) -> list[Person]:
    """Return the people of one's own institution, by name."""
    found = work.people.find(colleagues(by))
    ids = [person.id for person in found]
    work.audit.read(by, "list_names", "person", ids, [FieldClass.IDENTITY])
    return sorted(found, key=lambda person: person.name.casefold())


def people_of(work: Work, by: Actor, institution_id: UUID) -> list[Person]:
    """Return the people of an institution one manages, by name."""
    found = work.people.working_at(institution_id, managed_people(by))
    ids = [person.id for person in found]
    work.audit.read(by, "list_people", "person", ids, [FieldClass.IDENTITY])
    return sorted(found, key=lambda person: person.name.casefold())


def colleague(work: Work, by: Actor, person_id: UUID) -> Person:
    """Return a colleague, for her name."""
    person = work.people.get(person_id, colleagues(by))
    work.audit.read(by, "read_name", "person", [person.id], [FieldClass.IDENTITY])
    return person


def managed_person(work: Work, by: Actor, person_id: UUID) -> Person:
    """Return somebody one manages."""
    person = work.people.get(person_id, managed_people(by))
    work.audit.read(by, "read_person", "person", [person.id], [FieldClass.IDENTITY])
    return person


def change_roles(
    work: Work, by: Actor | None, person_id: UUID, *, roles: frozenset[Role], at: datetime
) -> Person:
    """Give somebody other roles; nobody changes her own. ``by`` is None for the keeper."""
    person = work.people.get(person_id, managed_people(by))
    institution = work.institutions.get(person.institution_id)
    work.tell(person.change_roles(roles, institution=institution, by=by.id if by else None, at=at))
    work.audit.wrote(by, "change_roles", "person", [person.id])
    return work.people.save(person)


def stop_person(work: Work, by: Actor | None, person_id: UUID, *, at: datetime) -> Person:
    """End somebody's access everywhere, now."""
    person = work.people.get(person_id, managed_people(by))
    work.tell(person.stop(by=by.id if by else None, at=at))
    work.invitations.void(person.id, at=at)
    work.sessions.end_all(person.id, EndedBy.STOPPED, at=at)
    work.audit.wrote(by, "stop_person", "person", [person.id])
    return work.people.save(person)


def reset_person(
    work: Work, by: Actor | None, person_id: UUID, *, at: datetime
) -> tuple[Person, str | None]:
    """Let somebody enrol anew. The code comes with the second administrator's word, not before.

    The keeper at the command line (``by`` is None) stands before the machine itself and needs none.
    """
    person = work.people.get(person_id, managed_people(by))
    agreed = by is None or person.ask_reset(by=by.id, at=at)
    code = _reset(work, person, at=at) if agreed else None
    action = "reset_person" if agreed else "ask_reset"
    work.audit.wrote(by, action, "person", [person.id])
    return work.people.save(person), code


def _reset(work: Work, person: Person, *, at: datetime) -> str:
    work.tell(person.reset(at=at))
    work.sessions.end_all(person.id, EndedBy.STOPPED, at=at)
    return _new_code(work, person, at=at)


def _new_code(work: Work, person: Person, *, at: datetime) -> str:
    work.invitations.void(person.id, at=at)
    made, code = Invitation.make(person.id, purpose=Purpose.ENROLMENT, at=at)
    work.invitations.add(made)
    return code
