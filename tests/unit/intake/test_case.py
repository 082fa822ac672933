from itertools import product

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from

from services.intake.domain import stages
from services.intake.domain.case import Blocked, Case, NotReady
from services.intake.domain.facts import BLOCKERS, EXITS, Facts, blockers, lacking
from services.intake.domain.loops import ARRIVES, LOOPS, ROUTES
from services.intake.domain.stages import BACK, ORDER, STEPS, Move, drawn
from shared.contracts.intake import CounsellingDecision, LoopRule, ScreeningDecision
from shared.contracts.vocabulary import (
    Authority,
    CaseClass,
    CaseStatus,
    InadequacyCause,
    RiskLevel,
    Stage,
    TerminationReason,
)
from shared.errors import MoveNotAllowed
from shared.identifiers import new_id
from tests.support.intake import AT, a_case, a_report

ALL_WELL = Facts(
    safety_screened=True,
    consent_decided=True,
    services_allowed=True,
    has_manager=True,
    primary_class=CaseClass.KTP,
    risk=RiskLevel.SEDANG,
    authority=Authority.KOTA,
    screening=ScreeningDecision.LANJUT,
    needs=1,
    plan_agreed=True,
    counselling=CounsellingDecision.LANJUT,
    help_begun=True,
    termination_written=True,
)
DONE = TerminationReason.TUJUAN_TERCAPAI


def make(case: Case, move: Move) -> object:
    """Do a move the way the actions do it, with every fact in its favour."""
    if move in (Move.SCREEN_OUT, Move.WITHDRAW):
        case.screening = ScreeningDecision.TOLAK
    loop = LoopRule.R1 if move is Move.REDELIVER else LoopRule.R5
    plain = {
        Move.GO_ON: lambda: case.go_on(ALL_WELL, at=AT),
        Move.SCREEN_OUT: lambda: case.screen_out(at=AT),
        Move.CLOSE: lambda: case.close(DONE, ALL_WELL, at=AT),
        Move.WITHDRAW: lambda: case.withdraw(at=AT),
        Move.FINISH: lambda: case.finish(at=AT),
        Move.REOPEN: lambda: case.reopen(at=AT),
    }
    return plain.get(move, lambda: case.go_back(move, loop, at=AT))()


@pytest.mark.parametrize(("stage", "move"), list(product(Stage, Move)))
def test_a_case_moves_only_as_the_table_says(stage: Stage, move: Move) -> None:
    case = a_case(stage)

    try:
        moved = make(case, move)
    except MoveNotAllowed:
        moved = None

    assert case.stage is STEPS.get((stage, move), stage)
    assert (moved is not None) == ((stage, move) in STEPS)


def test_the_drawing_is_the_table() -> None:
    lines = [line.rstrip() for line in drawn().splitlines()]
    assert "\n".join(lines) in (stages.__doc__ or "")


def test_the_stages_follow_each_other_in_the_order_of_the_seed() -> None:
    case = a_case()
    seen = [case.stage]
    while case.stage is not Stage.TERMINATION:
        case.go_on(ALL_WELL, at=AT)
        seen.append(case.stage)
    case.close(DONE, ALL_WELL, at=AT)

    assert (*seen, case.stage) == ORDER


@pytest.mark.parametrize(
    ("stage", "forbidden"),
    [
        (Stage.ENGAGEMENT, Stage.TERMINATION),
        (Stage.INTERVENTION, Stage.FOLLOW_UP),
        (Stage.ENGAGEMENT, Stage.PLANNING),
        (Stage.MONITORING, Stage.TERMINATION),
    ],
)
def test_there_is_no_short_cut(stage: Stage, forbidden: Stage) -> None:
    assert forbidden not in {to for (at, _), to in STEPS.items() if at is stage}


def test_without_the_case_screening_nothing_leads_to_termination() -> None:
    case = a_case(Stage.ASSESSMENT)

    assert case.withdraw(at=AT) is None
    with pytest.raises(NotReady):
        case.screen_out(at=AT)
    assert case.stage is Stage.ASSESSMENT


GUARDS = [(stage, guard.name) for stage, guards in EXITS.items() for guard in guards]


@pytest.mark.parametrize(("stage", "name"), GUARDS)
def test_with_nothing_done_every_guard_that_asks_for_something_is_named(
    stage: Stage, name: str
) -> None:
    nothing = Facts(needs_without_answer=1, reassessment_open=True)
    case = a_case(stage)

    with pytest.raises(NotReady) as refused:
        case.go_on(nothing, at=AT)

    assert f"{stage}.{name}" in refused.value.fields
    assert case.stage is stage


