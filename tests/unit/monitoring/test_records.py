"""The monitoring record (F14)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.monitoring.domain.adequacy import Judgement
from services.monitoring.domain.calendars import WITA
from services.monitoring.domain.deadlines import NotYet
from services.monitoring.domain.records import (
    Action,
    Contacted,
    GoalLevel,
    GoalProgress,
    ItemProgress,
    ItemStatus,
    Judged,
    Mode,
    Observed,
    Record,
    RecordNotRight,
    write,
)
from shared.contracts import codes
from shared.contracts.vocabulary import Adequacy, InadequacyCause, RiskLevel, Service

FRIDAY = datetime(2026, 3, 27, 10, tzinfo=WITA)
NOON = FRIDAY + timedelta(hours=2)
WEEK = timedelta(days=7)
ITEM, GOAL, REFERRAL = uuid4(), uuid4(), uuid4()

KURANG = Judgement(
    service=Service.PSI_TERAPI,
    referral_id=REFERRAL,
    manager_view=Adequacy.CUKUP,
    person_view=Adequacy.KURANG,
    cause=InadequacyCause.PENYAMPAIAN,
)
CUKUP = Judgement(
    service=Service.RSO_SHELTER,
    referral_id=None,
    manager_view=Adequacy.CUKUP,
    person_view=Adequacy.CUKUP,
)


def observed(**changed: Any) -> Observed:
    """What was seen of Ibu Mawar on Friday the 27th (domain.md, 7.1)."""
    seen: dict[str, Any] = {
        "contact_at": FRIDAY,
        "contacted": Contacted.KLIEN,
        "mode": Mode.KANTOR,
        "referral_id": REFERRAL,
        "judgements": (KURANG, CUKUP),
        "items": (
            ItemProgress(
                plan_item_id=ITEM,
                status=ItemStatus.BERJALAN,
                sessions_done=2,
                sessions_planned=4,
            ),
        ),
        "goals": (GoalProgress(goal_id=GOAL, level=GoalLevel.GAS_M1),),
        "risk_now": RiskLevel.TINGGI,
        "action": Action.REVISI_RENCANA,
        "next_contact_at": FRIDAY + WEEK,
        "person_words": "Ongkos ke sana berat",
    }
    return Observed(**seen | changed)


def written(seen: Observed, *, at: datetime = NOON) -> tuple[Record, list[Judged]]:
    return write(seen, case_id=uuid4(), unit_id=uuid4(), by=uuid4(), at=at, interval=WEEK)


def refused(**changed: Any) -> dict[str, list[str]]:
    with pytest.raises(RecordNotRight) as why:
        written(observed(**changed))
    return why.value.fields


def test_the_record_keeps_both_tasks_and_what_the_person_said():
    record, _ = written(observed())
    assert record.items == [
        {
            "plan_item_id": str(ITEM),
            "status": "BERJALAN",
            "sessions_done": 2,
            "sessions_planned": 4,
        }
    ]
    assert record.goals == [{"goal_id": str(GOAL), "level": "GAS_M1"}]
    assert record.person_words == "Ongkos ke sana berat"
    assert (record.recorded_at, record.entered_late) == (NOON, False)


def test_each_service_is_judged_and_told_apart():
    record, judged = written(observed())
    assert [(one.service, one.counts) for one in judged] == [
        (Service.PSI_TERAPI, Adequacy.KURANG),
        (Service.RSO_SHELTER, Adequacy.CUKUP),
    ]
    event = judged[0].event()
    assert (event.case_id, event.record_id) == (record.case_id, record.id)
    assert (event.adequacy, event.cause) == (Adequacy.KURANG, InadequacyCause.PENYAMPAIAN)
    assert (event.risk_now, event.referral_id) == (RiskLevel.TINGGI, REFERRAL)


def test_what_the_person_said_is_not_in_the_event():
    _, judged = written(observed())
    assert "Ongkos" not in str([vars(one.event()) for one in judged])


def test_both_views_are_kept_beside_the_one_that_counts():
    _, (first, _) = written(observed())
    assert (first.manager_view, first.person_view) == (Adequacy.CUKUP, Adequacy.KURANG)


def test_a_record_judges_something():
    assert refused(judgements=()) == {"judgements": ["required"]}


def test_a_service_is_judged_once_in_a_record():
    assert refused(judgements=(CUKUP, CUKUP), action=Action.TERUSKAN) == {
        "judgements.1.service": ["said_twice"]
    }


def test_a_judgement_that_is_not_right_is_named_by_its_place():
    no_cause = Judgement(**vars(KURANG) | {"cause": None})
    assert refused(judgements=(CUKUP, no_cause)) == {"judgements.1.cause": ["required"]}


@pytest.mark.parametrize("action", [each for each in Action if each is not Action.TERUSKAN])
def test_too_little_may_lead_anywhere(action):
    assert written(observed(action=action))


def test_too_little_never_leads_to_going_on_as_before():
    assert refused(action=Action.TERUSKAN) == {"action": ["contradicts_judgement"]}


def test_the_next_contact_is_at_the_latest_when_the_danger_asks_for_it():
    assert written(observed(next_contact_at=FRIDAY + WEEK))
    late = refused(next_contact_at=FRIDAY + WEEK + timedelta(seconds=1))
    assert late == {"next_contact_at": ["too_far_ahead"]}


def test_what_could_not_be_judged_is_looked_at_on_the_day_promised():
    promised = (FRIDAY + timedelta(days=3)).date()
    unclear = Judgement(**vars(CUKUP) | {"manager_view": Adequacy.BELUM, "next_check_on": promised})
    seen = {"judgements": (unclear,), "action": Action.TERUSKAN}
    assert written(observed(**seen, next_contact_at=FRIDAY + timedelta(days=3)))
    assert refused(**seen, next_contact_at=FRIDAY + timedelta(days=4)) == {
        "next_contact_at": ["too_far_ahead"]
    }


def test_the_next_contact_lies_ahead():
    assert refused(next_contact_at=FRIDAY) == {"next_contact_at": ["not_after"]}


def test_everything_that_is_wrong_is_said_at_once():
    wrong = refused(judgements=(), next_contact_at=FRIDAY)
    assert set(wrong) == {"judgements", "next_contact_at"}


def test_a_contact_that_is_still_to_come_is_not_written_down():
    with pytest.raises(NotYet):
        written(observed(), at=FRIDAY - timedelta(minutes=1))


def test_a_contact_written_down_after_two_days_is_marked():
    record, _ = written(observed(), at=FRIDAY + timedelta(hours=49))
    assert record.entered_late


def test_the_day_of_a_contact_is_the_day_in_the_units_own_time():
    early = datetime(2026, 3, 27, 6, tzinfo=WITA)  # still the 26th in UTC
    judgement = Judgement(
        **vars(CUKUP) | {"manager_view": Adequacy.BELUM, "next_check_on": early.date()}
    )
    wrong = refused(
        contact_at=early, judgements=(judgement,), action=Action.TERUSKAN, next_contact_at=FRIDAY
    )
    assert wrong == {"judgements.0.next_check_on": ["not_after"]}


@pytest.mark.parametrize(
    ("listed", "kind"), [("CL25", Mode), ("CL38", ItemStatus), ("CL23", GoalLevel)]
)
def test_our_codes_are_those_of_the_lists(listed, kind):
    assert [code.value for code in kind] == list(codes.codes(listed))
