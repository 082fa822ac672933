"""Events the auth service publishes: institutions and access taken back."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.contracts.event import Event, Publisher, event
from shared.contracts.vocabulary import InstitutionKind


class AccessOf(StrEnum):
    """Whose access was taken back."""

    PERSON = "person"
    MACHINE = "machine"
    SESSION = "session"
    INSTITUTION = "institution"


@event("institution.registered", about="institution_id", by=Publisher.AUTH)
class InstitutionRegistered(Event):
    """An institution takes part in the network. Its name is asked of the directory."""

    institution_id: UUID
    kind: InstitutionKind


@event("institution.suspended", about="institution_id", by=Publisher.AUTH)
class InstitutionSuspended(Event):
    """The institution may not act for now."""

    institution_id: UUID


@event("institution.reinstated", about="institution_id", by=Publisher.AUTH)
class InstitutionReinstated(Event):
    """The institution may act again."""

    institution_id: UUID


@event("access.revoked", about="subject_id", by=Publisher.AUTH)
class AccessRevoked(Event):
    """Tokens of this subject issued at ``not_before`` or earlier are void."""

    subject_id: UUID
    subject_kind: AccessOf
    not_before: datetime