@pytest.mark.parametrize("stage", EXITS)
def test_with_everything_done_nothing_is_lacking(stage: Stage) -> None:
    assert lacking(stage, ALL_WELL) == []


def test_closing_lists_everything_that_is_open() -> None:
    case = a_case(Stage.TERMINATION)
    facts = Facts(open_referrals=(new_id(),), open_duty_to_report=True, reassessment_open=True)

    with pytest.raises(Blocked) as refused:
        case.close(DONE, facts, at=AT)

    assert list(refused.value.fields) == [f"blockers.{guard.name}" for guard in BLOCKERS]
    assert case.stage is Stage.TERMINATION
    assert case.closed_at is None


def test_one_open_referral_is_one_blocker() -> None:
    facts = Facts(open_referrals=(new_id(),), termination_written=True)

    assert [guard.name for guard in blockers(facts)] == ["open_referral"]


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (TerminationReason.TUJUAN_TERCAPAI, CaseStatus.SELESAI),
        (TerminationReason.SELESAI_KONSELING, CaseStatus.SELESAI),
        (TerminationReason.PINDAH, CaseStatus.DITUTUP_LAIN),
        (TerminationReason.TIDAK_MEMENUHI, CaseStatus.DITOLAK_SKRINING),
    ],
)
def test_a_closed_case_is_counted_by_its_reason(
    reason: TerminationReason, status: CaseStatus
) -> None:
    case = a_case(Stage.TERMINATION)
    case.close(reason, ALL_WELL, at=AT)

    assert case.status is status


def test_a_reopened_case_is_the_same_case_in_its_next_episode() -> None:
    case = a_case(Stage.FOLLOW_UP)
    before = case.id

    reopened, moved = case.reopen(at=AT)

    assert (case.id, case.episode, case.stage) == (before, 2, Stage.ASSESSMENT)
    assert case.status is CaseStatus.DIBUKA_KEMBALI
    assert (reopened.episode, moved.rule) == (2, LoopRule.R9)


def test_the_thirteen_rules_stand_in_one_table() -> None:
    assert set(LOOPS) == set(LoopRule)
    wired = {"R1", "R2", "R3", "R4", "R6", "R7", "R8", "R9", "R13"}
    assert {rule for rule, row in LOOPS.items() if row.wired} == wired
    assert all(row.trigger and row.effect for row in LOOPS.values())


@pytest.mark.parametrize("cause", InadequacyCause)
def test_every_cause_has_a_route_that_rule_one_may_take(cause: InadequacyCause) -> None:
    assert ROUTES[cause] in LOOPS[LoopRule.R1].moves
    assert ROUTES[cause] in ARRIVES


@pytest.mark.parametrize(("rule_", "move"), list(product(LoopRule, Move)))
def test_a_rule_makes_only_its_own_moves(rule_: LoopRule, move: Move) -> None:
    case = a_case(Stage.MONITORING)

    if move not in LOOPS[rule_].moves:
        with pytest.raises(MoveNotAllowed):
            case.go_back(move, rule_, at=AT)
        assert case.stage is Stage.MONITORING


def test_a_case_carries_a_code_that_tells_nothing_and_a_number_that_stays_inside() -> None:
    case = a_case()

    assert case.code.startswith("K-")
    assert case.number == "0007/KTP/UPTD-PPA/III/2026"
    _, opened = Case.open(a_report(), position=0, number=1, by=new_id(), at=AT)
    assert "number" not in opened.__dataclass_fields__


class AnyLife(RuleBasedStateMachine):
    """Whatever is tried, in whatever order, a case keeps to its table."""

    def __init__(self) -> None:
        super().__init__()
        self.case = a_case()
        self.closed = 0

    @rule(move=sampled_from(Move))
    def try_a_move(self, move: Move) -> None:
        before, loops = self.case.stage, self.case.loop_no
        try:
            made = make(self.case, move)
        except MoveNotAllowed:
            made = None
        if made is None:
            assert (self.case.stage, self.case.loop_no) == (before, loops)
        else:
            assert self.case.stage is STEPS[before, move]
            if move is not Move.REOPEN:
                assert self.case.loop_no == loops + (move in BACK)
        self.closed += made is not None and move is Move.CLOSE

    @rule()
    def try_to_go_on_with_nothing_done(self) -> None:
        before = self.case.stage
        with pytest.raises((MoveNotAllowed, NotReady)):
            self.case.go_on(Facts(needs_without_answer=1, reassessment_open=True), at=AT)
        assert self.case.stage is before

    @invariant()
    def every_closing_is_an_episode(self) -> None:
        in_follow_up = self.case.stage is Stage.FOLLOW_UP
        assert self.case.episode == self.closed + (not in_follow_up)


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
