from itertools import product
from typing import Any

import pytest

from services.intake.domain.case import Case
from services.intake.domain.closing import APPROVERS, NotAClosure, agreed, propose
from services.intake.domain.counselling import FinishBlocked, counsel
from services.intake.domain.facts import Facts
from services.intake.domain.partner_help import PartnerHelp
from services.intake.domain.reassessment import Reassessment
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseReassessed,
    CaseStageMoved,
    CounsellingDecision,
    LoopRule,
)
from shared.contracts.referral_words import BusinessState, ReferralStanding
from shared.contracts.roles import Role
from shared.contracts.vocabulary import (
    InadequacyCause,
    RiskLevel,
    Service,
    Stage,
    TerminationReason,
)
from shared.errors import Invalid, MoveNotAllowed, NotAllowed, SecondPersonNeeded
from shared.identifiers import new_id
from tests.support.intake import AT, a_case, counselling_answers, reassessment_answers

MANAGER = frozenset({Role.MANAJER_KASUS})
SUPERVISOR = frozenset({Role.SUPERVISOR})


def looked_at_again(
    stage: Stage, cause: str, rule: LoopRule = LoopRule.R1
) -> tuple[Case, list[Event]]:
    case = a_case(stage)
    opened, _ = Reassessment.open(case, rule, at=AT)
    return case, opened.answer(case, reassessment_answers(cause), by=new_id(), at=AT)


@pytest.mark.parametrize(
    ("cause", "stage"),
    [
        ("KEBUTUHAN_BARU", Stage.ASSESSMENT),
        ("KLIEN_BERUBAH", Stage.ASSESSMENT),
        ("PROSES_MENYIMPANG", Stage.PLANNING),
        ("PENYAMPAIAN", Stage.INTERVENTION),
    ],
)
def test_the_cause_decides_where_the_case_goes(cause: str, stage: Stage) -> None:
    case, told = looked_at_again(Stage.MONITORING, cause)

    assert (case.stage, case.loop_no) == (stage, 1)
    assert [type(event) for event in told] == [CaseReassessed, CaseStageMoved]
    assert isinstance(told[1], CaseStageMoved)
    assert told[1].rule is LoopRule.R1


def test_opening_the_reassessment_moves_nothing_yet() -> None:
    case = a_case(Stage.MONITORING)
    opened, told = Reassessment.open(case, LoopRule.R1, at=AT)

    assert case.stage is Stage.MONITORING
    assert case.reassessment_id == opened.id == told.reassessment_id


@pytest.mark.parametrize("question", ["unstated_need", "followed_through", "delivery", "cause"])
def test_all_three_questions_are_obligatory(question: str) -> None:
    case = a_case(Stage.MONITORING)
    opened, _ = Reassessment.open(case, LoopRule.R1, at=AT)

    with pytest.raises(Invalid) as refused:
        opened.answer(
            case, reassessment_answers("PENYAMPAIAN") | {question: ""}, by=new_id(), at=AT
        )

    assert refused.value.fields == {question: ["required"]}
    assert case.stage is Stage.MONITORING
    assert case.reassessment_id == opened.id


def test_it_is_answered_once() -> None:
    case = a_case(Stage.MONITORING)
    opened, _ = Reassessment.open(case, LoopRule.R1, at=AT)
    opened.answer(case, reassessment_answers("PENYAMPAIAN"), by=new_id(), at=AT)

    with pytest.raises(MoveNotAllowed):
        opened.answer(case, reassessment_answers("PENYAMPAIAN"), by=new_id(), at=AT)


@pytest.mark.parametrize(("stage", "cause"), list(product(Stage, InadequacyCause)))
def test_it_never_moves_a_case_forward(stage: Stage, cause: InadequacyCause) -> None:
    case, _ = looked_at_again(stage, cause)

    assert list(Stage).index(case.stage) <= list(Stage).index(stage)


@pytest.mark.parametrize("cause", InadequacyCause)
def test_a_raised_risk_always_leads_to_assessment(cause: InadequacyCause) -> None:
    case, _ = looked_at_again(Stage.MONITORING, cause, LoopRule.R4)

    assert case.stage is Stage.ASSESSMENT


