"""The monitoring lines of the oracle of domain.md, 7.1 (Ibu Mawar), with a simulated clock."""

from datetime import timedelta
from typing import Any

import pytest

from services.monitoring.domain.calendars import Office
from services.monitoring.domain.deadlines import Standing
from shared.contracts.intake import ReportResponded
from shared.contracts.referral import ReferralAccepted, ReferralDeclined, ReferralProgressReported
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.vocabulary import (
    Adequacy,
    DeclineReason,
    InadequacyCause,
    RiskLevel,
    Service,
)
from shared.identifiers import new_id
from tests.api.monitoring.world import MONDAY, World, wita

WEDNESDAY = wita(3, 4, 9)
THURSDAY = wita(3, 5, 13)
FRIDAY = wita(3, 6, 10)
REVIEW = wita(3, 27, 10)
A, B = new_id(), new_id()


def decline(world: World) -> ReferralDeclined:
    return world.referral(
        ReferralDeclined,
        A,
        THURSDAY,
        standing=ReferralStanding.REJECTED,
        move_no=2,
        reason=DeclineReason.AT_CAPACITY,
        suggested_institution_id=None,
    )


def test_great_danger_calls_somebody_at_once_and_sets_t01(world):
    world.hear(world.received())

    assert world.tasks() == [("meet-danger", "open")]
    t01 = world.deadlines()["T01", "TINGGI"]
    assert (t01.began_at, t01.due_at) == (MONDAY, MONDAY + timedelta(hours=1))


def test_without_sexual_violence_there_is_no_t08(case):
    assert not [rule for rule, _ in case.deadlines() if rule == "T08"]


def test_with_sexual_violence_t08_runs_three_days_and_nights(world):
    world.hear(world.received(sexual=True))
    assert world.deadlines()["T08", "sexual"].due_at == MONDAY + timedelta(hours=72)


def test_the_first_response_and_the_case_meet_t01_and_t04(world):
    responded = ReportResponded(
        report_id=world.report, unit_id=world.unit, happened_at=MONDAY + timedelta(minutes=20)
    )
    world.hear(world.received(), responded, world.opened())

    standings = {key: one.standing for key, one in world.deadlines().items()}
    assert standings == {("T01", "TINGGI"): Standing.MET, ("T04", "always"): Standing.MET}
    assert world.tasks() == [("meet-danger", "done")]


def test_the_decline_on_thursday_is_four_hours_late_against_twenty_four(case):
    case.hear(case.sent(A, WEDNESDAY))
    case.tick(WEDNESDAY + timedelta(hours=24, seconds=1))
    case.hear(decline(case))

    reply = case.deadlines()["T24", "respond"]
    assert reply.standing is Standing.MET_LATE
    # Round the clock: Wednesday 09:00 and a day and a night is Thursday 09:00.
    assert reply.remaining(at=THURSDAY, office=Office()) == timedelta(hours=-4)
    assert ("ask-partner", "done") in case.tasks()
    assert ("refer-again", "open") in case.tasks()


def test_the_same_help_from_another_ends_the_search(case):
    case.hear(case.sent(A, WEDNESDAY), decline(case))
    case.hear(
        case.sent(B, FRIDAY, previous_referral_id=A),
        case.referral(ReferralAccepted, B, FRIDAY, standing=ReferralStanding.ACCEPTED),
    )
    assert ("refer-again", "done") in case.tasks()


@pytest.fixture
def reviewed(case: World) -> tuple[World, Any]:
    """The 27th of March: two of four sessions done, and she says it is too little."""
    case.hear(
        case.sent(B, FRIDAY),
        case.referral(ReferralAccepted, B, FRIDAY, standing=ReferralStanding.ACCEPTED),
        case.referral(
            ReferralProgressReported,
            B,
            wita(3, 20, 9),
            sessions_done=2,
            sessions_planned=4,
            **case.accepted_state(),
        ),
    )
    answer = case.ask(
        "POST",
        f"/cases/{case.case}/records",
        at=REVIEW,
        json={
            "contact_at": REVIEW.isoformat(),
            "contacted": "KLIEN",
            "mode": "KANTOR",
            "referral_id": str(B),
            "judgements": [
                {
                    "service": "PSI_TERAPI",
                    "referral_id": str(B),
                    "manager_view": "CUKUP",
                    "person_view": "KURANG",
                    "cause": "PENYAMPAIAN",
                }
            ],
            "items": [
                {
                    "plan_item_id": str(new_id()),
                    "status": "BERJALAN",
                    "sessions_done": 2,
                    "sessions_planned": 4,
                }
            ],
            "risk_now": "SEDANG",
            "action": "ASESMEN_ULANG",
            "next_contact_at": wita(4, 3, 10).isoformat(),
            "person_words": "Ongkos berat",
        },
    )
    assert answer.status_code == 201, answer.text
    return case, answer.json


def test_too_little_goes_out_with_its_cause(reviewed):
    world, record = reviewed
    (judged,) = world.told("adequacy.judged")
    assert (judged.case_id, judged.service) == (world.case, Service.PSI_TERAPI)
    assert (judged.adequacy, judged.cause) == (Adequacy.KURANG, InadequacyCause.PENYAMPAIAN)
    assert judged.risk_now is RiskLevel.SEDANG
    assert str(judged.record_id) == record["id"]
    assert record["judgements"][0]["counts"] == "KURANG"


def test_the_next_contact_is_expected_when_the_manager_said(reviewed):
    world, _ = reviewed
    tasks = world.get("/tasks?mine=1&open=1", at=REVIEW)
    contact = [task for task in tasks["items"] if task["kind"] == "contact"]
    assert [task["due_at"] for task in contact] == ["2026-04-03T02:00:00+00:00"]


def test_the_timeline_tells_the_story_from_the_last_to_the_first(reviewed):
    world, _ = reviewed
    kinds = [one["kind"] for one in world.get(f"/cases/{world.case}/timeline")["items"]]
    assert kinds == [
        "adequacy.judged",
        "referral.progress_reported",
        "referral.accepted",
        "referral.sent",
        "case.assigned",
        "case.opened",
        "report.received",
    ]


def test_the_holidays_of_march_put_a_working_day_off(world):
    # Tuesday 17 March at nine: Nyepi and Lebaran take the office to Wednesday the 25th.
    world.hear(world.received(reported_at=wita(3, 17, 9), happened_at=wita(3, 17, 9)))
    assert world.deadlines()["T04", "always"].due_at == wita(3, 27, 9)
