"""One line for each event."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.monitoring.domain.timeline import (
    NOT_FOR_EXPERTS,
    READERS,
    VERIFIED,
    Verification,
    hidden_from,
    line_of,
)
from shared.contracts.intake import CaseStageMoved, ConsentGiven, LoopRule
from shared.contracts.protection import FieldClass, LegalBasis
from shared.contracts.referral import ReferralDeclined, ReferralScheduled
from shared.contracts.referral_words import Door, ReferralStanding
from shared.contracts.roles import PARTNERS, Role
from shared.contracts.vocabulary import ConsentScope, DeclineReason, Service, Stage

NOON = datetime(2026, 3, 5, 5, tzinfo=UTC)
UNIT, CASE, REFERRAL, PARTNER = (uuid4() for _ in range(4))


def told(door: Door = Door.PORTAL) -> dict[str, Any]:
    return {
        "referral_id": REFERRAL,
        "case_id": CASE,
        "unit_id": UNIT,
        "institution_id": PARTNER,
        "service": Service.PSI_TERAPI,
        "standing": ReferralStanding.REJECTED,
        "business_state": None,
        "door": door,
        "move_no": 3,
        "happened_at": NOON,
    }


def a_decline(door: Door = Door.PORTAL) -> ReferralDeclined:
    return ReferralDeclined(
        **told(door), reason=DeclineReason.AT_CAPACITY, suggested_institution_id=None
    )


def test_a_line_says_what_by_whom_about_what_and_how():
    line = line_of(a_decline(), unit_id=UNIT, recorded_at=NOON)
    assert (line.kind, line.case_id, line.referral_id) == ("referral.declined", CASE, REFERRAL)
    assert (line.institution_id, line.service) == (PARTNER, Service.PSI_TERAPI)
    assert (line.door, line.verification) == (Door.PORTAL, Verification.SIGN_IN)
    assert line.details == {"standing": "rejected", "move_no": 3, "reason": "AT_CAPACITY"}


def test_the_same_event_always_makes_the_same_line():
    event = a_decline()
    one = line_of(event, unit_id=UNIT, recorded_at=NOON)
    again = line_of(event, unit_id=UNIT, recorded_at=NOON)
    assert vars(one) == vars(again)
    assert one.id == event.event_id


def test_an_event_without_a_door_does_not_pretend_to_one():
    moved = CaseStageMoved(
        case_id=CASE,
        unit_id=UNIT,
        from_stage=Stage.MONITORING,
        to_stage=Stage.ASSESSMENT,
        rule=LoopRule.R1,
        loop_no=1,
        episode=1,
        happened_at=NOON,
    )
    line = line_of(moved, unit_id=UNIT, recorded_at=NOON)
    assert (line.door, line.verification) == (None, None)
    assert line.details["rule"] == "R1"


def test_a_time_is_written_with_its_zone():
    scheduled = ReferralScheduled(**told(), appointment_at=NOON)
    details = line_of(scheduled, unit_id=UNIT, recorded_at=NOON).details
    assert details["appointment_at"] == "2026-03-05T05:00:00+00:00"


def test_a_set_of_codes_is_a_sorted_list_and_what_is_not_said_is_left_out():
    given = ConsentGiven(
        consent_id=uuid4(),
        case_id=CASE,
        unit_id=UNIT,
        scope=ConsentScope.RUJUKAN,
        basis=LegalBasis.CONSENT,
        institution_id=PARTNER,
        service=None,
        field_classes=frozenset({FieldClass.NARRATIVE, FieldClass.CONTACT}),
        valid_until=None,
        happened_at=NOON,
    )
    details = line_of(given, unit_id=UNIT, recorded_at=NOON).details
    assert details["field_classes"] == ["contact", "narrative"]
    assert "valid_until" not in details


@pytest.mark.parametrize("door", Door)
def test_every_door_tells_how_the_one_who_came_through_was_verified(door):
    assert line_of(a_decline(door), unit_id=UNIT, recorded_at=NOON).verification is VERIFIED[door]


@pytest.mark.parametrize("door", [Door.LETTER, Door.PHONE])
def test_what_came_on_paper_or_by_phone_stands_on_an_officers_word(door):
    assert VERIFIED[door] is Verification.OFFICER


@pytest.mark.parametrize(("hours", "late"), [(48, False), (49, True)])
def test_a_line_written_more_than_two_days_after_is_marked(hours, late):
    recorded = NOON + timedelta(hours=hours)
    assert line_of(a_decline(), unit_id=UNIT, recorded_at=recorded).entered_late is late


def test_lines_are_read_in_the_order_in_which_things_happened():
    early = line_of(a_decline(), unit_id=UNIT, recorded_at=NOON + timedelta(days=9))
    late_told = {**told(), "happened_at": NOON + timedelta(hours=1)}
    late = line_of(
        ReferralScheduled(**late_told, appointment_at=NOON), unit_id=UNIT, recorded_at=NOON
    )
    assert sorted([late, early], key=lambda line: line.key) == [early, late]


def test_partners_data_clerks_and_administrators_read_no_timeline():
    assert not READERS & (PARTNERS | {Role.ADMIN_DATA, Role.ADMIN_SISTEM, Role.AUDITOR})


def test_a_case_manager_reads_every_line():
    assert hidden_from(frozenset({Role.MANAJER_KASUS})) == frozenset()


def test_an_expert_alone_reads_neither_reports_nor_consents():
    assert hidden_from(frozenset({Role.TENAGA_AHLI})) == NOT_FOR_EXPERTS
    assert hidden_from(frozenset({Role.TENAGA_AHLI, Role.PENDAMPING})) == frozenset()
