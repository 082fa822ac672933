"""The short reassessment: three questions, asked whenever the help was not right (R1, R4).

OPEN answer -> ANSWERED

«maka manager kasus akan kembali melakukan assessment untuk menggali penyebabnya» (seed 000,
section 5). The answers, not the judgement, decide where the case goes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.forms.check import check
from services.intake.domain.forms.field import Answers
from services.intake.domain.forms.looping import REASSESSMENT
from services.intake.domain.loops import ARRIVES, ROUTES
from services.intake.domain.stages import Move
from shared.contracts.event import Event
from shared.contracts.intake import CaseReassessed, CaseReassessmentOpened, LoopRule
from shared.contracts.vocabulary import InadequacyCause, Service
from shared.errors import Invalid, MoveNotAllowed
from shared.identifiers import new_id


@dataclass(eq=False, kw_only=True)
class Reassessment:
    """Why the case is looked at again, and what was found."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    version: int = 0
    rule: LoopRule
    opened_at: datetime
    referral_id: UUID | None = None
    service: Service | None = None
    cause_judged: InadequacyCause | None = None
    record_id: UUID | None = None
    cause: InadequacyCause | None = None
    answered_at: datetime | None = None
    answered_by: UUID | None = None

    @classmethod
    def open(
        cls, case: Case, rule: LoopRule, *, at: datetime, **why: Any
    ) -> tuple["Reassessment", CaseReassessmentOpened]:
        """Open it for a case; the case remembers that it is open."""
        opened = cls(
            id=new_id(), case_id=case.id, unit_id=case.unit_id, rule=rule, opened_at=at, **why
        )
        case.reassessment_id = opened.id
        return opened, opened._told(at)

    def heighten(self, *, at: datetime) -> CaseReassessmentOpened | None:
        """The risk has risen meanwhile: it counts as one of R4 now. None when it did already."""
        if self.rule is LoopRule.R4:
            return None
        self.rule = LoopRule.R4
        return self._told(at)

    @property
    def answered(self) -> bool:
        """Whether the three questions have been answered."""
        return self.answered_at is not None

    def answer(self, case: Case, answers: Answers, *, by: UUID, at: datetime) -> list[Event]:
        """Answer all three questions; the case goes where the cause leads."""
        problems = check(REASSESSMENT.blocks[0], answers)
        if problems:
            raise Invalid(fields=problems)
        if self.answered or case.reassessment_id != self.id:
            raise MoveNotAllowed("reassessment", "answer", "ANSWERED")
        self.cause = InadequacyCause(answers["cause"])
        self.answered_at, self.answered_by = at, by
        case.reassessment_id = None
        moved = case.go_back(self._move(), self.rule, at=at)
        reached = CaseReassessed(
            **case.which(), reassessment_id=self.id, to_stage=case.stage, happened_at=at
        )
        return [reached] if moved is None else [reached, moved]

    def _told(self, at: datetime) -> CaseReassessmentOpened:
        return CaseReassessmentOpened(
            case_id=self.case_id,
            unit_id=self.unit_id,
            reassessment_id=self.id,
            rule=self.rule,
            happened_at=at,
        )

    def _move(self) -> Move:
        # A raised risk (R4) always leads to assessment, whatever else was found.
        assert self.cause is not None  # noqa: S101 - set by answer(), the only caller
        return Move.REASSESS if self.rule is LoopRule.R4 else ROUTES[self.cause]


def arrives(cause: InadequacyCause) -> str:
    """Return the stage to which a cause leads, for the screen to say so beforehand."""
    return ARRIVES[ROUTES[cause]].value
