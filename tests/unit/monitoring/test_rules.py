"""The rows of the deadline rules, and what a unit may change in them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.monitoring.domain.calendars import Calendar
from services.monitoring.domain.rules import (
    FIRST_RESPONSE,
    LONGEST,
    ROWS,
    AppliesIf,
    Limit,
    LimitNamedElsewhere,
    Rules,
    Source,
    StatuteStands,
)
from shared.clock import now
from shared.contracts.intake import ReportReceived
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.referral import ReferralSent
from shared.contracts.vocabulary import RiskLevel
from shared.errors import Invalid, NotFound

DAY = timedelta(days=1)
T08 = DeadlineRule.T08, AppliesIf.SEXUAL


def a_limit(seconds: float, rule: DeadlineRule, applies_if: AppliesIf) -> Limit:
    return Limit(
        id=uuid4(),
        unit_id=uuid4(),
        rule=rule,
        applies_if=applies_if,
        limit_seconds=int(seconds),
        set_by=uuid4(),
        set_at=now(),
    )


def test_no_row_stands_twice():
    assert len({row.key for row in ROWS}) == len(ROWS)


def test_every_rule_has_a_row():
    assert {row.rule for row in ROWS} == set(DeadlineRule)


def test_every_trigger_is_an_event_of_the_network():
    assert {row.trigger for row in ROWS} == {ReportReceived.topic, ReferralSent.topic}


def test_what_the_law_or_high_risk_sets_runs_round_the_clock():
    urgent = [r for r in ROWS if r.source is Source.STATUTE or r.applies_if is AppliesIf.TINGGI]
    assert urgent
    assert all(row.calendar is Calendar.WALL for row in urgent)


@pytest.mark.parametrize(
    ("risk", "rule", "hours"),
    [
        (RiskLevel.TINGGI, DeadlineRule.T01, 1),
        (RiskLevel.SEDANG, DeadlineRule.T02, 6),
        (RiskLevel.RENDAH, DeadlineRule.T03, 24),
        (None, DeadlineRule.T02, 6),
    ],
)
def test_the_greater_the_danger_the_sooner_the_first_response(risk, rule, hours):
    row = Rules.of().first_response(risk)
    assert (row.rule, row.limit) == (rule, timedelta(hours=hours))


@pytest.mark.parametrize(
    ("risk", "days"), [(RiskLevel.TINGGI, 7), (RiskLevel.SEDANG, 14), (RiskLevel.RENDAH, 30)]
)
def test_the_greater_the_danger_the_more_often_a_case_is_looked_at(risk, days):
    assert Rules.of().contact(risk).limit == days * DAY


def test_every_risk_has_its_rows():
    assert set(FIRST_RESPONSE) == set(RiskLevel)
    assert all(Rules.of().contact(risk) for risk in RiskLevel)


def test_a_unit_lays_its_own_limit_over_the_row():
    own = a_limit(2 * 86_400, DeadlineRule.T04, AppliesIf.ALWAYS)
    row = Rules.of([own]).get(DeadlineRule.T04, AppliesIf.ALWAYS)
    assert (row.limit, row.source) == (2 * DAY, Source.UNIT)
    assert Rules.of().get(DeadlineRule.T04, AppliesIf.ALWAYS).source is Source.PROCEDURE


def test_a_law_stricter_than_the_units_own_limit_stands():
    longer = a_limit(9 * 86_400, *T08)
    assert Rules.of([longer]).get(*T08).limit == 3 * DAY


def test_a_limit_of_the_law_is_shortened_but_never_lengthened():
    row = Rules.of().get(*T08)
    assert row.limited_to(2 * DAY).source is Source.STATUTE
    assert row.limited_to(3 * DAY).limit == 3 * DAY
    with pytest.raises(StatuteStands):
        row.limited_to(3 * DAY + timedelta(seconds=1))


@pytest.mark.parametrize("limit", [timedelta(), -DAY, LONGEST + DAY])
def test_a_limit_is_some_time_and_at_most_a_year(limit):
    with pytest.raises(Invalid) as refused:
        Rules.of().get(DeadlineRule.T04, AppliesIf.ALWAYS).limited_to(limit)
    assert refused.value.fields == {"limit_seconds": ["out_of_range"]}


def test_the_limits_of_a_referral_are_not_set_here():
    with pytest.raises(LimitNamedElsewhere):
        Rules.of().get(DeadlineRule.T24, AppliesIf.SERVE).limited_to(DAY)


def test_a_row_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        Rules.of().get(DeadlineRule.T01, AppliesIf.SEXUAL)
