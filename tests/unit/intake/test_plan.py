from itertools import product
from typing import Any

import pytest

from services.intake.domain import plan as plan_module
from services.intake.domain.need import Need
from services.intake.domain.plan import (
    STEPS,
    NotAgreed,
    PersonDecision,
    PlanItem,
    PlanStanding,
    ServicePlan,
    Undecided,
)
from shared.errors import Invalid, MoveNotAllowed
from shared.identifiers import new_id
from tests.support.intake import a_case, item_answers, need_answers, place_of, signed

CASE = a_case()
PLACE = place_of(CASE)


def an_item(**changes: Any) -> PlanItem:
    return PlanItem.write(item_answers(new_id(), **changes), place=PLACE)


def test_a_need_is_told_by_its_field_and_urgency_only() -> None:
    need, told = Need.record(need_answers(), place=PLACE, signed=signed())

    assert (need.need, told.urgency, told.domain) == ("Pulih dari trauma", 1, "PSIKO")


def test_an_item_names_a_service_and_not_a_whole_group() -> None:
    with pytest.raises(Invalid) as refused:
        an_item(service="PSI")

    assert refused.value.fields == {"service": ["wrong_code"]}


@pytest.mark.parametrize(
    ("mode", "decision"),
    list(product(["LANGSUNG_UPTD", "RUJUKAN", "INFORMAL"], ["SETUJU", "TOLAK", "TUNDA", None])),
)
def test_only_what_the_person_agreed_to_can_be_referred(mode: str, decision: str | None) -> None:
    item = an_item(mode=mode)
    if decision:
        item.decide({"decision": decision})

    if (mode, decision) == ("RUJUKAN", "SETUJU"):
        item.require_referable()
    else:
        with pytest.raises(NotAgreed):
            item.require_referable()


def test_the_person_may_change_her_mind_at_any_time() -> None:
    item = an_item()
    item.decide({"decision": "SETUJU"})
    item.decide({"decision": "TOLAK", "reason": "Terlalu jauh"})

    assert not item.referable
    assert item.reason == "Terlalu jauh"


def test_a_service_that_nobody_gives_cannot_be_referred() -> None:
    item = an_item()
    item.decide({"decision": "SETUJU"})
    item.unavailable = True

    assert not item.referable


def test_a_plan_with_an_open_answer_is_not_agreed() -> None:
    plan, item = ServicePlan.begin(place=PLACE), an_item()

    with pytest.raises(Undecided):
        plan.agree([item], signed=signed())
    with pytest.raises(Undecided):
        plan.agree([], signed=signed())
    assert plan.standing is PlanStanding.DRAFT


def test_an_agreed_plan_counts_what_was_agreed_and_keeps_it_as_it_was() -> None:
    plan, taken, left = ServicePlan.begin(place=PLACE), an_item(), an_item(service="MED_VER")
    taken.decision, left.decision = PersonDecision.SETUJU, PersonDecision.TOLAK

    told = plan.agree([taken, left], signed=signed())
    taken.decision = PersonDecision.TOLAK

    assert (told.plan_version, told.items) == (1, 1)
    assert plan.agreed_items is not None
    assert plan.agreed_items[0]["decision"] == "SETUJU"
    assert "goal" not in plan.agreed_items[0]


def test_the_next_version_takes_the_place_of_the_last() -> None:
    first, item = ServicePlan.begin(place=PLACE), an_item()
    item.decide({"decision": "SETUJU"})
    first.agree([item], signed=signed())

    second = ServicePlan.begin(place=PLACE, after=first)

    assert (first.standing, second.plan_version) == (PlanStanding.SUPERSEDED, 2)


@pytest.mark.parametrize("standing", PlanStanding)
def test_a_plan_moves_only_as_the_table_says(standing: PlanStanding) -> None:
    plan, item = ServicePlan.begin(place=PLACE), an_item()
    item.decide({"decision": "SETUJU"})
    plan.standing = standing

    for move, attempt in (
        ("agree", lambda: plan.agree([item], signed=signed())),
        ("revise", plan.revise),
    ):
        plan.standing = standing
        if (standing, move) in STEPS:
            attempt()
            assert plan.standing is STEPS[standing, move]  # type: ignore[index]
        else:
            with pytest.raises(MoveNotAllowed):
                attempt()
            assert plan.standing is standing


def test_the_drawing_of_the_plan_is_its_table() -> None:
    for (standing, move), to in STEPS.items():
        assert f"{standing:<6} {move} -> {to}" in (plan_module.__doc__ or "")
