"""A task: something a person of the unit has to do, and by when.

    open     finish   done
    open     drop     dropped

Tasks come from events and from missed deadlines; the same events take them away again, so that
nobody ticks off what has already happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from services.monitoring.domain.deadlines import About
from shared.contracts.roles import Role
from shared.contracts.vocabulary import RiskLevel
from shared.errors import MoveNotAllowed
from shared.identifiers import new_id


class TaskKind(StrEnum):
    """What has to be done."""

    MEET_DANGER = "meet-danger"
    """A report says the danger is great: act at once (T01)."""
    ASK_PARTNER = "ask-partner"
    """The partner has been silent past its limit: talk to it (domain.md, 2.5)."""
    ASK_ABOUT_SERVICE = "ask-about-service"
    """The help was promised and has not begun in time."""
    REFER_AGAIN = "refer-again"
    """Declined, expired, failed or abandoned: look elsewhere (rule R3)."""
    ANSWER_PARTNER = "answer-partner"
    """The partner asks first; its clock rests until we answer."""
    CONTACT = "contact"
    """It is time to look at the case again (T22)."""
    SEE_THAT_PARTNER_STOPS = "see-that-partner-stops"
    """Consent is withdrawn and the partner has not yet said that it stopped."""
    SETTLE_ANSWER = "settle-answer"
    """The partner says that an answer recorded for it is not right."""


class Standing(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Move(StrEnum):
    """What may become of a task."""

    FINISH = "finish"
    DROP = "drop"


#: Every step a task can take. A pair that is absent is refused.
STEPS: Final[Mapping[tuple[Standing, Move], Standing]] = {
    (Standing.OPEN, Move.FINISH): Standing.DONE,
    (Standing.OPEN, Move.DROP): Standing.DROPPED,
}

_HOUR: Final = timedelta(hours=1)

#: How soon a task is due, by danger. R3: "within 1 day (TINGGI 1 h)"; the others are ours.
WITHIN: Final[Mapping[TaskKind, Mapping[RiskLevel, timedelta]]] = {
    kind: {RiskLevel.TINGGI: high, RiskLevel.SEDANG: other, RiskLevel.RENDAH: other}
    for kind, high, other in (
        (TaskKind.MEET_DANGER, _HOUR, _HOUR),
        (TaskKind.ASK_PARTNER, _HOUR, 24 * _HOUR),
        (TaskKind.ASK_ABOUT_SERVICE, _HOUR, 24 * _HOUR),
        (TaskKind.REFER_AGAIN, _HOUR, 24 * _HOUR),
        (TaskKind.ANSWER_PARTNER, _HOUR, 24 * _HOUR),
        (TaskKind.CONTACT, 7 * 24 * _HOUR, 14 * 24 * _HOUR),
        (TaskKind.SEE_THAT_PARTNER_STOPS, 24 * _HOUR, 24 * _HOUR),
        (TaskKind.SETTLE_ANSWER, 24 * _HOUR, 72 * _HOUR),
    )
}

#: Kinds that a supervisor sees from the first moment, not only when late (rules R4 and R7).
AT_ONCE_TO_SUPERVISOR: Final = frozenset({TaskKind.MEET_DANGER, TaskKind.SEE_THAT_PARTNER_STOPS})


def due_within(kind: TaskKind, risk: RiskLevel | None) -> timedelta:
    """Return how soon a task is due; danger not yet known counts as medium."""
    return WITHIN[kind][risk or RiskLevel.SEDANG]


@dataclass(eq=False, kw_only=True)
class Task:
    """Something a person of the unit has to do."""

    id: UUID
    unit_id: UUID
    report_id: UUID | None
    case_id: UUID | None
    referral_id: UUID | None
    kind: TaskKind
    owner_role: Role
    owner_id: UUID | None
    escalated_to: Role | None
    made_at: datetime
    due_at: datetime
    deadline_id: UUID | None = None
    standing: Standing = Standing.OPEN
    ended_at: datetime | None = None
    ended_by: UUID | None = None
    version: int = 0

    @classmethod
    def make(
        cls,
        kind: TaskKind,
        *,
        about: About,
        at: datetime,
        due_at: datetime,
        owner_id: UUID | None = None,
        deadline_id: UUID | None = None,
    ) -> Self:
        """Give somebody something to do: the case manager, or whoever takes in reports."""
        of_case = about.case_id is not None
        return cls(
            id=new_id(),
            **vars(about),
            kind=kind,
            owner_role=Role.MANAJER_KASUS if of_case else Role.PETUGAS_PENGADUAN,
            owner_id=owner_id,
            escalated_to=Role.SUPERVISOR if kind in AT_ONCE_TO_SUPERVISOR else None,
            made_at=at,
            due_at=due_at,
            deadline_id=deadline_id,
        )

    def late(self, *, at: datetime) -> bool:
        """Say whether it should have been done by now; at the very moment it is not late."""
        return self.standing is Standing.OPEN and at > self.due_at

    def hand_to(self, owner_id: UUID) -> None:
        """Another person answers for it from now on."""
        if self.standing is Standing.OPEN:
            self.owner_id, self.owner_role = owner_id, Role.MANAJER_KASUS

    def escalate(self, role: Role) -> None:
        """Let the next one up see it."""
        self.escalated_to = role

    def finish(self, *, at: datetime, by: UUID | None = None) -> None:
        """It is done: somebody says so, or an event shows it."""
        self._step(Move.FINISH)
        self.ended_at, self.ended_by = at, by

    def drop(self, *, at: datetime) -> None:
        """It need not be done any more."""
        self._step(Move.DROP)
        self.ended_at = at

    def _step(self, move: Move) -> None:
        try:
            self.standing = STEPS[self.standing, move]
        except KeyError:
            raise MoveNotAllowed("task", move, self.standing) from None
