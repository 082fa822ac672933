"""When answers are due and when silence ends a referral."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.domain.limits import (
    LEAST_GRACE,
    LEAST_SILENCE,
    LIMITS,
    URGENT_WITHIN,
    Limit,
    due,
    silent_past,
    wall_clock,
)
from shared.contracts import codes
from shared.contracts.referral_words import Urgency
from shared.contracts.vocabulary import Service

NOON = datetime(2026, 3, 4, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1)}


def said_in_cl16(service: Service) -> tuple[timedelta | None, timedelta | None]:
    """What the code list itself says, read from its own words; None where it says no length."""
    said = codes.row("CL16", service.value)["default SLA (accept / first service) [P unless noted]"]
    first, _, second = said.partition(" / ")
    return length(first), length(second)


def length(words: str) -> timedelta | None:
    words = words.split(" (")[0].replace("3x24 h", "72 h").strip()
    number, _, unit = words.partition(" ")
    return int(number) * _UNITS[unit] if number.isdigit() and unit in _UNITS else None


@pytest.mark.parametrize("service", sorted(LIMITS))
def test_the_limits_are_those_of_the_code_list(service):
    assert (LIMITS[service].accept, LIMITS[service].serve) == said_in_cl16(service)


def test_every_service_of_the_five_fields_has_a_row_and_the_fields_themselves_have_none():
    assert set(LIMITS) == {service for service in Service if "_" in service.value}


@pytest.mark.parametrize(
    ("service", "urgency", "hours"),
    [
        (Service.PSI_TERAPI, Urgency.RUTIN, 24),
        (Service.PSI_TERAPI, Urgency.SEGERA, 1),
        (Service.PSI_TERAPI, Urgency.D3, 24),
        (Service.HKM_PERDATA, Urgency.H24, 24),
        (Service.HKM_PERDATA, Urgency.RUTIN, 72),
        (Service.MED_VER, Urgency.H24, 3),
        (Service.PSI_AWAL, Urgency.RUTIN, 72),
    ],
)
def test_an_answer_is_due_at_the_earlier_of_urgency_and_service(service, urgency, hours):
    assert due(service, urgency, sent_at=NOON).respond_by == NOON + hours * HOUR


def test_silence_lasts_as_long_again_and_at_least_an_hour():
    assert due(Service.PSI_TERAPI, Urgency.RUTIN, sent_at=NOON).expires_at == NOON + 48 * HOUR
    quick = due(
        Service.PSI_TERAPI,
        Urgency.RUTIN,
        sent_at=NOON,
        agreed=Limit(timedelta(minutes=5), None, "agreement"),
    )
    assert quick.expires_at == quick.respond_by + LEAST_GRACE


def test_the_first_service_is_due_by_its_limit_or_the_date_that_the_sender_names():
    assert due(Service.HKM_KONSUL, Urgency.RUTIN, sent_at=NOON).serve_by == NOON + 72 * HOUR
    hearing = NOON + 5 * HOUR
    summoned = due(Service.HKM_SIDANG, Urgency.RUTIN, sent_at=NOON, needed_by=hearing)
    assert summoned.serve_by == hearing
    assert due(Service.HKM_SIDANG, Urgency.RUTIN, sent_at=NOON).serve_by is None


def twice_as_long(start: datetime, length: timedelta) -> datetime:
    return start + 2 * length


def test_a_given_calendar_counts_only_what_is_not_urgent():
    counted = due(Service.PSI_TERAPI, Urgency.RUTIN, sent_at=NOON, calendar=twice_as_long)
    assert counted.respond_by == NOON + 48 * HOUR
    for urgency, danger in ((Urgency.SEGERA, False), (Urgency.RUTIN, True)):
        plain = due(
            Service.PSI_TERAPI, urgency, sent_at=NOON, high_risk=danger, calendar=twice_as_long
        )
        assert plain.respond_by == due(Service.PSI_TERAPI, urgency, sent_at=NOON).respond_by


@given(
    st.sampled_from(sorted(LIMITS)),
    st.sampled_from(Urgency),
    st.none() | st.integers(1, 10_000),
    st.booleans(),
)
def test_the_order_of_the_dates_always_holds(service, urgency, minutes, high_risk):
    agreed = None if minutes is None else Limit(timedelta(minutes=minutes), None)
    dates = due(service, urgency, sent_at=NOON, agreed=agreed, high_risk=high_risk)
    assert dates.respond_by > NOON
    assert dates.expires_at >= dates.respond_by + LEAST_GRACE
    within = URGENT_WITHIN[urgency]
    assert within is None or dates.respond_by <= NOON + within


@pytest.mark.parametrize("service", sorted(LIMITS))
def test_a_partner_at_work_is_never_silent_within_a_day(service):
    assert silent_past(service) >= max(LEAST_SILENCE, LIMITS[service].serve or LEAST_SILENCE)


def test_the_wall_clock_never_stops():
    assert wall_clock(NOON, 100 * HOUR) - NOON == 100 * HOUR
