"""The deadline rules: what must follow what, within which time, and who answers for it.

Rows, not branches (domain.md, 2.9): a further rule is a further row. A limit is the unit's to
change; where no law or source gives one, the row says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.monitoring.domain.calendars import Calendar
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.roles import Role
from shared.contracts.vocabulary import RiskLevel
from shared.errors import Invalid, NotFound


class AppliesIf(StrEnum):
    """When a row applies, or which of a rule's two limits it is."""

    TINGGI = "TINGGI"
    SEDANG = "SEDANG"
    RENDAH = "RENDAH"
    ALWAYS = "always"
    SEXUAL = "sexual"
    RESPOND = "respond"
    SERVE = "serve"


class Source(StrEnum):
    """Where a limit comes from."""

    STATUTE = "statute"
    PROCEDURE = "procedure"
    """A written procedure of such units; the reference names it."""
    OURS = "P"
    """No source gives it; proposed by us, the unit decides."""
    UNIT = "unit"
    """Decided by the unit."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: after ``trigger`` something must happen within ``limit``.

    ``limit`` is None where the event itself names the moment. ``reference`` is a key of the
    list of sources in domain.md, or a code list.
    """

    rule: DeadlineRule
    applies_if: AppliesIf
    trigger: str
    limit: timedelta | None
    calendar: Calendar
    owner: Role
    escalate_to: Role
    source: Source
    reference: str | None = None

    @property
    def key(self) -> tuple[DeadlineRule, AppliesIf]:
        """What tells one row from another."""
        return self.rule, self.applies_if

    @property
    def given(self) -> timedelta:
        """The limit of a row that has one; raise LimitNamedElsewhere for one that has none."""
        if self.limit is None:
            raise LimitNamedElsewhere
        return self.limit

    def limited_to(self, limit: timedelta) -> "Rule":
        """Return the row with the unit's own limit.

        Raise LimitNamedElsewhere, Invalid when it is no time at all, or StatuteStands.
        """
        stands = self.given
        if not timedelta() < limit <= LONGEST:
            raise Invalid(fields={"limit_seconds": ["out_of_range"]})
        statute = self.source is Source.STATUTE
        if statute and limit > stands:
            raise StatuteStands
        return replace(self, limit=limit, source=Source.STATUTE if statute else Source.UNIT)


class StatuteStands(Invalid):
    """A limit that the law sets can be shortened by a unit, never lengthened."""

    code = "statute_stands"
    id = "Batas ini ditetapkan undang-undang; hanya boleh dipersingkat."
    en = "The law sets this limit; it may only be shortened."


class LimitNamedElsewhere(Invalid):
    """The limit of a referral is that of its urgency and service; the directory keeps it."""

    code = "limit_named_elsewhere"
    id = "Batas ini ditentukan oleh rujukan sendiri, bukan di sini."
    en = "This limit is named by the referral itself, not here."


#: No limit of casework is longer than a year.
LONGEST: Final = timedelta(days=366)

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def _first_response(
    rule: DeadlineRule, risk: AppliesIf, *, hours: int, source: Source, reference: str | None
) -> Rule:
    return Rule(
        rule=rule,
        applies_if=risk,
        trigger="report.received",
        limit=hours * _HOUR,
        calendar=Calendar.WALL,
        owner=Role.PETUGAS_PENGADUAN,
        escalate_to=Role.SUPERVISOR,
        source=source,
        reference=reference,
    )


def _contact(risk: AppliesIf, *, days: int) -> Rule:
    return Rule(
        rule=DeadlineRule.T22,
        applies_if=risk,
        trigger="referral.sent",
        limit=days * _DAY,
        calendar=Calendar.WALL,
        owner=Role.MANAJER_KASUS,
        escalate_to=Role.SUPERVISOR,
        source=Source.OURS,
        reference="G5",
    )


