"""Keeping the directory of partners."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.referral.domain.institution import Institution, InstitutionStanding
from services.referral.storage.finding import find_institution
from services.referral.storage.work import Work
from shared.clock import now
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import AlreadyThere, Stale
from shared.security.actor import Actor


def enter_institution(work: Work, actor: Actor, entry: Mapping[str, Any]) -> Institution:
    """Enter an institution; auth names it by event too. Raises AlreadyThere for a full entry."""
    known = find_institution(work, entry["id"])
    if known is not None and known.name:
        raise AlreadyThere
    institution = known or Institution(id=entry["id"], kind=entry["kind"])
    _fill(institution, entry)
    if known is None:
        work.institutions.add(institution)
    else:
        work.institutions.save(institution)
    work.audit.wrote(actor, "institution.enter", "institution", [institution.id])
    return institution


def change_institution(
    work: Work, actor: Actor, institution_id: UUID, *, seen: int, entry: Mapping[str, Any]
) -> Institution:
    """Change an entry that nobody else has changed since. Raises NotFound or Stale."""
    institution = work.institutions.get(institution_id)
    if institution.version != seen:
        raise Stale
    _fill(institution, entry)
    work.institutions.save(institution)
    work.audit.wrote(actor, "institution.change", "institution", [institution.id])
    return institution


def remember_institution(work: Work, institution_id: UUID, kind: InstitutionKind) -> None:
    """Keep that auth knows an institution; its entry is filled in by hand."""
    known = find_institution(work, institution_id)
    if known is None:
        entry = Institution(id=institution_id, kind=kind, changed_at=now())
        work.institutions.add(entry)
    else:
        known.kind = kind
        work.institutions.save(known)


def mark_institution(work: Work, institution_id: UUID, standing: InstitutionStanding) -> None:
    """Keep that an institution may, or may not, act for now."""
    known = find_institution(work, institution_id)
    if known is not None:
        known.standing, known.changed_at = standing, now()
        work.institutions.save(known)


def _fill(institution: Institution, entry: Mapping[str, Any]) -> None:
    for name in ("kind", "name", "services", "contact", "hours", "limits", "doors"):
        if name in entry:
            setattr(institution, name, entry[name])
    institution.changed_at = now()
