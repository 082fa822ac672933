"""Tasks and the counters of the start page over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.referral import ReferralAccepted, ReferralDeclined
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.roles import Role
from shared.contracts.vocabulary import DeclineReason
from shared.identifiers import new_id
from tests.api.monitoring.world import API, World, wita

TUESDAY = wita(3, 3, 9)
LATE = TUESDAY + timedelta(hours=30)
ONE, TWO, THREE = new_id(), new_id(), new_id()


@pytest.fixture
def busy(case: World) -> World:
    """Three referrals: one unanswered for too long, one declined, one accepted."""
    case.hear(
        case.sent(ONE, TUESDAY),
        case.sent(TWO, TUESDAY),
        case.sent(THREE, TUESDAY),
        case.referral(
            ReferralDeclined,
            TWO,
            TUESDAY + timedelta(hours=1),
            standing=ReferralStanding.REJECTED,
            reason=DeclineReason.AT_CAPACITY,
            suggested_institution_id=None,
        ),
        case.referral(
            ReferralAccepted,
            THREE,
            TUESDAY + timedelta(hours=1),
            standing=ReferralStanding.ACCEPTED,
        ),
    )
    case.tick(TUESDAY + timedelta(hours=25))
    return case


def kinds(answer: Any) -> list[str]:
    return [task["kind"] for task in answer["items"]]


def test_the_most_urgent_task_comes_first(busy):
    shown = busy.get("/tasks?mine=1&open=1", at=LATE)
    assert kinds(shown) == ["meet-danger", "refer-again", "ask-partner", "contact"]
    assert shown["counts"] == {"open": 4, "late": 3}


def test_pages_of_tasks_follow_each_other(busy):
    path, seen = "/tasks?mine=1&open=1&limit=2", []
    while path:
        answer = busy.ask("GET", path, at=LATE)
        seen += kinds(answer.json)
        path = answer.headers.get("Link", "").split(">")[0].removeprefix("<").removeprefix(API)
    assert seen == ["meet-danger", "refer-again", "ask-partner", "contact"]


def test_a_task_is_done_when_somebody_says_so(busy):
    task = busy.get("/tasks?open=1", at=LATE)["items"][1]
    answer = busy.ask("POST", f"/tasks/{task['id']}/completion", at=LATE)
    assert (answer.status_code, answer.json["standing"]) == (200, "done")
    assert answer.json["ended_by"] == str(busy.manager)
    assert "refer-again" not in kinds(busy.get("/tasks?open=1", at=LATE))
    assert "refer-again" in kinds(busy.get("/tasks", at=LATE))


def test_a_task_is_not_done_twice(busy):
    task = busy.get("/tasks?open=1", at=LATE)["items"][1]
    busy.ask("POST", f"/tasks/{task['id']}/completion", at=LATE)
    before = busy.everything()
    again = busy.ask("POST", f"/tasks/{task['id']}/completion", at=LATE)
    assert (again.status_code, again.json["code"]) == (409, "move_not_allowed")
    assert busy.everything() == before


def test_a_task_that_changed_meanwhile_is_not_ended_by_an_old_page(busy):
    task = busy.get("/tasks?open=1", at=LATE)["items"][1]
    before = busy.everything()
    stale = busy.ask(
        "POST", f"/tasks/{task['id']}/completion", at=LATE, headers={"If-Match": '"v77"'}
    )
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    assert busy.everything() == before


def test_somebody_elses_task_is_not_found(busy):
    task = busy.get("/tasks?open=1", at=LATE)["items"][1]
    answer = busy.ask("POST", f"/tasks/{task['id']}/completion", person=new_id())
    assert answer.status_code == 404


def test_a_companion_reads_tasks_and_ends_none(busy):
    task = busy.get("/tasks?open=1", at=LATE)["items"][1]
    path = f"/tasks/{task['id']}/completion"
    assert busy.ask("POST", path, Role.PENDAMPING).status_code == 403


def test_what_is_handed_up_is_the_supervisors_too(busy):
    shown = busy.get("/tasks?mine=1&open=1", Role.SUPERVISOR, person=new_id(), at=LATE)
    assert kinds(shown) == ["meet-danger"]


def test_the_start_page_counts_what_is_mine(busy):
    assert busy.get("/overview", at=LATE) == {
        "tasks_open": 4,
        "tasks_late": 3,
        "deadlines_missed": 2,
        "referrals_waiting": 1,
        "referrals_running": 1,
    }


def test_the_start_page_of_another_unit_is_empty(busy):
    counted = busy.get("/overview", Role.KEPALA_UPTD, org=new_id(), at=LATE)
    assert set(counted.values()) == {0}


WRONG = [
    ("mine=perhaps", "mine", "wrong_type"),
    ("who=me", "who", "unknown_field"),
    ("cursor=W10", "cursor", "not_valid"),
]


def test_a_wrong_question_names_the_field(busy, subtests):
    for query, field, code in WRONG:
        with subtests.test(query=query):
            answer = busy.ask("GET", f"/tasks?{query}")
            assert answer.status_code == 422
            (wrong,) = answer.json["fields"]
            assert wrong["field"].endswith(field)
            assert wrong["code"] == code or field == "mine"
