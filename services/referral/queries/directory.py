"""Searching the directory."""

from uuid import UUID

from services.referral.domain.institution import Institution, offering
from services.referral.storage.tables import institutions
from services.referral.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import Service
from shared.security.actor import Actor


def search_directory(work: Work, actor: Actor, service: Service | None) -> list[Institution]:
    """Return the institutions that take part and give a service, by name."""
    found = offering(work.institutions.find(order=institutions.c.id), service)
    ids = [one.id for one in found]
    work.audit.read(actor, "directory.search", "institution", ids, (FieldClass.CONTACT,))
    return found


def get_institution(work: Work, actor: Actor, institution_id: UUID) -> Institution:
    """Return one entry, listed or not; or raise NotFound."""
    found = work.institutions.get(institution_id)
    work.audit.read(actor, "directory.read", "institution", [found.id], (FieldClass.CONTACT,))
    return found
