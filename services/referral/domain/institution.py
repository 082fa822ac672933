"""A partner as the directory knows it: what it does, how it is reached, how fast it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.referral.domain.limits import LIMITS, Limit
from shared.contracts.vocabulary import InstitutionKind, Service
from shared.errors import Conflict, Invalid


class Reached(StrEnum):
    """How a partner takes part: its own system, our portal, or paper and telephone."""

    API = "api"
    PORTAL = "portal"
    LETTER = "letter"


class InstitutionStanding(StrEnum):
    """Whether an institution takes part."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class InstitutionSuspended(Conflict):
    """The institution may not be referred to for now."""

    code = "institution_suspended"
    id = "Lembaga ini sedang tidak aktif dalam jejaring."
    en = "This institution does not take part for now."


class ServiceNotOffered(Conflict):
    """The directory does not list this service for this institution."""

    code = "service_not_offered"
    id = "Lembaga ini tidak memberikan layanan tersebut menurut direktori."
    en = "According to the directory this institution does not give that service."


class ServiceNotExact(Invalid):
    """A field of help was named where one of its services is needed."""

    code = "service_not_exact"
    id = "Pilih layanan yang tepat, bukan hanya kelompoknya."
    en = "Choose the exact service, not only its group."


@dataclass(eq=False, kw_only=True)
class Institution:
    """One entry of the directory. ``limits`` are what it agreed to, in hours, per service."""

    id: UUID
    kind: InstitutionKind
    name: str | None = None
    services: frozenset[Service] = frozenset()
    contact: str | None = None
    hours: str | None = None
    limits: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)
    doors: frozenset[Reached] = frozenset({Reached.LETTER})
    standing: InstitutionStanding = InstitutionStanding.ACTIVE
    changed_at: datetime | None = None
    version: int = 1

    @property
    def listed(self) -> bool:
        """Whether a case manager finds it: it has a name, gives something, and takes part."""
        active = self.standing is InstitutionStanding.ACTIVE
        return active and bool(self.name) and bool(self.services)

    def limit_for(self, service: Service) -> Limit | None:
        """Return the limit agreed with this institution for a service, or None for the default."""
        row = self.limits.get(service.value)
        if row is None:
            return None
        accept, serve = (_hours(row.get(key)) for key in ("accept", "serve"))
        usual = LIMITS[service]
        return Limit(accept or usual.accept, serve or usual.serve, "agreement")

    def check_gives(self, service: Service) -> None:
        """Raise unless it takes part and gives this service."""
        if service not in LIMITS:
            raise ServiceNotExact(fields={"service": ["wrong_code"]})
        if self.standing is not InstitutionStanding.ACTIVE:
            raise InstitutionSuspended
        if service not in self.services:
            raise ServiceNotOffered


def offering(institutions: Iterable[Institution], service: Service | None) -> list[Institution]:
    """Return the listed institutions that give a service (or one of its parts), by name."""

    def gives(one: Institution) -> bool:
        return service is None or any(
            given is service or given.value.startswith(f"{service.value}_")
            for given in one.services
        )

    found = [one for one in institutions if one.listed and gives(one)]
    return sorted(found, key=lambda one: ((one.name or "").casefold(), str(one.id)))


def _hours(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)
