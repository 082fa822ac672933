import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.forms.casework import NEED
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.report_person import PERSON
from services.intake.domain.guest import Guest
from services.intake.domain.sheet import HELD, Place, fill, fill_page
from services.intake.domain.summary import age_band, contents, known, offered, team_only
from services.intake.domain.unit import RealClock, Unit
from shared.contracts.protection import FieldClass, UnitKind
from shared.contracts.referral_words import CLASS_OF, ContentField
from shared.errors import Invalid
from shared.identifiers import new_id
from tests.support.intake import AT, UNIT, person, report_answers, signed

PLACE = Place(owner_id=new_id(), unit_id=UNIT)


DAY = AT.date()


@given(st.sets(st.sampled_from(FieldClass)), st.sets(st.sampled_from(ContentField)))
def test_only_what_the_partner_needs_and_the_consent_covers_is_offered(
    classes: set[FieldClass], template: set[ContentField]
) -> None:
    found = offered(frozenset(template), frozenset(classes))

    assert set(found) <= template
    assert all(CLASS_OF[field] in classes | {FieldClass.NONE} for field in found)


def test_fields_of_the_case_team_never_leave_as_they_are() -> None:
    secret = {name: f"secret {name}" for name in team_only(PERSON)}

    filled_in = known(person(**secret), report_answers(), risk="TINGGI", on=DAY)

    assert team_only(PERSON) >= {"code_word", "address_domicile", "must_not_answer"}
    assert "secret" not in str(filled_in)
    assert "rahasia" not in str(filled_in)


def test_what_was_not_offered_cannot_be_sent() -> None:
    with pytest.raises(Invalid) as refused:
        contents([ContentField.SUMMARY], {"nik": True, "summary": "Ringkas"}, {})

    assert refused.value.fields == {"content.nik": ["not_valid"]}


def test_what_the_manager_wrote_goes_out_and_what_she_left_out_does_not() -> None:
    filled_in = known(person(), report_answers(), risk="TINGGI", on=DAY)
    allowed = [ContentField.SUMMARY, ContentField.AGE, ContentField.NIK]

    sent = contents(allowed, {"summary": " Perlu terapi. ", "age": True}, filled_in)

    assert sent == {"summary": "Perlu terapi.", "age": "32"}


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({}, "U25_44"),
        ({"birth_date": "2026-01-01"}, "U00_05"),
        ({"birth_date": None, "age_estimate": 12}, "U06_12"),
        ({"birth_date": "2008-03-03"}, "U13_17"),
        ({"birth_date": "2008-03-02"}, "U18_24"),
        ({"birth_date": None, "age_estimate": 60}, "U60"),
        ({"birth_date": None, "age_group": "ANAK"}, "U13_17"),
        ({"birth_date": None, "age_group": "DEWASA"}, "U25_44"),
    ],
)
def test_ages_are_derived(changes: dict[str, object], band: str) -> None:
    assert age_band(person(**changes), on=DAY) == band


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