def _reply(part: AppliesIf) -> Rule:
    return Rule(
        rule=DeadlineRule.T24,
        applies_if=part,
        trigger="referral.sent",
        limit=None,
        calendar=Calendar.WALL,
        owner=Role.MANAJER_KASUS,
        escalate_to=Role.SUPERVISOR,
        source=Source.OURS,
        reference="CL16",
    )


#: The rows in force until a unit changes a limit. S7 gives the six hours of T02, and "segera"
#: for T01, of which the hour is ours.
ROWS: Final = (
    _first_response(
        DeadlineRule.T01, AppliesIf.TINGGI, hours=1, source=Source.OURS, reference="S7"
    ),
    _first_response(
        DeadlineRule.T02, AppliesIf.SEDANG, hours=6, source=Source.PROCEDURE, reference="S7"
    ),
    _first_response(
        DeadlineRule.T03, AppliesIf.RENDAH, hours=24, source=Source.OURS, reference=None
    ),
    Rule(
        rule=DeadlineRule.T04,
        applies_if=AppliesIf.ALWAYS,
        trigger="report.received",
        limit=3 * _DAY,
        calendar=Calendar.WORKDAY,
        owner=Role.PETUGAS_PENGADUAN,
        escalate_to=Role.SUPERVISOR,
        source=Source.PROCEDURE,
        reference="S11",
    ),
    Rule(
        rule=DeadlineRule.T08,
        applies_if=AppliesIf.SEXUAL,
        trigger="report.received",
        limit=3 * _DAY,
        calendar=Calendar.WALL,
        owner=Role.MANAJER_KASUS,
        escalate_to=Role.KEPALA_UPTD,
        source=Source.STATUTE,
        reference="S25",
    ),
    _contact(AppliesIf.TINGGI, days=7),
    _contact(AppliesIf.SEDANG, days=14),
    _contact(AppliesIf.RENDAH, days=30),
    _reply(AppliesIf.RESPOND),
    _reply(AppliesIf.SERVE),
)

#: The rule of the first response, by how great the danger is.
FIRST_RESPONSE: Final[Mapping[RiskLevel, DeadlineRule]] = {
    RiskLevel.TINGGI: DeadlineRule.T01,
    RiskLevel.SEDANG: DeadlineRule.T02,
    RiskLevel.RENDAH: DeadlineRule.T03,
}


@dataclass(eq=False, kw_only=True)
class Limit:
    """A limit that a unit has set in place of the one in ``ROWS``."""

    id: UUID
    unit_id: UUID
    rule: DeadlineRule
    applies_if: AppliesIf
    limit_seconds: int
    set_by: UUID
    set_at: datetime
    version: int = 0


@dataclass(frozen=True)
class Rules:
    """The rules of one unit: the rows, with what the unit has changed."""

    rows: Mapping[tuple[DeadlineRule, AppliesIf], Rule]

    @classmethod
    def of(cls, limits: Iterable[Limit] = ()) -> "Rules":
        """Lay a unit's own limits over the rows."""
        rows = {row.key: row for row in ROWS}
        for own in limits:
            row = rows[own.rule, own.applies_if]
            own_limit = timedelta(seconds=own.limit_seconds)
            # A law that came after the unit's own limit still stands.
            if row.limit is not None and (
                row.source is not Source.STATUTE or own_limit < row.limit
            ):
                rows[row.key] = row.limited_to(own_limit)
        return cls(rows)

    def get(self, rule: DeadlineRule, applies_if: AppliesIf) -> Rule:
        """Return one row; raise NotFound."""
        try:
            return self.rows[rule, applies_if]
        except KeyError:
            raise NotFound from None

    def first_response(self, risk: RiskLevel | None) -> Rule:
        """Return the row for a report; danger not yet known counts as medium until it is."""
        level = risk or RiskLevel.SEDANG
        return self.get(FIRST_RESPONSE[level], AppliesIf(level.value))

    def contact(self, risk: RiskLevel) -> Rule:
        """Return the row that says how often a case is looked at."""
        return self.get(DeadlineRule.T22, AppliesIf(risk.value))
