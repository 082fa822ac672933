"""A case: one person, looked after from the first meeting to the follow-up.

The stages and the steps between them stand in ``stages.py``, the loop rules in ``loops.py``,
what must be true before a step in ``facts.py``, how the risk is judged in ``risk.py``. Here is
what a case remembers and what it says to the network when it moves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain.facts import Facts, blockers, lacking, named
from services.intake.domain.loops import LOOPS
from services.intake.domain.numbers import registration_number
from services.intake.domain.report import Report
from services.intake.domain.stages import BACK, STEPS, Move, leads
from shared.contracts.intake import (
    CaseAccompanied,
    CaseAssigned,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    CaseStageMoved,
    CounsellingDecision,
    LoopRule,
    ScreeningDecision,
)
from shared.contracts.vocabulary import (
    Authority,
    CaseClass,
    CaseStatus,
    RiskLevel,
    Stage,
    TerminationReason,
)
from shared.errors import Conflict, MoveNotAllowed
from shared.identifiers import new_id, short_code


class NotReady(Conflict):
    """Something has to be done before the case can take this step; ``fields`` names it."""

    code = "not_ready"
    id = "Ada yang perlu diselesaikan sebelum langkah ini."
    en = "Something has to be done before this step."


class AlreadyClosed(Conflict):
    """The file of a closed case is read only; it is opened again first (rule R9)."""

    code = "case_closed"
    id = "Kasus ini sudah ditutup. Buka kembali bila ada hal baru."
    en = "This case is closed. Open it again when something new has come up."


class Blocked(NotReady):
    """The case cannot be closed yet (rule R8); ``fields`` lists what is open."""

    code = "closing_blocked"
    id = "Kasus belum dapat ditutup: masih ada yang terbuka."
    en = "The case cannot be closed yet: something is still open."


@dataclass(eq=False, kw_only=True)
class Case:
    """What a case remembers. Its number tells the class and stays inside the unit."""

    id: UUID
    unit_id: UUID
    version: int = 0
    code: str
    number: str
    report_id: UUID
    person_position: int
    stage: Stage = Stage.ENGAGEMENT
    status: CaseStatus = CaseStatus.DILAPORKAN
    episode: int = 1
    loop_no: int = 0
    class_reported: CaseClass
    opened_at: datetime
    opened_by: UUID
    moved_at: datetime
    safety_screened: bool = False
    manager_id: UUID | None = None
    companion_id: UUID | None = None
    primary_class: CaseClass | None = None
    risk: RiskLevel | None = None
    authority: Authority | None = None
    screening: ScreeningDecision | None = None
    tpks: bool = False
    duty_settled: bool = False
    counselling: CounsellingDecision | None = None
    counselled_at: datetime | None = None
    reassessment_id: UUID | None = None
    proposed_risk: RiskLevel | None = None
    proposed_risk_by: UUID | None = None
    closing_reason: TerminationReason | None = None
    closing_proposed_by: UUID | None = None
    closed_reason: TerminationReason | None = None
    closed_at: datetime | None = None

    @classmethod
    def open(
        cls, report: Report, *, position: int, number: int, by: UUID, at: datetime
    ) -> tuple["Case", CaseOpened]:
        """Take one person of a report on as a case."""
        case = cls(
            id=new_id(),
            unit_id=report.unit_id,
            code=short_code("K"),
            number=registration_number(number, report.class_reported, at),
            report_id=report.id,
            person_position=position,
            class_reported=report.class_reported,
            opened_at=at,
            opened_by=by,
            moved_at=at,
            risk=report.risk,
            safety_screened=report.screened_at is not None,
        )
        report.take_on()
        return case, _opened(case)

    def assign(self, manager_id: UUID, *, at: datetime) -> CaseAssigned:
        """One manager answers for the case from now on (also R13, when a worker leaves)."""
        self.manager_id = manager_id
        return CaseAssigned(**self.which(), manager_id=manager_id, happened_at=at)

    def accompany(self, companion_id: UUID | None, *, at: datetime) -> CaseAccompanied:
        """Somebody of the unit walks with the person; she or he may see the case."""
        self.companion_id = companion_id
        return CaseAccompanied(**self.which(), companion_id=companion_id, happened_at=at)

    def go_on(self, facts: Facts, *, at: datetime) -> CaseStageMoved:
        """Go on to the next stage; raise NotReady naming what is lacking."""
        if not leads(self.stage, Move.GO_ON):
            raise MoveNotAllowed("case", Move.GO_ON, self.stage)
        lacks = lacking(self.stage, facts)
        if lacks:
            raise NotReady(fields=named(self.stage, lacks))
        return self._step(Move.GO_ON, None, at)

    def screen_out(self, *, at: datetime) -> CaseStageMoved:
        """End a case that is not for this unit, after the case screening said so."""
        if self.screening in (None, ScreeningDecision.LANJUT):
            raise NotReady(fields=named(self.stage, lacking(Stage.ASSESSMENT, Facts())[:1]))
        return self._step(Move.SCREEN_OUT, None, at)

    def go_back(self, move: Move, rule: LoopRule, *, at: datetime) -> CaseStageMoved | None:
        """Go back by a loop rule; None when the case is already there or before it."""
        if move not in LOOPS[rule].moves:
            raise MoveNotAllowed("case", f"{rule} {move}", self.stage)
        return self._step(move, rule, at) if leads(self.stage, move) else None

    def withdraw(self, *, at: datetime) -> CaseStageMoved | None:
        """The person wants no more services (R7). Before the case screening the stage stays."""
        if self.screening is None or not leads(self.stage, Move.WITHDRAW):
            return None
        return self._step(Move.WITHDRAW, LoopRule.R7, at)

    def finish(self, *, at: datetime) -> CaseStageMoved | None:
        """Basic counselling was all that was needed (R6)."""
        may = leads(self.stage, Move.FINISH)
        return self._step(Move.FINISH, LoopRule.R6, at) if may else None

    def close(
        self, reason: TerminationReason, facts: Facts, *, at: datetime
    ) -> tuple[CaseClosed, CaseStageMoved]:
        """Close the case; raise Blocked with the list of what is open (R8)."""
        if not leads(self.stage, Move.CLOSE):
            raise MoveNotAllowed("case", Move.CLOSE, self.stage)
        found = blockers(facts)
        if found:
            raise Blocked(fields=named("blockers", found))
        moved = self._step(Move.CLOSE, None, at)
        self.closed_reason, self.closed_at = reason, at
        self.closing_reason = self.closing_proposed_by = None
        self.status = _status_after(reason)
        return CaseClosed(**self.which(), reason=reason, happened_at=at), moved

    def reopen(self, *, at: datetime) -> tuple[CaseReopened, CaseStageMoved]:
        """The same case again, one more episode (R9)."""
        if not leads(self.stage, Move.REOPEN):
            raise MoveNotAllowed("case", Move.REOPEN, self.stage)
        self.episode, self.loop_no = self.episode + 1, 0
        self.closed_reason = self.closed_at = None
        moved = self._step(Move.REOPEN, LoopRule.R9, at)
        self.status = CaseStatus.DIBUKA_KEMBALI
        return CaseReopened(**self.which(), episode=self.episode, happened_at=at), moved

    def which(self) -> dict[str, Any]:
        """Return the identifiers that every event of a case carries."""
        return {"case_id": self.id, "unit_id": self.unit_id}

    def _step(self, move: Move, rule: LoopRule | None, at: datetime) -> CaseStageMoved:
        try:
            arrives = STEPS[self.stage, move]
        except KeyError:
            raise MoveNotAllowed("case", move, self.stage) from None
        left, self.stage, self.moved_at = self.stage, arrives, at
        if move in BACK:  # what was decided on the way before is asked anew on this one
            self.loop_no, self.counselling, self.counselled_at = self.loop_no + 1, None, None
        if self.status is CaseStatus.DILAPORKAN and arrives is Stage.INTERVENTION:
            self.status = CaseStatus.DITANGANI
        return CaseStageMoved(
            **self.which(),
            from_stage=left,
            to_stage=arrives,
            rule=rule,
            loop_no=self.loop_no,
            episode=self.episode,
            happened_at=at,
        )


def _opened(case: Case) -> CaseOpened:
    return CaseOpened(
        **case.which(),
        report_id=case.report_id,
        opened_by=case.opened_by,
        class_reported=case.class_reported,
        risk=case.risk,
        happened_at=case.opened_at,
    )


def _status_after(reason: TerminationReason) -> CaseStatus:
    if reason in (TerminationReason.TUJUAN_TERCAPAI, TerminationReason.SELESAI_KONSELING):
        return CaseStatus.SELESAI
    outside = reason is TerminationReason.TIDAK_MEMENUHI
    return CaseStatus.DITOLAK_SKRINING if outside else CaseStatus.DITUTUP_LAIN
