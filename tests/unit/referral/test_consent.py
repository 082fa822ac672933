"""On what ground a referral may be sent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.domain.consent import (
    OVERRIDE_LASTS,
    Consent,
    ConsentDoesNotCover,
    ConsentNoLongerHolds,
    ConsentNotYetKnown,
    ConsentStanding,
    Override,
    OverrideNotValid,
    check_consent,
    check_ground,
)
from shared.contracts.protection import FieldClass, LegalBasis
from shared.contracts.vocabulary import ConsentScope, Service
from shared.identifiers import new_id

NOON = datetime(2026, 3, 4, 9, tzinfo=UTC)
CASE, PARTNER = new_id(), new_id()
WANTED = frozenset({FieldClass.IDENTITY, FieldClass.CONTACT})


def a_consent(**facts) -> Consent:
    usual = {
        "id": new_id(),
        "case_id": CASE,
        "unit_id": new_id(),
        "scope": ConsentScope.RUJUKAN,
        "basis": LegalBasis.CONSENT,
        "institution_id": PARTNER,
        "service": Service.PSI_TERAPI,
        "field_classes": WANTED,
        "valid_until": None,
        "standing": ConsentStanding.GIVEN,
        "sequence": 1,
    }
    return Consent(**(usual | facts))


def asked(consent, **facts):
    usual = {
        "sequence": 1,
        "case_id": CASE,
        "institution_id": PARTNER,
        "service": Service.PSI_TERAPI,
        "wanted": WANTED,
        "at": NOON,
    }
    return check_consent(consent, **(usual | facts))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"institution_id": None},
        {"service": None},
        {"service": Service.PSI},
        {"valid_until": NOON + timedelta(seconds=1)},
        {"basis": LegalBasis.LEGAL_DUTY},
        {"sequence": 4},
    ],
)
def test_a_consent_that_covers_partner_purpose_fields_and_time_is_enough(facts):
    consent = a_consent(**facts)
    assert asked(consent) is consent


@pytest.mark.parametrize(
    "facts",
    [
        {"case_id": new_id()},
        {"institution_id": new_id()},
        {"service": Service.PSI_PERIKSA},
        {"service": Service.MED},
        {"scope": ConsentScope.LAYANAN},
        {"field_classes": frozenset({FieldClass.IDENTITY})},
        {"valid_until": NOON},
        {"standing": ConsentStanding.REFUSED},
        {"standing": ConsentStanding.WITHDRAWN},
    ],
)
def test_a_consent_for_something_else_is_not(facts):
    with pytest.raises(ConsentDoesNotCover):
        asked(a_consent(**facts))


def test_what_intake_knows_and_we_do_not_is_asked_again_later():
    with pytest.raises(ConsentNotYetKnown):
        asked(None)
    with pytest.raises(ConsentNotYetKnown):
        asked(a_consent(sequence=1), sequence=2)


def ground(consent=None, *, basis=LegalBasis.CONSENT, until=None):
    check_ground(consent, basis=basis, override_until=until, at=NOON)


@pytest.mark.parametrize(
    "gone",
    [
        {"valid_until": NOON},
        {"standing": ConsentStanding.WITHDRAWN},
        {"standing": ConsentStanding.REFUSED},
    ],
)
def test_what_a_referral_was_sent_on_must_still_hold(gone):
    ground(a_consent(valid_until=NOON + timedelta(seconds=1)))
    with pytest.raises(ConsentNoLongerHolds):
        ground(a_consent(**gone))
    ground(a_consent(**gone), basis=LegalBasis.LEGAL_DUTY)


def test_an_override_that_ran_out_is_no_ground_unless_it_was_a_duty():
    ground(basis=LegalBasis.VITAL_INTEREST, until=NOON + timedelta(seconds=1))
    ground(basis=LegalBasis.LEGAL_DUTY)
    for until in (NOON, None):
        with pytest.raises(ConsentNoLongerHolds):
            ground(basis=LegalBasis.VITAL_INTEREST, until=until)


@given(st.frozensets(st.sampled_from(FieldClass)), st.frozensets(st.sampled_from(FieldClass)))
def test_no_class_is_ever_allowed_that_was_not_granted(granted, wanted):
    allowed = a_consent(field_classes=granted).allows(wanted)
    assert allowed == (wanted - {FieldClass.NONE} <= granted)


def test_an_override_has_a_ground_and_a_reason_and_ends_unless_it_is_a_legal_duty():
    def override(basis, reason="Nyawa terancam"):
        return Override(basis=basis, reason=reason, recorded_at=NOON)

    override(LegalBasis.VITAL_INTEREST).check(NOON + OVERRIDE_LASTS - timedelta(seconds=1))
    override(LegalBasis.LEGAL_DUTY).check(NOON + 10 * OVERRIDE_LASTS)
    with pytest.raises(OverrideNotValid):
        override(LegalBasis.LEGAL_DUTY).check(NOON - timedelta(seconds=1))
    for wrong in (
        override(LegalBasis.CONSENT),
        override(LegalBasis.LEGAL_DUTY, reason=" "),
    ):
        with pytest.raises(OverrideNotValid):
            wrong.check(NOON)
    with pytest.raises(OverrideNotValid):
        override(LegalBasis.BEST_INTEREST_OF_THE_CHILD).check(NOON + OVERRIDE_LASTS)