@pytest.mark.parametrize(
    ("facts", "against"),
    [
        ({"risk": RiskLevel.TINGGI}, "high_risk"),
        ({"open_duty_to_report": True}, "open_duty_to_report"),
        ({"guardian_conflict": True}, "guardian_conflict"),
    ],
)
def test_finishing_after_counselling_is_blocked_when_it_is_not_safe(
    facts: dict[str, Any], against: str
) -> None:
    case = a_case(Stage.INTERVENTION)
    answers = counselling_answers(decision="SELESAI")

    with pytest.raises(FinishBlocked) as refused:
        counsel(case, answers, Facts(**facts), roles=MANAGER, at=AT)
    assert list(refused.value.fields) == [f"decision.{against}"]
    assert case.counselling is None

    counsel(case, answers, Facts(**facts), roles=SUPERVISOR, at=AT)
    assert case.counselling is CounsellingDecision.SELESAI


def test_going_on_after_counselling_is_never_blocked() -> None:
    case = a_case(Stage.INTERVENTION)
    facts = Facts(risk=RiskLevel.TINGGI, open_duty_to_report=True, guardian_conflict=True)

    told = counsel(case, counselling_answers(), facts, roles=MANAGER, at=AT)

    assert told.decision is CounsellingDecision.LANJUT


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.INTERVENTION, Stage.MONITORING}))
def test_counselling_belongs_to_the_intervention(stage: Stage) -> None:
    with pytest.raises(MoveNotAllowed):
        counsel(a_case(stage), counselling_answers(), Facts(), roles=MANAGER, at=AT)


@pytest.mark.parametrize(
    "reason", sorted(set(TerminationReason) - {TerminationReason.PETUGAS_PERGI})
)
def test_some_reasons_need_a_second_person(reason: TerminationReason) -> None:
    case, by = a_case(Stage.TERMINATION), new_id()

    assert propose(case, reason, by=by) == (reason in APPROVERS)
    with pytest.raises(SecondPersonNeeded):
        agreed(case, by=by, roles=frozenset({Role.KEPALA_UPTD}))
    assert agreed(case, by=new_id(), roles=frozenset({Role.KEPALA_UPTD})) is reason


def test_a_manager_cannot_agree_for_the_supervisor() -> None:
    case = a_case(Stage.TERMINATION)
    propose(case, TerminationReason.PERMINTAAN_KLIEN, by=new_id())

    with pytest.raises(NotAllowed):
        agreed(case, by=new_id(), roles=MANAGER)
    assert agreed(case, by=new_id(), roles=SUPERVISOR)


def test_a_worker_who_leaves_does_not_close_a_case() -> None:
    case = a_case(Stage.TERMINATION)

    with pytest.raises(NotAClosure):
        propose(case, TerminationReason.PETUGAS_PERGI, by=new_id())
    assert case.closing_reason is None


def help_of(standing: ReferralStanding, **changes: Any) -> PartnerHelp:
    named: dict[str, Any] = {
        "id": new_id(),
        "case_id": new_id(),
        "unit_id": new_id(),
        "institution_id": new_id(),
        "service": Service.PSI_TERAPI,
        "standing": standing,
        "business_state": None,
        "move_no": 1,
        "plan_item_id": None,
        "previous_referral_id": None,
        "at_termination": False,
        "emergency": False,
        "sent_at": AT,
        "happened_at": AT,
    }
    return PartnerHelp(**named | changes)


@pytest.mark.parametrize("standing", ReferralStanding)
def test_an_open_referral_blocks_closing_unless_it_was_made_for_the_end(
    standing: ReferralStanding,
) -> None:
    still_open = standing in {
        "draft",
        "requested",
        "received",
        "accepted",
        "in-progress",
        "on-hold",
    }

    assert help_of(standing).blocks_closing == still_open
    assert not help_of(standing, at_termination=True).blocks_closing


@pytest.mark.parametrize("standing", ReferralStanding)
def test_another_partner_is_looked_for_when_this_one_cannot(standing: ReferralStanding) -> None:
    wanted = standing in {"rejected", "failed"}

    assert help_of(standing).needs_another_partner == wanted
    assert not help_of(standing, replaced_by=new_id()).needs_another_partner
    closed = help_of(standing, business_state=BusinessState.LOOP_CLOSED)
    assert not closed.needs_another_partner


def test_an_expired_referral_needs_another_partner_too() -> None:
    expired = help_of(ReferralStanding.CANCELLED, business_state=BusinessState.EXPIRED)

    assert expired.needs_another_partner
