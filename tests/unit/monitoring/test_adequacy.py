"""Too little, enough or too much: whose view counts, and what it asks for."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.adequacy import STRICTEST_FIRST, WITH_CAUSE, Judgement, stricter
from shared.contracts.vocabulary import Adequacy, InadequacyCause, Service

views = st.sampled_from(Adequacy)
TODAY = date(2026, 3, 27)
LATER = date(2026, 4, 3)


def a_judgement(
    manager: Adequacy = Adequacy.CUKUP, person: Adequacy = Adequacy.CUKUP, **changed: object
) -> Judgement:
    return Judgement(
        service=Service.PSI_TERAPI,
        referral_id=uuid4(),
        manager_view=manager,
        person_view=person,
        **changed,
    )


def wrong(judgement: Judgement) -> list[tuple[str, str]]:
    return list(judgement.wrong(on=TODAY))


def test_every_view_has_its_place():
    assert sorted(STRICTEST_FIRST) == sorted(Adequacy)


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        ("KURANG", "CUKUP", "KURANG"),
        ("KURANG", "BERLEBIH", "KURANG"),
        ("BERLEBIH", "CUKUP", "BERLEBIH"),
        ("BERLEBIH", "BELUM", "BERLEBIH"),
        ("BELUM", "CUKUP", "BELUM"),
        ("CUKUP", "CUKUP", "CUKUP"),
    ],
)
def test_the_stricter_of_two_views_counts(one, other, counts):
    assert stricter(Adequacy(one), Adequacy(other)) is Adequacy(counts)
    assert stricter(Adequacy(other), Adequacy(one)) is Adequacy(counts)


@given(views, views, views)
def test_which_view_is_heard_first_makes_no_difference(one, two, three):
    assert stricter(stricter(one, two), three) is stricter(one, stricter(two, three))
    assert stricter(one, two) in {one, two}


@given(views, views)
def test_it_is_enough_only_when_both_say_so(manager, person):
    enough = a_judgement(manager, person).counts is Adequacy.CUKUP
    assert enough == (manager is person is Adequacy.CUKUP)


@given(views, views)
def test_when_the_person_sees_it_otherwise_it_shows(manager, person):
    assert a_judgement(manager, person).views_differ == (manager is not person)


@pytest.mark.parametrize("person", sorted(WITH_CAUSE))
def test_too_little_and_too_much_name_their_cause_even_when_only_the_person_says_so(person):
    assert wrong(a_judgement(person=person)) == [("cause", "required")]
    assert wrong(a_judgement(person=person, cause=InadequacyCause.PENYAMPAIAN)) == []


def test_what_is_enough_has_no_cause():
    judgement = a_judgement(cause=InadequacyCause.PENYAMPAIAN)
    assert wrong(judgement) == [("cause", "not_wanted")]


def test_what_cannot_be_judged_yet_says_when_it_is_looked_at_again():
    assert wrong(a_judgement(Adequacy.BELUM)) == [("next_check_on", "required")]
    assert wrong(a_judgement(Adequacy.BELUM, next_check_on=LATER)) == []


def test_the_next_check_lies_ahead():
    judgement = a_judgement(Adequacy.BELUM, next_check_on=TODAY)
    assert wrong(judgement) == [("next_check_on", "not_after")]
