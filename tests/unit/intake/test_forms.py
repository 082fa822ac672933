from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.forms.casework import (
    COUNSELLING,
    NEED,
    PLAN_DECISION,
    PLAN_ITEM,
    SCREENING,
)
from services.intake.domain.forms.check import check, check_form, missing
from services.intake.domain.forms.consent import CONSENT
from services.intake.domain.forms.field import Field, Form, Kind, Needed, Sensitivity
from services.intake.domain.forms.guest import GUEST
from services.intake.domain.forms.looping import CLOSURE, REASSESSMENT, REOPENING
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.safety import SAFETY
from shared.contracts.protection import FieldClass
from tests.support.intake import child, person, report_answers

FORMS = (
    GUEST,
    REPORT,
    SAFETY,
    CONSENT,
    SCREENING,
    NEED,
    PLAN_ITEM,
    PLAN_DECISION,
    COUNSELLING,
    REASSESSMENT,
    CLOSURE,
    REOPENING,
)
FIELDS = [
    pytest.param(form, field, id=f"{form.name}.{block.name}.{field.name}")
    for form in FORMS
    for block in form.blocks
    for field in block.fields
]

#: The blocks of the official form, field by field (domain.md 2.1).
OFFICIAL = {
    "reporter": """reporter_type name relation_to_victim phone address reported_at channel
        referring_agency referral_letter_no services_already_given arrival_mode""",
    "persons": """name alias nik nik_status birth_place birth_date age_estimate sex religion
        address_ktp address_domicile kelurahan phone safe_contact_mode safe_contact_hour code_word
        must_not_answer education putus_sekolah school_name occupation marital_status
        children_count siblings guardian_name guardian_relation guardian_phone guardian_conflict
        disability accommodation language pregnant ampk_category""",
    "alleged_perpetrators": """name relations sex birth_date age_estimate education occupation
        address disability known_to_police""",
    "incident": """class_reported forms acts context place place_kelurahan incident_pattern
        incident_from still_going_on chronology injuries weapon evidence_list previous_report""",
    "trafficking": """route transport means purpose violations criminalised documents_held
        debt_amount""",
    "request": "hopes services_asked mandatory_report_told told_at",
}


@pytest.mark.parametrize("block", OFFICIAL)
def test_the_complaint_form_asks_everything_the_official_one_asks(block: str) -> None:
    assert set(OFFICIAL[block].split()) <= {field.name for field in REPORT.block(block).fields}


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_every_field_speaks_both_languages_and_every_list_exists(form: Form, field: Field) -> None:
    assert field.id
    assert field.en
    if field.kind in (Kind.CODE, Kind.CODES):
        assert field.codes
        assert all(label for _, label in field.choices("en"))


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_no_free_text_lies_in_clear(form: Form, field: Field) -> None:
    if field.kind in (Kind.TEXT, Kind.LONG_TEXT):
        assert field.field_class not in (FieldClass.NONE, FieldClass.RISK)


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_what_is_identity_or_worse_is_never_kept_in_clear(form: Form, field: Field) -> None:
    if field.sensitivity is not Sensitivity.NORMAL:
        assert field.field_class is not FieldClass.NONE


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_field_names_are_said_once_in_a_block(form: Form) -> None:
    for block in form.blocks:
        names = [field.name for field in block.fields]
        assert len(names) == len(set(names))


def test_the_guest_book_has_no_room_for_the_kind_of_case_or_the_name_of_the_person() -> None:
    assert {field.name for field in GUEST.blocks[0].fields} == {
        "visitor_alias",
        "origin",
        "purpose",
        "channel",
        "arrived_at",
    }


def test_a_whole_example_fits() -> None:
    assert check_form(REPORT, report_answers()) == {}


MINIMUM = {
    "reporter": {
        "channel": "MEDIA",
        "reported_at": "2026-03-02T09:10:00+08:00",
        "reporter_type": "ANONIM",
    },
    "persons": [
        {"sex": "P", "age_group": "ANAK", "kelurahan": "NA", "safe_contact_mode": "TIDAK_ADA"}
    ],
    "incident": {"class_reported": "KTA"},
}


def test_the_minimum_set_is_enough() -> None:
    assert check_form(REPORT, MINIMUM) == {}


def test_what_the_official_form_wants_besides_is_listed_and_does_not_refuse() -> None:
    wanted = missing(REPORT, MINIMUM)

    assert "persons.0.guardian_conflict" in wanted
    assert "incident.chronology" in wanted
    assert "reporter.name" not in wanted


def test_only_the_minimum_set_refuses_a_report() -> None:
    must = {
        field.name
        for block in REPORT.blocks
        for field in block.fields
        if field.needed is Needed.MUST
    }

    assert must == {
        "channel",
        "reported_at",
        "reporter_type",
        "sex",
        "kelurahan",
        "class_reported",
        "safe_contact_mode",
    }


@pytest.mark.parametrize(
    ("block", "name", "value", "code"),
    [
        ("reporter", "channel", "PIGEON", "wrong_code"),
        ("reporter", "reported_at", "2026-03-02T09:10:00", "not_a_time"),
        ("reporter", "reported_at", "2026-02-30T09:10:00+08:00", "not_a_time"),
        ("reporter", "name", 3, "wrong_type"),
        ("reporter", "name", "x" * 301, "too_long"),
        ("reporter", "secret", "x", "unknown_field"),
        ("reporter", "channel", None, "required"),
        ("incident", "forms", "FISIK", "wrong_type"),
        ("incident", "forms", ["FISIK", "X"], "wrong_code"),
        ("incident", "weapon", "ya", "wrong_type"),
    ],
)
def test_a_wrong_answer_is_named(block: str, name: str, value: Any, code: str) -> None:
    answers = report_answers()
    answers[block] = answers[block] | {name: value}

    assert check_form(REPORT, answers) == {f"{block}.{name}": [code]}


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"birth_date": "1993-02-30"}, "persons.1.birth_date", "impossible_date"),
        ({"children_count": -1}, "persons.1.children_count", "out_of_range"),
        ({"children_count": True}, "persons.1.children_count", "wrong_type"),
        ({"birth_date": None}, "persons.1.age_group", "required"),
    ],
)
def test_a_wrong_answer_about_the_second_person_says_which(
    changes: dict[str, Any], path: str, code: str
) -> None:
    answers = report_answers(persons=[person(), person(**changes)])

    assert check_form(REPORT, answers) == {path: [code]}


def test_a_guardian_is_only_asked_for_a_child() -> None:
    grown = missing(REPORT, report_answers())
    small = missing(REPORT, report_answers(persons=[child()]))

    assert "persons.0.guardian_name" not in grown
    assert "persons.0.guardian_name" in small


def test_the_trafficking_block_is_only_asked_for_trafficking() -> None:
    answers = report_answers()
    assert "trafficking.means" not in missing(REPORT, answers)

    answers["incident"]["class_reported"] = "TPPO"
    assert "trafficking.means" in missing(REPORT, answers)


def test_the_duty_to_report_is_only_asked_where_there_is_sexual_violence() -> None:
    answers = report_answers()
    assert "request.mandatory_report_told" not in missing(REPORT, answers)

    answers["incident"]["acts"] = ["SEK_PERKOSAAN"]
    assert "request.mandatory_report_told" in missing(REPORT, answers)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_no_value_whatever_breaks_a_check(value: Any) -> None:
    for block in REPORT.blocks:
        for field in block.fields:
            assert isinstance(check(block, {field.name: value}), dict)
