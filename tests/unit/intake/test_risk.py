from itertools import product
from typing import Any

import pytest

from services.intake.domain.risk import confirm_lower_risk, judge, raise_risk, screen
from services.intake.domain.screening import Screened, contradictions, flags, screened
from shared.contracts.intake import CaseRiskChanged, CaseScreened, ScreeningDecision
from shared.contracts.vocabulary import RiskLevel, Stage
from shared.errors import Invalid, MoveNotAllowed, SecondPersonNeeded
from shared.identifiers import new_id
from tests.support.intake import AT, a_case, child, report_answers, screening_answers

LEVELS = [RiskLevel.RENDAH, RiskLevel.SEDANG, RiskLevel.TINGGI]


def found(**changes: Any) -> Screened:
    return screened(screening_answers(**changes), report_answers())


def test_the_screening_is_told_with_its_flags() -> None:
    case = a_case(Stage.ASSESSMENT)

    told = screen(case, found(), by=new_id(), at=AT)

    assert [type(event) for event in told] == [CaseScreened, CaseRiskChanged]
    assert isinstance(told[0], CaseScreened)
    assert told[0].pkdrt
    assert not told[0].tpks
    assert case.risk is RiskLevel.SEDANG


@pytest.mark.parametrize(
    ("incident", "answers", "flag"),
    [
        ({"forms": ["SEKSUAL"]}, {}, "tpks"),
        ({"acts": ["SEK_CABUL"]}, {}, "tpks"),
        ({"context": ["KDRT"]}, {}, "pkdrt"),
        ({}, {"primary_class": "ABH"}, "sppa"),
        ({}, {"secondary_classes": ["TPPO"]}, "tppo"),
        ({"forms": ["TRAFIKING"]}, {}, "tppo"),
        ({}, {"primary_class": "PUA", "subclass": "PUA_RENCANA"}, "dispensation"),
    ],
)
def test_the_statutes_are_computed(
    incident: dict[str, Any], answers: dict[str, Any], flag: str
) -> None:
    report = {"incident": {"class_reported": "KTP"} | incident}

    which = flags(screening_answers(**answers), report).as_fields()

    assert [name for name, on in which.items() if on] == [flag]


def test_nothing_special_sets_no_flag() -> None:
    assert not any(flags(screening_answers(), {"incident": {}}).as_fields().values())


@pytest.mark.parametrize("changes", [{"is_ppa_mandate": False}, {"primary_class": "LUAR"}])
def test_what_is_not_ours_does_not_go_on_here(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        found(**changes)

    assert refused.value.fields == {"decision": ["not_valid"]}
    assert found(**changes, decision="RUJUK_KELUAR").decision is ScreeningDecision.RUJUK_KELUAR


def test_a_class_that_does_not_fit_the_age_warns_and_changes_nothing() -> None:
    small = report_answers(persons=[child()])

    assert contradictions(screening_answers(), small) == ["person_is_a_child"]
    assert contradictions(screening_answers(primary_class="KTA"), report_answers()) == [
        "person_is_an_adult"
    ]
    assert contradictions(screening_answers(), report_answers()) == []


@pytest.mark.parametrize(("before", "judged"), list(product(LEVELS, LEVELS)))
def test_a_lower_risk_waits_for_a_second_person(before: RiskLevel, judged: RiskLevel) -> None:
    case = a_case(Stage.ASSESSMENT, risk=before)
    judge(case, judged, by=new_id(), at=AT)

    if LEVELS.index(judged) < LEVELS.index(before):
        assert (case.risk, case.proposed_risk) == (before, judged)
    else:
        assert (case.risk, case.proposed_risk) == (judged, None)


@pytest.mark.parametrize(("before", "raised"), list(product(LEVELS, LEVELS)))
def test_raising_never_lowers(before: RiskLevel, raised: RiskLevel) -> None:
    case = a_case(risk=before)
    told = raise_risk(case, raised, at=AT)

    assert LEVELS.index(case.risk or before) >= LEVELS.index(before)
    assert bool(told) == (LEVELS.index(raised) > LEVELS.index(before))


def test_the_one_who_proposed_it_cannot_confirm_it() -> None:
    case, by = a_case(Stage.ASSESSMENT, risk=RiskLevel.TINGGI), new_id()
    judge(case, RiskLevel.RENDAH, by=by, at=AT)

    with pytest.raises(SecondPersonNeeded):
        confirm_lower_risk(case, by=by, at=AT)
    assert case.risk is RiskLevel.TINGGI

    assert confirm_lower_risk(case, by=new_id(), at=AT).risk is RiskLevel.RENDAH


def test_what_nobody_proposed_cannot_be_confirmed() -> None:
    with pytest.raises(MoveNotAllowed):
        confirm_lower_risk(a_case(), by=new_id(), at=AT)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in list(Stage)[:2]])
def test_the_screening_belongs_to_the_beginning(stage: Stage) -> None:
    case = a_case(stage)

    with pytest.raises(MoveNotAllowed):
        screen(case, found(), by=new_id(), at=AT)
    assert case.primary_class is None
