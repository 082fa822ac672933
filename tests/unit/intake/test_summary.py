from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.forms.casework import NEED
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.report_person import PERSON
from services.intake.domain.guest import Guest
from services.intake.domain.sheet import HELD, Place, fill, fill_page
from services.intake.domain.summary import Written, contents, offered, team_only, template
from services.intake.domain.unit import RealClock, Unit
from shared.contracts.protection import FieldClass, UnitKind
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid
from shared.identifiers import new_id
from tests.support.intake import AT, UNIT, person, signed

WRITTEN = Written(question="Mohon terapi", summary="Ringkasan", safety_note="Jangan telepon sore")
PLACE = Place(owner_id=new_id(), unit_id=UNIT)


@given(st.sets(st.sampled_from(FieldClass)))
def test_nothing_outside_the_chosen_classes_is_ever_sent(classes: set[FieldClass]) -> None:
    sent = contents(person(), WRITTEN, classes=frozenset(classes), risk="TINGGI")

    assert {FieldClass(name) for name in sent} <= classes


def test_fields_of_the_case_team_never_leave_as_they_are() -> None:
    secret = {name: f"secret {name}" for name in team_only(PERSON)}

    sent = contents(person(**secret), WRITTEN, classes=frozenset(FieldClass), risk=None)

    assert team_only(PERSON) >= {"code_word", "address_domicile", "must_not_answer"}
    assert "secret" not in str(sent)


@pytest.mark.parametrize(("kind", "one"), list(product(InstitutionKind, FieldClass)))
def test_a_partner_is_offered_what_it_needs_and_the_consent_covers(
    kind: InstitutionKind, one: FieldClass
) -> None:
    assert offered(kind, frozenset({one})) == template(kind) & {one}


def test_a_psychologist_does_not_need_a_name() -> None:
    assert FieldClass.IDENTITY not in template(InstitutionKind.PSIKOLOG)
    assert template(InstitutionKind.DUKCAPIL) == {FieldClass.IDENTITY}


def test_a_sheet_keeps_each_class_apart_and_gives_everything_back() -> None:
    answers = person()
    sheet = fill(REPORT, PERSON, answers, place=PLACE, signed=signed())

    assert sheet.answers == answers
    assert set(sheet.plain or {}) <= {f.name for f in PERSON.fields if f.field_class == "none"}
    assert "name" in (sheet.identity or {})
    assert "code_word" in (sheet.contact or {})
    assert set(HELD) == set(FieldClass)


def test_a_sheet_that_does_not_fit_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        fill_page(NEED, {"domain": "X"}, place=PLACE, signed=signed())

    assert refused.value.fields["domain"] == ["wrong_code"]


def test_a_case_takes_a_copy_of_a_sheet_under_its_own_name() -> None:
    sheet = fill(REPORT, PERSON, person(), place=PLACE, signed=signed())
    case = Place(owner_id=new_id(), unit_id=UNIT)

    copy = sheet.copied_to(case)

    assert (copy.answers, copy.owner_id) == (sheet.answers, case.owner_id)
    assert copy.id != sheet.id


def test_what_a_guest_said_is_not_asked_of_the_reporter_again() -> None:
    guest = Guest.receive(
        UNIT,
        {
            "visitor_alias": "Ibu M",
            "purpose": "PENGADUAN",
            "channel": "LANGSUNG",
            "arrived_at": "2026-03-02T09:10:00+08:00",
        },
        signed=signed(),
    )

    assert guest.carried_over()["name"] == "Ibu M"
    assert guest.carried_over()["channel"] == "LANGSUNG"


def test_the_clock_of_a_real_unit_never_moves() -> None:
    unit, _ = Unit.open(UNIT, UnitKind.REAL, at=AT)

    with pytest.raises(RealClock):
        unit.set_clock(3600, at=AT)
    assert unit.now(AT) == AT


def test_the_clock_of_a_training_unit_may_be_moved() -> None:
    unit, _ = Unit.open(UNIT, UnitKind.TRAINING, at=AT)
    told = unit.set_clock(-3600, at=AT)

    assert told.clock_offset_seconds == -3600
    assert (AT - unit.now(AT)).total_seconds() == 3600
