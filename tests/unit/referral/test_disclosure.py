"""What a partner sees, and never sees."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.domain.disclosure import (
    CLASSES,
    SHOWN_WHILE,
    TEMPLATES,
    Content,
    MoreThanTheTemplate,
    Sight,
    by_class,
    check_template,
    classes_in,
    freeze,
    reveal,
    shown,
    sight,
)
from shared.contracts.protection import FieldClass
from shared.contracts.referral_words import CLASS_OF, ContentField, ReferralStanding
from shared.contracts.vocabulary import InstitutionKind
from shared.identifiers import new_id

NOON = datetime(2026, 3, 4, 9, tzinfo=UTC)
F = ContentField
EVERYTHING = {name: f"isi {name}" for name in ContentField}


def a_content(sent=EVERYTHING, salt="garam") -> Content:
    return Content(id=new_id(), case_id=new_id(), salt=salt, question="Apa?", **by_class(sent))


def test_every_kind_of_institution_has_a_template_and_every_field_a_class():
    assert set(TEMPLATES) == set(InstitutionKind)
    assert set(CLASS_OF) == set(ContentField)


@pytest.mark.parametrize(
    ("kind", "never"),
    [
        (InstitutionKind.RS, {F.PERPETRATOR_IDENTITY, F.LEGAL_STEPS, F.CHRONOLOGY}),
        (InstitutionKind.PSIKOLOG, {F.NIK, F.FULL_NAME, F.PERPETRATOR_IDENTITY}),
        (InstitutionKind.DISDIK, {F.INCIDENT_TYPE, F.PERPETRATOR_RELATION, F.NIK}),
        (InstitutionKind.KELURAHAN, set(ContentField) - {F.CALL_NAME, F.TASK}),
        (InstitutionKind.DUKCAPIL, {F.SUMMARY, F.CALL_NAME, F.CONTACT_WAY}),
        (InstitutionKind.POLRES_PPA, {F.PRESENTING_PROBLEM, F.COMPLAINTS}),
        (InstitutionKind.ADVOKAT, {F.COMPLAINTS, F.PRESENTING_PROBLEM}),
        (InstitutionKind.DINSOS, {F.CHRONOLOGY}),
    ],
)
def test_what_domain_2_10_says_a_kind_never_sees_is_not_in_its_template(kind, never):
    assert not TEMPLATES[kind] & never
    with pytest.raises(MoreThanTheTemplate) as refused:
        check_template(kind, dict.fromkeys(never, "x"))
    assert set(refused.value.fields) == {f"content.{name}" for name in never}


@given(
    st.dictionaries(st.sampled_from(ContentField), st.text(max_size=5)),
    st.frozensets(st.sampled_from(FieldClass)),
    st.sampled_from(InstitutionKind),
)
def test_what_is_shown_was_sent_and_consented_to_and_is_in_the_template(sent, granted, kind):
    seen = shown(sent, consented=granted, kind=kind)
    assert seen.items() <= sent.items()
    assert set(seen) <= TEMPLATES[kind]
    assert classes_in(seen) <= granted | {FieldClass.NONE}
    missing = set(sent) - set(seen)
    assert all(name not in TEMPLATES[kind] or CLASS_OF[name] not in granted for name in missing)


def test_what_was_frozen_is_what_is_revealed():
    content = a_content()
    disclosure = freeze(
        content,
        consented=frozenset({FieldClass.IDENTITY}),
        institution_id=new_id(),
        kind=InstitutionKind.PSIKOLOG,
        at=NOON,
    )
    assert reveal(content, disclosure) == {
        F.CALL_NAME: "isi call_name",
        F.AGE: "isi age",
    }


def test_a_text_that_was_changed_afterwards_is_not_revealed():
    content = a_content()
    disclosure = freeze(
        content,
        consented=frozenset(FieldClass),
        institution_id=new_id(),
        kind=InstitutionKind.PSIKOLOG,
        at=NOON,
    )
    content.identity = {"call_name": "lain"}
    with pytest.raises(ValueError, match="not what was frozen"):
        reveal(content, disclosure)


def test_the_digest_tells_nothing_without_its_salt():
    kinds = {"institution_id": new_id(), "kind": InstitutionKind.PSIKOLOG, "at": NOON}
    granted = frozenset(FieldClass)
    one = freeze(a_content(salt="a"), consented=granted, **kinds)
    other = freeze(a_content(salt="b"), consented=granted, **kinds)
    assert one.fields == other.fields
    assert one.digest != other.digest


def test_fields_come_back_as_they_were_sorted():
    assert a_content().fields == EVERYTHING
    assert set(by_class(EVERYTHING)) == {each.value for each in CLASSES}


@pytest.mark.parametrize("standing", ReferralStanding)
def test_little_before_acceptance_and_nothing_once_access_ended(standing):
    asked = {ReferralStanding.REQUESTED, ReferralStanding.RECEIVED}
    expected = Sight.FULL if standing in SHOWN_WHILE else Sight.NONE
    assert sight(standing) is (Sight.PSEUDONYMOUS if standing in asked else expected)
    assert sight(standing, ended=True) is Sight.NONE
    assert not SHOWN_WHILE & {ReferralStanding.REJECTED, ReferralStanding.CANCELLED}
