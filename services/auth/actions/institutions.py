"""Register, suspend and reinstate institutions."""

from datetime import datetime
from uuid import UUID

from services.auth.domain.institution import Institution
from services.auth.storage.visible import managed_institutions, readable_institutions
from services.auth.storage.work import Work
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import SecondPersonNeeded
from shared.security.actor import Actor


def register_institution(
    work: Work, by: Actor | None, *, kind: InstitutionKind, name: str, at: datetime
) -> Institution:
    """Take an institution into the network; the others hear its identifier and kind."""
    made, told = Institution.register(kind=kind, name=name, at=at)
    work.institutions.add(made)
    work.tell(told)
    work.audit.wrote(by, "register_institution", "institution", [made.id])
    return made


def list_institutions(work: Work, by: Actor) -> list[Institution]:
    """Return every institution, by name."""
    found = sorted(work.institutions.find(), key=lambda one: one.name.casefold())
    work.audit.read(by, "list_institutions", "institution", [one.id for one in found])
    return found


def read_institution(work: Work, by: Actor, institution_id: UUID) -> Institution:
    """Return an institution: one's own, a partner or, for a service or administrator, any."""
    found = work.institutions.get(institution_id, readable_institutions(by))
    work.audit.read(by, "read_institution", "institution", [found.id])
    return found


def suspend_institution(
    work: Work, by: Actor | None, institution_id: UUID, *, at: datetime
) -> Institution:
    """Stop an institution with everything it holds; nobody suspends her own."""
    if by is not None and by.org == institution_id:
        raise SecondPersonNeeded
    institution = work.institutions.get(institution_id, managed_institutions(by))
    work.tell(*institution.suspend(at=at))
    work.audit.wrote(by, "suspend_institution", "institution", [institution.id])
    return work.institutions.save(institution)


def reinstate_institution(
    work: Work, by: Actor | None, institution_id: UUID, *, at: datetime
) -> Institution:
    """Let an institution act again."""
    institution = work.institutions.get(institution_id, managed_institutions(by))
    work.tell(institution.reinstate(at=at))
    work.audit.wrote(by, "reinstate_institution", "institution", [institution.id])
    return work.institutions.save(institution)
