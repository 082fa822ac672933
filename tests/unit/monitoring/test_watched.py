"""What monitoring keeps of cases and referrals, and the list of a year."""

from datetime import date

import pytest

from services.monitoring.domain.holidays import check
from services.monitoring.domain.watched import RUNNING, WAITING, rises
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.vocabulary import RiskLevel
from shared.errors import Invalid


@pytest.mark.parametrize(
    ("before", "after", "greater"),
    [
        (None, "RENDAH", True),
        ("RENDAH", "SEDANG", True),
        ("SEDANG", "TINGGI", True),
        ("TINGGI", "TINGGI", False),
        ("TINGGI", "SEDANG", False),
        ("SEDANG", "RENDAH", False),
    ],
)
def test_danger_rises_from_low_to_high(before, after, greater):
    assert rises(RiskLevel(before) if before else None, RiskLevel(after)) is greater


def test_a_referral_is_waited_for_or_runs_or_neither():
    assert not WAITING & RUNNING
    neither = set(ReferralStanding) - WAITING - RUNNING
    assert {one.value for one in neither} == {
        "draft",
        "rejected",
        "completed",
        "failed",
        "cancelled",
        "entered-in-error",
    }


def test_a_list_of_a_year_holds_each_day_once_and_only_of_that_year():
    check(2026, [(date(2026, 3, 19), "Nyepi"), (date(2026, 3, 21), "Idul Fitri")])
    with pytest.raises(Invalid) as wrong:
        check(2026, [(date(2026, 3, 19), " "), (date(2026, 3, 19), "A"), (date(2027, 1, 1), "B")])
    assert wrong.value.fields == {
        "days.0.name": ["required"],
        "days.1.day": ["said_twice"],
        "days.2.day": ["out_of_range"],
    }


def test_a_list_of_another_age_is_refused():
    with pytest.raises(Invalid) as wrong:
        check(1899, [])
    assert wrong.value.fields == {"year": ["out_of_range"]}
