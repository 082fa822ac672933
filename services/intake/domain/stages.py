"""The eight stages of a case and every step between them (seed 000, sections 1 to 8).

ENGAGEMENT    go_on -> ASSESSMENT
ASSESSMENT    go_on -> PLANNING, screen_out -> TERMINATION, withdraw -> TERMINATION
PLANNING      go_on -> INTERVENTION, reassess -> ASSESSMENT, withdraw -> TERMINATION
INTERVENTION  finish -> EVALUATION, go_on -> MONITORING, reassess -> ASSESSMENT, replan -> PLANNING, withdraw -> EVALUATION
MONITORING    go_on -> EVALUATION, reassess -> ASSESSMENT, redeliver -> INTERVENTION, replan -> PLANNING, withdraw -> EVALUATION
EVALUATION    go_on -> TERMINATION, reassess -> ASSESSMENT, redeliver -> INTERVENTION, replan -> PLANNING, withdraw -> TERMINATION
TERMINATION   close -> FOLLOW_UP
FOLLOW_UP     reopen -> ASSESSMENT

Never: from engagement or assessment to termination without the case screening (F5), and from
intervention straight to follow-up (domain.md, section 3).
"""  # noqa: E501 - the drawing is compared with the table, line by line

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.contracts.vocabulary import Stage


class Move(StrEnum):
    """What may be done to a case as a whole."""

    GO_ON = "go_on"
    SCREEN_OUT = "screen_out"
    FINISH = "finish"
    REASSESS = "reassess"
    REPLAN = "replan"
    REDELIVER = "redeliver"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"


#: Every step a case can take. A pair that is absent is forbidden.
STEPS: Final[Mapping[tuple[Stage, Move], Stage]] = {
    (Stage.ENGAGEMENT, Move.GO_ON): Stage.ASSESSMENT,
    (Stage.ASSESSMENT, Move.GO_ON): Stage.PLANNING,
    (Stage.ASSESSMENT, Move.SCREEN_OUT): Stage.TERMINATION,
    (Stage.ASSESSMENT, Move.WITHDRAW): Stage.TERMINATION,
    (Stage.PLANNING, Move.GO_ON): Stage.INTERVENTION,
    (Stage.PLANNING, Move.REASSESS): Stage.ASSESSMENT,
    (Stage.PLANNING, Move.WITHDRAW): Stage.TERMINATION,
    (Stage.INTERVENTION, Move.GO_ON): Stage.MONITORING,
    (Stage.INTERVENTION, Move.FINISH): Stage.EVALUATION,
    (Stage.INTERVENTION, Move.REASSESS): Stage.ASSESSMENT,
    (Stage.INTERVENTION, Move.REPLAN): Stage.PLANNING,
    (Stage.INTERVENTION, Move.WITHDRAW): Stage.EVALUATION,
    (Stage.MONITORING, Move.GO_ON): Stage.EVALUATION,
    (Stage.MONITORING, Move.REASSESS): Stage.ASSESSMENT,
    (Stage.MONITORING, Move.REPLAN): Stage.PLANNING,
    (Stage.MONITORING, Move.REDELIVER): Stage.INTERVENTION,
    (Stage.MONITORING, Move.WITHDRAW): Stage.EVALUATION,
    (Stage.EVALUATION, Move.GO_ON): Stage.TERMINATION,
    (Stage.EVALUATION, Move.REASSESS): Stage.ASSESSMENT,
    (Stage.EVALUATION, Move.REPLAN): Stage.PLANNING,
    (Stage.EVALUATION, Move.REDELIVER): Stage.INTERVENTION,
    (Stage.EVALUATION, Move.WITHDRAW): Stage.TERMINATION,
    (Stage.TERMINATION, Move.CLOSE): Stage.FOLLOW_UP,
    (Stage.FOLLOW_UP, Move.REOPEN): Stage.ASSESSMENT,
}

#: Moves that lead back: each makes a new loop.
BACK: Final = frozenset({Move.REASSESS, Move.REPLAN, Move.REDELIVER, Move.REOPEN})

ORDER: Final = tuple(Stage)


def leads(stage: Stage, move: Move) -> bool:
    """Whether the table has this step."""
    return (stage, move) in STEPS


def drawn() -> str:
    """Return the table as the drawing at the top of this file."""
    lines = []
    for stage in Stage:
        steps = sorted((move, to) for (at, move), to in STEPS.items() if at is stage)
        lines.append(f"{stage:<14}" + ", ".join(f"{move} -> {to}" for move, to in steps))
    return "\n".join(lines)
