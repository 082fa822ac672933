from datetime import timedelta
from typing import Any

import pytest

from services.intake.domain.consent import (
    OVERRIDE,
    Consent,
    ConsentStanding,
    GuardianConflict,
    Speaker,
)
from shared.contracts.intake import ConsentGiven, ConsentRefused
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import Service
from shared.errors import Invalid, MoveNotAllowed, SecondPersonNeeded
from shared.identifiers import new_id
from tests.support.intake import AT, UNIT, consent_answers, signed

ADULT = Speaker(case_id=new_id(), unit_id=UNIT, is_child=False, guardian_conflict=False)
CHILD = Speaker(case_id=new_id(), unit_id=UNIT, is_child=True, guardian_conflict=False)
HARMED = Speaker(case_id=new_id(), unit_id=UNIT, is_child=True, guardian_conflict=True)
PARTNER = new_id()
REFERRAL = {
    "scope": "RUJUKAN",
    "institution_id": str(PARTNER),
    "field_classes": ["identity", "narrative"],
}
OVERRIDDEN = {
    "giver": "UPTD_BEST_INTEREST",
    "basis": "vital-interest",
    "basis_reason": "Nyawa terancam",
}


def record(of: Speaker = ADULT, **changes: Any) -> Consent:
    return Consent.record(consent_answers(**changes), of=of, signed=signed())


def refused(of: Speaker = ADULT, **changes: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as why:
        record(of, **changes)
    return why.value.fields


def test_a_consent_tells_the_network_who_may_have_what() -> None:
    told = record(**REFERRAL).told()

    assert isinstance(told, ConsentGiven)
    assert told.institution_id == PARTNER
    assert told.field_classes == {FieldClass.IDENTITY, FieldClass.NARRATIVE}


def test_a_refusal_is_told_and_covers_nothing() -> None:
    consent = record(**REFERRAL, decision="REFUSED")

    assert isinstance(consent.told(), ConsentRefused)
    assert not consent.covers(PARTNER, Service.PSI_TERAPI, at=AT)


def test_not_now_is_written_down_and_told_to_nobody() -> None:
    assert record(decision="NOT_NOW").told() is None


@pytest.mark.parametrize(
    ("changes", "covered"),
    [({}, True), ({"service": "PSI_TERAPI"}, True), ({"service": "MED_VER"}, False)],
)
def test_a_consent_covers_its_recipient_and_service(changes: dict[str, Any], covered: bool) -> None:
    consent = record(**REFERRAL, **changes)

    assert consent.covers(PARTNER, Service.PSI_TERAPI, at=AT) is covered
    assert not consent.covers(new_id(), Service.PSI_TERAPI, at=AT)


def test_a_consent_ends_when_it_said_it_would() -> None:
    until = AT + timedelta(days=1)
    consent = record(**REFERRAL, valid_until=until.isoformat())

    assert consent.covers(PARTNER, Service.PSI_TERAPI, at=until - timedelta(seconds=1))
    assert not consent.covers(PARTNER, Service.PSI_TERAPI, at=until)


@pytest.mark.parametrize("giver", ["PARENT", "OTHER_GUARDIAN"])
def test_a_guardian_in_conflict_cannot_give_consent(giver: str) -> None:
    with pytest.raises(GuardianConflict):
        record(HARMED, giver=giver, child_assent="YA")


def test_a_guardian_without_conflict_can() -> None:
    consent = record(CHILD, giver="PARENT", child_assent="YA")

    assert consent.standing is ConsentStanding.GIVEN


def test_a_child_is_asked_too_and_its_no_counts() -> None:
    assert refused(CHILD, giver="PARENT") == {"child_assent": ["required"]}
    assert refused(CHILD, giver="PARENT", child_assent="TIDAK") == {"child_assent": ["not_valid"]}


def test_a_child_does_not_decide_alone() -> None:
    assert refused(CHILD, child_assent="YA") == {"giver": ["not_valid"]}


def test_nobody_decides_for_a_grown_up() -> None:
    assert refused(giver="PARENT") == {"giver": ["not_valid"]}


def test_what_is_spoken_needs_a_witness() -> None:
    assert refused(method="LISAN_BERSAKSI") == {"witness": ["required"]}
    assert record(method="LISAN_BERSAKSI", witness="Petugas lain")


def test_a_yes_counts_only_after_the_limits_and_rights_were_explained() -> None:
    assert refused(explained_limits=False) == {"explained_limits": ["not_valid"]}
    assert refused(rights_explained=False) == {"explained_limits": ["not_valid"]}
    assert record(rights_explained=False, decision="REFUSED")


def test_sharing_for_a_referral_names_the_partner_and_the_fields() -> None:
    assert refused(scope="RUJUKAN") == {
        "institution_id": ["required"],
        "field_classes": ["required"],
    }


def test_without_consent_there_must_be_a_basis_and_a_reason() -> None:
    assert refused(**OVERRIDDEN | {"basis_reason": ""}) == {"basis_reason": ["required"]}
    assert refused(giver="UPTD_BEST_INTEREST") == {"basis": ["not_valid"]}
    assert refused(basis="legal-duty", basis_reason="Undang-undang") == {"basis": ["not_valid"]}


def test_the_best_interest_of_a_child_is_for_a_child() -> None:
    changed = OVERRIDDEN | {"basis": "best-interest-of-the-child"}

    assert refused(**changed) == {"giver": ["not_valid"]}
    assert record(HARMED, **changed)


def test_without_consent_it_ends_after_three_hours_unless_a_second_person_agrees() -> None:
    consent = record(**REFERRAL, **OVERRIDDEN)
    assert not consent.in_force(AT + OVERRIDE)

    told = consent.approve(by=new_id(), at=AT)

    assert consent.in_force(AT + OVERRIDE)
    assert told.valid_until is None


def test_the_second_person_is_not_the_first() -> None:
    consent = record(**REFERRAL, **OVERRIDDEN)

    with pytest.raises(SecondPersonNeeded):
        consent.approve(by=consent.recorded_by, at=AT)
    assert consent.approved_by is None


@pytest.mark.parametrize("standing", ConsentStanding)
def test_only_what_was_given_can_be_taken_back(standing: ConsentStanding) -> None:
    consent = record(**REFERRAL)
    consent.standing = standing

    if standing is ConsentStanding.GIVEN:
        assert consent.withdraw(at=AT).institution_id == PARTNER
        assert not consent.in_force(AT)
    else:
        with pytest.raises(MoveNotAllowed):
            consent.withdraw(at=AT)
        assert consent.standing is standing


def test_what_rests_on_a_duty_is_not_taken_back() -> None:
    consent = record(**REFERRAL, **OVERRIDDEN)

    with pytest.raises(MoveNotAllowed):
        consent.withdraw(at=AT)
    assert consent.in_force(AT)
