from datetime import timedelta

import pytest

from services.intake.domain import report as report_module
from services.intake.domain.forms.check import check_form
from services.intake.domain.forms.report import REPORT
from services.intake.domain.nik import masked, nik_warnings
from services.intake.domain.report import (
    STEPS,
    Report,
    ReportEnding,
    ReportStanding,
    overlapping,
    warnings,
)
from services.intake.domain.safety import alarms, provisional_risk
from shared.contracts.vocabulary import CaseClass, RiskLevel
from shared.errors import Invalid, MoveNotAllowed
from shared.identifiers import new_id
from tests.support.intake import (
    AT,
    UNIT,
    a_report,
    person,
    report_answers,
    safety_answers,
    signed,
)


def test_a_report_tells_of_itself_without_any_words() -> None:
    told = a_report().received()

    assert told.channel == "LANGSUNG"
    assert told.class_reported == "KTP"
    assert told.sexual is False


def test_a_sexual_act_marks_the_report() -> None:
    answers = report_answers()
    answers["incident"]["acts"] = ["SEK_CABUL"]

    assert Report.receive(new_id(), UNIT, answers, signed=signed()).sexual


def test_a_report_about_nobody_is_refused_naming_the_block() -> None:
    with pytest.raises(Invalid) as refused:
        a_report(persons=[])

    assert refused.value.fields == {"persons": ["required"]}


def test_a_report_from_the_future_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        Report.receive(new_id(), UNIT, report_answers(), signed=signed(AT - timedelta(hours=1)))

    assert refused.value.fields == {"reporter.reported_at": ["out_of_range"]}


def test_a_report_written_down_after_two_days_is_marked() -> None:
    late = Report.receive(new_id(), UNIT, report_answers(), signed=signed(AT + timedelta(hours=49)))

    assert late.entered_late
    assert not a_report().entered_late


@pytest.mark.parametrize("kind", CaseClass)
def test_every_kind_of_case_can_be_reported(kind: CaseClass) -> None:
    answers = report_answers()
    answers["incident"]["class_reported"] = kind.value

    assert Report.receive(new_id(), UNIT, answers, signed=signed()).class_reported is kind


@pytest.mark.parametrize(
    ("forms", "several"), [([], False), (["FISIK"], False), (["FISIK", "PSIKIS"], True)]
)
def test_forms_of_violence_that_come_together_are_marked(forms: list[str], several: bool) -> None:
    answers = report_answers()
    answers["incident"]["forms"] = forms

    assert overlapping(answers) is several


@pytest.mark.parametrize("sphere", ["DOMESTIK", "PUBLIK"])
@pytest.mark.parametrize("situation", ["DAMAI", "KONFLIK", "BENCANA"])
def test_a_report_says_in_which_sphere_and_situation_it_happened(
    sphere: str, situation: str
) -> None:
    answers = report_answers()
    answers["incident"] |= {"sphere": sphere, "situation": situation}

    assert Report.receive(new_id(), UNIT, answers, signed=signed())
    assert check_form(REPORT, answers) == {}


def test_the_first_response_is_told_once() -> None:
    report = a_report()

    assert report.respond(at=AT) is not None
    assert report.respond(at=AT) is None
    assert report.responded_at == AT


@pytest.mark.parametrize("standing", ReportStanding)
def test_a_report_moves_only_as_the_table_says(standing: ReportStanding) -> None:
    report = a_report()
    report.standing = standing

    if (standing, "end") in STEPS:
        report.end(ReportEnding.ADVICE_GIVEN, at=AT)
        assert report.standing is ReportStanding.ENDED
    else:
        with pytest.raises(MoveNotAllowed):
            report.end(ReportEnding.ADVICE_GIVEN, at=AT)
        assert report.standing is standing


def test_the_drawing_of_the_report_is_its_table() -> None:
    for standing in ReportStanding:
        steps = ", ".join(f"{move} -> {to}" for (at, move), to in STEPS.items() if at is standing)
        assert f"\n{standing:<5} {steps or '-'}\n" in (report_module.__doc__ or "")


@pytest.mark.parametrize(
    ("changes", "danger"),
    [
        ({}, []),
        ({"injured_now": "YA"}, ["injured_now"]),
        ({"suicidal_thought": "YA"}, ["suicidal_thought"]),
        ({"child_alone_with_perpetrator": "YA"}, ["child_alone_with_perpetrator"]),
        ({"safe_place_tonight": "TIDAK"}, ["safe_place_tonight"]),
        ({"threat_to_kill": "YA"}, []),
        ({"threat_to_kill": "YA", "with_perpetrator_now": "YA"}, ["threat_to_kill"]),
        ({"safe_place_tonight": "TIDAK_TAHU", "injured_now": "TIDAK_TAHU"}, []),
    ],
)
def test_danger_now_makes_the_risk_high(changes: dict[str, str], danger: list[str]) -> None:
    answers = safety_answers(**changes)

    assert alarms(answers) == danger
    assert provisional_risk(answers) == (RiskLevel.TINGGI if danger else None)


def test_a_second_safety_screening_never_lowers_the_risk() -> None:
    report = a_report()
    report.screen_safety(safety_answers(injured_now="YA"), at=AT)
    report.screen_safety(safety_answers(), at=AT)

    assert report.risk is RiskLevel.TINGGI


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"nik": None}, []),
        ({"nik": "12345"}, ["nik_not_16_digits"]),
        ({"sex": "L"}, ["nik_sex_differs"]),
        ({"birth_date": "1993-07-13"}, ["nik_birth_date_differs"]),
        ({"birth_date": "1993-07-13", "sex": "L"}, ["nik_sex_differs", "nik_birth_date_differs"]),
    ],
)
def test_a_nik_that_does_not_fit_warns(changes: dict[str, str], codes: list[str]) -> None:
    assert nik_warnings(person(**changes)) == codes


def test_a_nik_that_does_not_fit_never_refuses_the_report() -> None:
    report = a_report(persons=[person(sex="L")])

    assert report.standing is ReportStanding.OPEN
    assert warnings(report_answers(persons=[person(sex="L")])) == {
        "persons.0.nik": ["nik_sex_differs"]
    }


def test_a_nik_is_shown_masked() -> None:
    assert masked("9972055207930001") == "9972********0001"
    assert masked("123") == "***"
