"""A report: what somebody told the unit, and what the unit made of it.

OPEN  take_on -> CASE, end -> ENDED
CASE  take_on -> CASE
ENDED -

It is never refused because something is not known: the minimum set has an answer for that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.intake.domain.forms.check import check_form
from services.intake.domain.forms.field import Answers
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.report_incident import SEXUAL
from services.intake.domain.nik import nik_warnings
from services.intake.domain.safety import provisional_risk
from services.intake.domain.sheet import Signature
from shared.contracts.intake import ReportEnded, ReportReceived, ReportResponded, ReportScreened
from shared.contracts.vocabulary import CaseClass, Channel, ReporterType, RiskLevel
from shared.errors import Invalid, MoveNotAllowed
from shared.identifiers import short_code


class ReportStanding(StrEnum):
    """Where a report stands."""

    OPEN = "OPEN"
    CASE = "CASE"
    ENDED = "ENDED"


class ReportMove(StrEnum):
    """What may become of a report."""

    TAKE_ON = "take_on"
    END = "end"


class ReportEnding(StrEnum):
    """Why a report ended without a case."""

    ADVICE_GIVEN = "ADVICE_GIVEN"
    OUTSIDE_MANDATE = "OUTSIDE_MANDATE"
    DUPLICATE = "DUPLICATE"
    NOT_VERIFIED = "NOT_VERIFIED"


#: Every step a report can take. One report may lead to a case for each person in it.
STEPS: Final[Mapping[tuple[ReportStanding, ReportMove], ReportStanding]] = {
    (ReportStanding.OPEN, ReportMove.TAKE_ON): ReportStanding.CASE,
    (ReportStanding.OPEN, ReportMove.END): ReportStanding.ENDED,
    (ReportStanding.CASE, ReportMove.TAKE_ON): ReportStanding.CASE,
}
#: Channels through which nobody of the family comes to the office: somebody must go there.
OUTREACH: Final = frozenset({Channel.PENJANGKAUAN, Channel.RUMAH_PENGADUAN, Channel.MEDIA})
#: A report written down later than this is marked as entered late (domain.md 3).
LATE: Final = timedelta(hours=48)
_CLOCKS_DIFFER: Final = timedelta(minutes=10)


@dataclass(eq=False, kw_only=True)
class Report:
    """A complaint as it was received; its answers lie on sheets."""

    id: UUID
    unit_id: UUID
    version: int = 0
    code: str
    channel: Channel
    reporter_type: ReporterType
    class_reported: CaseClass
    reported_at: datetime
    received_at: datetime
    received_by: UUID
    sexual: bool
    needs_outreach: bool
    persons: int
    standing: ReportStanding = ReportStanding.OPEN
    risk: RiskLevel | None = None
    screened_at: datetime | None = None
    responded_at: datetime | None = None
    ending: ReportEnding | None = None
    guest_id: UUID | None = None

    @classmethod
    def receive(
        cls, report_id: UUID, unit_id: UUID, answers: Answers, *, signed: Signature
    ) -> "Report":
        """Take a report in; raise Invalid naming the fields of the minimum set that are wrong."""
        problems = check_form(REPORT, answers)
        if not answers.get("persons"):
            problems["persons"] = ["required"]
        if problems:
            raise Invalid(fields=problems)
        reporter = answers["reporter"]
        reported_at = datetime.fromisoformat(reporter["reported_at"])
        if reported_at > signed.at + _CLOCKS_DIFFER:
            raise Invalid(fields={"reporter.reported_at": ["out_of_range"]})
        channel = Channel(reporter["channel"])
        return cls(
            id=report_id,
            unit_id=unit_id,
            code=short_code("L"),
            channel=channel,
            reporter_type=ReporterType(reporter["reporter_type"]),
            class_reported=CaseClass(answers["incident"]["class_reported"]),
            reported_at=reported_at,
            received_at=signed.at,
            received_by=signed.by,
            sexual=SEXUAL.holds({}, answers),
            needs_outreach=channel in OUTREACH,
            persons=len(answers["persons"]),
        )

    @property
    def entered_late(self) -> bool:
        """Whether it was written down more than 48 hours after it was made."""
        return self.received_at - self.reported_at > LATE

    def received(self) -> ReportReceived:
        """Return the event that tells of the report."""
        return ReportReceived(
            report_id=self.id,
            unit_id=self.unit_id,
            channel=self.channel,
            reporter_type=self.reporter_type,
            class_reported=self.class_reported,
            reported_at=self.reported_at,
            risk=self.risk,
            sexual=self.sexual,
            needs_outreach=self.needs_outreach,
            happened_at=self.received_at,
        )

    def screen_safety(self, answers: Answers, *, at: datetime) -> ReportScreened | None:
        """Keep what the safety screening says. It raises the risk and never lowers it."""
        self.screened_at = at
        self.risk = provisional_risk(answers) or self.risk
        if self.risk is None:
            return None
        return ReportScreened(
            report_id=self.id, unit_id=self.unit_id, risk=self.risk, happened_at=at
        )

    def respond(self, *, at: datetime) -> ReportResponded | None:
        """The unit gave its first response; a second one is no news."""
        if self.responded_at is not None:
            return None
        self.responded_at = at
        return ReportResponded(report_id=self.id, unit_id=self.unit_id, happened_at=at)

    def take_on(self) -> None:
        """A case was opened for a person of this report."""
        self._step(ReportMove.TAKE_ON)

    def end(self, ending: ReportEnding, *, at: datetime) -> ReportEnded:
        """The report ends without a case."""
        self._step(ReportMove.END)
        self.ending = ending
        return ReportEnded(report_id=self.id, unit_id=self.unit_id, happened_at=at)

    def _step(self, move: ReportMove) -> None:
        try:
            self.standing = STEPS[self.standing, move]
        except KeyError:
            raise MoveNotAllowed("report", move, self.standing) from None


def overlapping(answers: Answers) -> bool:
    """Whether several forms of violence come together (seed 000: «tumpang tindih»)."""
    return len(set((answers.get("incident") or {}).get("forms") or ())) >= 2


def warnings(answers: Answers) -> dict[str, list[str]]:
    """Return what looks odd in a report, by path. It never stops anybody."""
    found = {
        f"persons.{number}.nik": nik_warnings(person)
        for number, person in enumerate(answers.get("persons") or ())
    }
    return {path: codes for path, codes in found.items() if codes}
