"""The loop-back rules R1 to R13 as one table (domain.md, section 3).

A row that is not wired yet says for which form it waits; it is here so that nobody has to look
for the rule elsewhere. Monitoring advises by event; the case is moved here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.intake.domain.stages import Move
from shared.contracts.intake import LoopRule
from shared.contracts.vocabulary import InadequacyCause, Stage


@dataclass(frozen=True)
class Loop:
    """One loop rule: what sets it off, which moves it may make, and what else it does."""

    rule: LoopRule
    trigger: str
    moves: frozenset[Move]
    effect: str
    waits_for: str = ""

    @property
    def wired(self) -> bool:
        """Whether the rule works already."""
        return not self.waits_for


_NONE: Final[frozenset[Move]] = frozenset()

LOOPS: Final[Mapping[LoopRule, Loop]] = {
    row.rule: row
    for row in (
        Loop(
            LoopRule.R1,
            "F14 adequacy KURANG, or an expected outcome missed",
            frozenset({Move.REASSESS, Move.REPLAN, Move.REDELIVER}),
            "the short reassessment opens first and then routes; a new loop; referrals stay open",
        ),
        Loop(
            LoopRule.R2,
            "F14 adequacy BERLEBIH",
            frozenset({Move.REPLAN}),
            "the plan is revised: a smaller dose, services merged",
        ),
        Loop(
            LoopRule.R3,
            "a referral was rejected, expired or failed",
            frozenset({Move.REPLAN}),
            "another partner is chosen; if there is none, back to planning as a service gap",
        ),
        Loop(
            LoopRule.R4,
            "the risk rises to TINGGI at any stage",
            frozenset({Move.REASSESS}),
            "the reassessment opens beside everything else that goes on; alarm",
        ),
        Loop(
            LoopRule.R5,
            "F15 goals reached in part or not, and the person wants to go on",
            frozenset({Move.REASSESS, Move.REPLAN}),
            "a new plan version",
            waits_for="F15",
        ),
        Loop(
            LoopRule.R6,
            "F11 SELESAI",
            frozenset({Move.FINISH}),
            "evaluation at once, without referral or monitoring",
        ),
        Loop(
            LoopRule.R7,
            "consent withdrawn",
            frozenset({Move.WITHDRAW}),
            "RUJUKAN: partners stop; LAYANAN: the case goes to its end; duties remain",
        ),
        Loop(
            LoopRule.R8,
            "closing while something is open",
            _NONE,
            "refused, with the list of what is open",
        ),
        Loop(
            LoopRule.R9,
            "violence again, a new need, or a new report on the same person",
            frozenset({Move.REOPEN}),
            "the same case, one more episode",
        ),
        Loop(LoopRule.R10, "a duplicate was found", _NONE, "merged", waits_for="merging"),
        Loop(
            LoopRule.R11,
            "a guardian conflict was found",
            _NONE,
            "another giver of consent, partners told",
            waits_for="F6",
        ),
        Loop(
            LoopRule.R12,
            "the third loop in one episode",
            _NONE,
            "a case conference before the next move",
            waits_for="gelar kasus",
        ),
        Loop(LoopRule.R13, "the worker leaves", _NONE, "another manager, no stage move"),
    )
}

#: Where the answers of the short reassessment lead (R1; seed 000, section 5).
ROUTES: Final[Mapping[InadequacyCause, Move]] = {
    InadequacyCause.KEBUTUHAN_BARU: Move.REASSESS,
    InadequacyCause.KLIEN_BERUBAH: Move.REASSESS,
    InadequacyCause.PROSES_MENYIMPANG: Move.REPLAN,
    InadequacyCause.PENYAMPAIAN: Move.REDELIVER,
}

#: The stage at which each of these moves arrives.
ARRIVES: Final[Mapping[Move, Stage]] = {
    Move.REASSESS: Stage.ASSESSMENT,
    Move.REPLAN: Stage.PLANNING,
    Move.REDELIVER: Stage.INTERVENTION,
}
