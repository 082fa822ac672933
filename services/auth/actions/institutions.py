"""Register, suspend and reinstate institutions."""

from datetime import datetime
from uuid import UUID

from services.auth.domain.institution import Institution
from services.auth.storage.visible import managed_institutions
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
