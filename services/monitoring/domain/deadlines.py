"""A deadline: one thing that must happen by a certain moment, and whether it did.

    open     pause      paused
    open     miss       missed
    open     meet       met
    open     meet_late  met_late
    open     drop       dropped
    paused   resume     open
    paused   meet       met
    paused   drop       dropped
    missed   meet       met
    missed   meet_late  met_late
    missed   drop       dropped

What happened in time and was only written down afterwards still counts: missed leads to met.
At the very boundary it counts as met (domain.md, 7.4). Alerts come at 50, 80 and 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self
from uuid import UUID

from services.monitoring.domain.calendars import Calendar, Office, add, add_counted, passed
from services.monitoring.domain.calendars import remaining as left_until
from services.monitoring.domain.rules import AppliesIf, Rule
from shared.contracts.monitoring import DeadlineMissed, DeadlineRule
from shared.contracts.roles import Role
from shared.errors import Invalid, MoveNotAllowed
from shared.identifiers import new_id


class Standing(StrEnum):
    """Where a deadline stands."""

    OPEN = "open"
    PAUSED = "paused"
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met_late"
    DROPPED = "dropped"


class Move(StrEnum):
    """What may become of a deadline."""

    PAUSE = "pause"
    RESUME = "resume"
    MISS = "miss"
    MEET = "meet"
    MEET_LATE = "meet_late"
    DROP = "drop"


class Alert(StrEnum):
    """How much of the time is gone, as far as anybody was told."""

    NONE = "none"
    HALF = "half"
    NEAR = "near"
    OVER = "over"


#: Every step a deadline can take. A pair that is absent is refused.
STEPS: Final[Mapping[tuple[Standing, Move], Standing]] = {
    (Standing.OPEN, Move.PAUSE): Standing.PAUSED,
    (Standing.OPEN, Move.MISS): Standing.MISSED,
    (Standing.OPEN, Move.MEET): Standing.MET,
    (Standing.OPEN, Move.MEET_LATE): Standing.MET_LATE,
    (Standing.OPEN, Move.DROP): Standing.DROPPED,
    (Standing.PAUSED, Move.RESUME): Standing.OPEN,
    (Standing.PAUSED, Move.MEET): Standing.MET,
    (Standing.PAUSED, Move.DROP): Standing.DROPPED,
    (Standing.MISSED, Move.MEET): Standing.MET,
    (Standing.MISSED, Move.MEET_LATE): Standing.MET_LATE,
    (Standing.MISSED, Move.DROP): Standing.DROPPED,
}

#: Standings from which no step leads away.
SETTLED: Final = frozenset(Standing) - {standing for standing, _ in STEPS}

#: What share of the time brings which alert.
ALERTS: Final = ((0.5, Alert.HALF), (0.8, Alert.NEAR), (1.0, Alert.OVER))

#: What is written down more than two days after it happened is marked so (domain.md, 3).
LATE_ENTRY: Final = timedelta(hours=48)


class NotYet(Invalid):
    """Something was said to have happened at a moment that is still to come."""

    code = "not_yet"
    id = "Waktu ini belum terjadi."
    en = "This time has not come yet."


@dataclass(frozen=True, kw_only=True)
class About:
    """What a deadline or a task is about; a unit, and a report, a case or a referral of it."""

    unit_id: UUID
    report_id: UUID | None = None
    case_id: UUID | None = None
    referral_id: UUID | None = None


@dataclass(eq=False, kw_only=True)
class Settlement:
    """What somebody says settled a deadline, and by what it can be seen; never changed."""

    id: UUID
    deadline_id: UUID
    unit_id: UUID
    owner_id: UUID
    """The case or report for which the evidence is sealed."""
    met_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    evidence: str


@dataclass(eq=False, kw_only=True)
class Deadline:
    """One thing that must happen by a certain moment."""

    id: UUID
    unit_id: UUID
    report_id: UUID | None
    case_id: UUID | None
    referral_id: UUID | None
    rule: DeadlineRule
    applies_if: AppliesIf
    calendar: Calendar
    owner_role: Role
    escalate_to: Role
    began_at: datetime
    due_at: datetime
    counted_seconds: int
    standing: Standing = Standing.OPEN
    alerted: Alert = Alert.NONE
    next_alert_at: datetime | None = None
    paused_at: datetime | None = None
    met_at: datetime | None = None
    settled_by: UUID | None = None
    entered_late: bool = False
    version: int = 0

    @classmethod
    def set(
        cls,
        row: Rule,
        *,
        about: About,
        began_at: datetime,
        office: Office,
        due_at: datetime | None = None,
    ) -> Self:
        """Begin to count; ``due_at`` is given where the event names it and the row does not."""
        due = due_at or add(row.calendar, began_at, row.given, office=office)
        counted = passed(row.calendar, began_at, due, office=office)
        made = cls(
            id=new_id(),
            **vars(about),
            rule=row.rule,
            applies_if=row.applies_if,
            calendar=row.calendar,
            owner_role=row.owner,
            escalate_to=row.escalate_to,
            began_at=began_at,
            due_at=due,
            counted_seconds=int(counted.total_seconds()),
        )
        made._wait_from(began_at, office=office)
        return made

    @property
    def about(self) -> About:
        """What it is about."""
        return About(
            unit_id=self.unit_id,
            report_id=self.report_id,
            case_id=self.case_id,
            referral_id=self.referral_id,
        )

    @property
    def late(self) -> bool:
        """Say whether it did not happen in time: not at all, afterwards, or given up."""
        given_up = self.standing is Standing.DROPPED and self.alerted is Alert.OVER
        return given_up or self.standing in {Standing.MISSED, Standing.MET_LATE}

    def remaining(self, *, at: datetime, office: Office) -> timedelta:
        """Return the time left, negative when late; a paused clock stands still."""
        now = self.met_at or self.paused_at or at
        return left_until(self.calendar, now, self.due_at, office=office)

    def meet(self, *, at: datetime, recorded_at: datetime, by: UUID | None = None) -> None:
        """It happened at ``at``; raise NotYet when that lies ahead, MoveNotAllowed when settled."""
        if at > recorded_at:
            raise NotYet(fields={"met_at": ["not_yet"]})
        in_time = self.standing is Standing.PAUSED or at <= self.due_at
        self._step(Move.MEET if in_time else Move.MEET_LATE)
        self.met_at, self.settled_by = at.astimezone(UTC), by
        self.entered_late = recorded_at - at > LATE_ENTRY
        self.next_alert_at = None

    def drop(self) -> None:
        """Nothing is expected any more."""
        self._step(Move.DROP)
        self.next_alert_at = None

    def pause(self, *, at: datetime) -> None:
        """The other side waits for us; the clock rests."""
        self._step(Move.PAUSE)
        self.paused_at, self.next_alert_at = at, None

    def resume(self, *, at: datetime, office: Office, due_at: datetime | None = None) -> None:
        """The clock runs on with what was left, or until the moment the event names."""
        rested_since = self.paused_at or at
        self._step(Move.RESUME)
        left = passed(self.calendar, rested_since, self.due_at, office=office)
        self.due_at = due_at or add_counted(self.calendar, at, left, office=office)
        self.paused_at = None
        self._wait_from(at, office=office)

    def watch(self, *, at: datetime, office: Office) -> list[DeadlineMissed]:
        """Raise the alert as time goes by; past the due moment, say that it was missed."""
        if self.standing is not Standing.OPEN:
            return []
        self.alerted = self._share_gone(at, office=office)
        if at <= self.due_at:
            self._wait_from(at, office=office)
            return []
        self._step(Move.MISS)
        self.alerted, self.next_alert_at = Alert.OVER, None
        return [DeadlineMissed(**self._named(), happened_at=at)]

    def _share_gone(self, at: datetime, *, office: Office) -> Alert:
        gone = self._gone(at, office=office)
        reached = [alert for share, alert in ALERTS[:-1] if gone >= share * self._counted]
        return reached[-1] if reached else Alert.NONE

    def _wait_from(self, at: datetime, *, office: Office) -> None:
        # The alert at 100 % waits for the due moment itself, whatever rounding did before.
        gone = self._gone(at, office=office)
        ahead = [share * self._counted for share, _ in ALERTS[:-1] if share * self._counted > gone]
        if not ahead or at >= self.due_at:
            self.next_alert_at = self.due_at
        else:
            self.next_alert_at = add_counted(self.calendar, at, ahead[0] - gone, office=office)

    def _gone(self, at: datetime, *, office: Office) -> timedelta:
        return self._counted - passed(self.calendar, at, self.due_at, office=office)

    @property
    def _counted(self) -> timedelta:
        return timedelta(seconds=self.counted_seconds)

    def _step(self, move: Move) -> None:
        try:
            self.standing = STEPS[self.standing, move]
        except KeyError:
            raise MoveNotAllowed("deadline", move, self.standing) from None

    def _named(self) -> dict[str, Any]:
        return {
            **vars(self.about),
            "deadline_id": self.id,
            "rule": self.rule,
            "due_at": self.due_at,
        }
