"""The timeline of a case: one line for each event, in codes, without names.

What a line says in words is the label table's business; a line holds the kind (the event's
topic), codes and numbers. A line tells by which door something came and how it was verified.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any, Final
from uuid import UUID

from services.monitoring.domain.deadlines import LATE_ENTRY
from shared.contracts.event import Event
from shared.contracts.referral_words import Door
from shared.contracts.roles import Role
from shared.contracts.vocabulary import Service


class Verification(StrEnum):
    """How we know who spoke."""

    TOKEN = "token"  # noqa: S105 - a kind of proof, not a password
    """The partner's own system signed in."""
    SIGN_IN = "sign-in"
    """A person signed in."""
    OFFICER = "officer"
    """An officer of the unit wrote it down, with evidence."""
    CLOCK = "clock"
    """Nobody spoke: time passed, or a rule applied."""


#: A door tells how the one who came through it was verified.
VERIFIED: Final[Mapping[Door, Verification]] = {
    Door.API: Verification.TOKEN,
    Door.FHIR: Verification.TOKEN,
    Door.PORTAL: Verification.SIGN_IN,
    Door.STAFF: Verification.SIGN_IN,
    Door.LETTER: Verification.OFFICER,
    Door.PHONE: Verification.OFFICER,
    Door.SYSTEM: Verification.CLOCK,
}

#: Who reads the timelines of the cases they may see. A data clerk counts and reads no case;
#: partners read their referral's own history, elsewhere.
READERS: Final = frozenset(
    {
        Role.MANAJER_KASUS,
        Role.PENDAMPING,
        Role.PETUGAS_PENGADUAN,
        Role.SUPERVISOR,
        Role.KEPALA_UPTD,
        Role.TENAGA_AHLI,
    }
)

#: What everybody who may see the case may know, but an expert need not for her work.
NOT_FOR_EXPERTS: Final = frozenset({"report", "consent"})

#: Fields that say which thing it is; they have columns of their own or are of no use to readers.
_NAMED: Final = frozenset(
    {
        "event_id",
        "happened_at",
        "unit_id",
        "report_id",
        "case_id",
        "referral_id",
        "institution_id",
        "service",
        "door",
    }
)


@dataclass(eq=False, kw_only=True)
class Line:
    """One line: what happened, when, and through which door."""

    id: UUID
    unit_id: UUID
    report_id: UUID | None
    case_id: UUID | None
    referral_id: UUID | None
    institution_id: UUID | None
    service: Service | None
    kind: str
    happened_at: datetime
    recorded_at: datetime
    door: Door | None
    details: dict[str, Any]

    @property
    def verification(self) -> Verification | None:
        """How we know who spoke; None where the event does not tell."""
        return None if self.door is None else VERIFIED[self.door]

    @property
    def key(self) -> tuple[datetime, UUID]:
        """Its place in the order: when it happened, then when it was told."""
        return self.happened_at, self.id

    @property
    def entered_late(self) -> bool:
        """Say whether it was written down more than two days after it happened."""
        return self.recorded_at - self.happened_at > LATE_ENTRY


def line_of(event: Event, *, unit_id: UUID, recorded_at: datetime) -> Line:
    """Write the line of an event. The same event always makes the line with the same id."""
    told = vars(event)
    return Line(
        id=event.event_id,
        unit_id=unit_id,
        report_id=told.get("report_id"),
        case_id=told.get("case_id"),
        referral_id=told.get("referral_id"),
        institution_id=told.get("institution_id"),
        service=told.get("service"),
        kind=event.topic,
        happened_at=event.happened_at,
        recorded_at=recorded_at,
        door=told.get("door"),
        details={
            field.name: _plain(told[field.name])
            for field in fields(event)
            if field.name not in _NAMED and told[field.name] is not None
        },
    )


def hidden_from(roles: frozenset[Role]) -> frozenset[str]:
    """Return the aggregates whose lines somebody with these roles does not read."""
    return NOT_FOR_EXPERTS if not roles & (READERS - {Role.TENAGA_AHLI}) else frozenset()


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if isinstance(value, int) else str(value)
