"""The service plan (F10), reduced to what a referral needs: items the person decided on.

DRAFT  agree -> AGREED
AGREED revise -> SUPERSEDED

The person is free to take or refuse each service (seed 000, section 3); what was refused can
never be referred. An agreed version is kept as it was, and a revision is a new version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.intake.domain.forms.casework import PLAN_DECISION, PLAN_ITEM
from services.intake.domain.forms.check import check
from services.intake.domain.forms.field import Answers
from services.intake.domain.sheet import Place, Signature
from shared.contracts.intake import PlanAgreed
from shared.contracts.vocabulary import Service
from shared.errors import Conflict, Invalid, MoveNotAllowed
from shared.identifiers import new_id


class NotAgreed(Conflict):
    """The person has not said yes to this service."""

    code = "not_agreed"
    id = "Penerima layanan belum menyetujui layanan ini; tidak dapat dirujuk."
    en = "The person has not said yes to this service; it cannot be referred."


class Undecided(Conflict):
    """Some item has no decision of the person yet."""

    code = "plan_undecided"
    id = "Masih ada bagian rencana yang belum diputuskan oleh penerima layanan."
    en = "The person has not decided on every item of the plan yet."


class PlanStanding(StrEnum):
    """Where a version of the plan stands."""

    DRAFT = "DRAFT"
    AGREED = "AGREED"
    SUPERSEDED = "SUPERSEDED"


class PlanMove(StrEnum):
    """What may be done to a version of the plan."""

    AGREE = "agree"
    REVISE = "revise"


class Mode(StrEnum):
    """How help is given: directly, by a partner, or by people nearby."""

    LANGSUNG_UPTD = "LANGSUNG_UPTD"
    RUJUKAN = "RUJUKAN"
    INFORMAL = "INFORMAL"


class PersonDecision(StrEnum):
    """What the person says to one service."""

    SETUJU = "SETUJU"
    TOLAK = "TOLAK"
    TUNDA = "TUNDA"


#: Every step a version of the plan can take.
STEPS: Final[Mapping[tuple[PlanStanding, PlanMove], PlanStanding]] = {
    (PlanStanding.DRAFT, PlanMove.AGREE): PlanStanding.AGREED,
    (PlanStanding.AGREED, PlanMove.REVISE): PlanStanding.SUPERSEDED,
}


@dataclass(eq=False, kw_only=True)
class PlanItem:
    """One service for one need, and what the person says to it."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    version: int = 0
    need_id: UUID
    service: Service
    mode: Mode
    escort: bool
    goal: str
    planned_sessions: int | None
    decision: PersonDecision | None = None
    reason: str | None = None
    unavailable: bool = False

    @classmethod
    def write(cls, answers: Answers, *, place: Place) -> "PlanItem":
        """Put an item into the plan; raise Invalid naming the fields."""
        problems = check(PLAN_ITEM.blocks[0], answers)
        if not problems and "_" not in answers["service"]:
            problems = {"service": ["wrong_code"]}
        if problems:
            raise Invalid(fields=problems)
        return cls(
            id=new_id(),
            case_id=place.owner_id,
            unit_id=place.unit_id,
            need_id=UUID(answers["need_id"]),
            service=Service(answers["service"]),
            mode=Mode(answers["mode"]),
            escort=answers["escort"] == "DENGAN",
            goal=answers["goal"],
            planned_sessions=answers.get("planned_sessions"),
        )

    @property
    def referable(self) -> bool:
        """Whether it may be referred: by a partner, agreed, and there is one."""
        wanted = self.decision is PersonDecision.SETUJU
        return wanted and self.mode is Mode.RUJUKAN and not self.unavailable

    def decide(self, answers: Answers) -> None:
        """Keep what the person says; she or he may say otherwise at any time."""
        problems = check(PLAN_DECISION.blocks[0], answers)
        if problems:
            raise Invalid(fields=problems)
        self.decision = PersonDecision(answers["decision"])
        self.reason = answers.get("reason") or None

    def require_referable(self) -> None:
        """Raise NotAgreed unless the person said yes to a referral of this service."""
        if not self.referable:
            raise NotAgreed


@dataclass(eq=False, kw_only=True)
class ServicePlan:
    """One version of the plan of a case."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    version: int = 0
    plan_version: int = 1
    standing: PlanStanding = PlanStanding.DRAFT
    agreed_at: datetime | None = None
    agreed_by: UUID | None = None
    agreed_items: list[dict[str, Any]] | None = None

    @classmethod
    def begin(cls, *, place: Place, after: "ServicePlan | None" = None) -> "ServicePlan":
        """Begin the first version, or the next after one that no longer fits."""
        if after is not None:
            after.revise()
        return cls(
            id=new_id(),
            case_id=place.owner_id,
            unit_id=place.unit_id,
            plan_version=1 if after is None else after.plan_version + 1,
        )

    def agree(self, items: Sequence[PlanItem], *, signed: Signature) -> PlanAgreed:
        """The plan is agreed with the person; raise Undecided when an item has no answer."""
        if not items or any(item.decision is None for item in items):
            raise Undecided
        self._step(PlanMove.AGREE)
        self.agreed_at, self.agreed_by = signed.at, signed.by
        self.agreed_items = [_as_agreed(item) for item in items]
        return PlanAgreed(
            plan_id=self.id,
            case_id=self.case_id,
            unit_id=self.unit_id,
            plan_version=self.plan_version,
            items=sum(item.decision is PersonDecision.SETUJU for item in items),
            happened_at=signed.at,
        )

    def revise(self) -> None:
        """A later version takes the place of this one."""
        self._step(PlanMove.REVISE)

    def _step(self, move: PlanMove) -> None:
        try:
            self.standing = STEPS[self.standing, move]
        except KeyError:
            raise MoveNotAllowed("plan", move, self.standing) from None


def _as_agreed(item: PlanItem) -> dict[str, Any]:
    return {
        "item_id": str(item.id),
        "need_id": str(item.need_id),
        "service": item.service.value,
        "mode": item.mode.value,
        "escort": item.escort,
        "planned_sessions": item.planned_sessions,
        "decision": item.decision.value if item.decision else None,
    }
