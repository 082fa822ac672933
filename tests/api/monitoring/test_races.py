"""What several people do to the same thing at the same moment."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.monitoring.clock import watch_deadlines
from services.monitoring.storage import tables
from shared.contracts.event import Publisher
from shared.contracts.referral import ReferralDeclined
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.roles import Role
from shared.contracts.vocabulary import DeclineReason
from shared.identifiers import new_id
from tests.api.monitoring.test_records import body
from tests.api.monitoring.world import API, World, wita
from tests.support.issuer import a_token, bearer
from tests.support.threads import together

TUESDAY = wita(3, 3, 9)
FRIDAY = wita(3, 6, 10)
REFERRAL = new_id()
MANY = 6


@pytest.fixture
def sent(case: World) -> World:
    case.hear(case.sent(REFERRAL, TUESDAY))
    return case


def all_at_once(
    world: World, method: str, path: str, *, at: datetime, key: str = "", **more: Any
) -> Counter[int]:
    """How often each status was answered when so many ask the same together."""
    with world.at(at):
        token = a_token(
            Publisher.MONITORING, Role.MANAJER_KASUS, org=world.unit, person=world.manager
        )
        headers = bearer(token) | ({"Idempotency-Key": key} if key else {})

        def ask(_place: int) -> int:
            browser = world.web.application.test_client()
            answer = browser.open(f"{API}{path}", method=method, headers=headers, **more)
            return answer.status_code

        answered = together(MANY, ask)
    assert not [one for one in answered if isinstance(one, Exception)], answered
    return Counter(answered)


def test_a_task_is_done_by_one(sent):
    task = sent.get("/tasks?open=1")["items"][0]
    statuses = all_at_once(sent, "POST", f"/tasks/{task['id']}/completion", at=FRIDAY)
    assert statuses[200] == 1
    assert set(statuses) <= {200, 409, 412}


def test_a_deadline_is_settled_by_one(sent):
    deadline = sent.get("/deadlines")["items"][0]
    settlement = {"met_at": TUESDAY.isoformat(), "evidence": "Tanda terima"}
    path = f"/deadlines/{deadline['id']}/settlement"
    statuses = all_at_once(sent, "POST", path, at=FRIDAY, json=settlement)
    assert statuses[200] == 1
    assert len(sent.rows(tables.settlements)) == 1


def test_the_same_record_sent_many_times_is_written_once(sent):
    path = f"/cases/{sent.case}/records"
    sheet = body(judgements=[{**body()["judgements"][0], "referral_id": str(REFERRAL)}])
    statuses = all_at_once(sent, "POST", path, at=FRIDAY, key="f14", json=sheet)
    assert set(statuses) <= {201, 409}
    assert statuses[201] >= 1
    assert len(sent.rows(tables.records)) == 1
    assert len(sent.told("adequacy.judged")) == 1


def test_a_year_is_begun_once_however_many_ask(world):
    statuses = all_at_once(world, "GET", "/holidays?year=2027", at=FRIDAY)
    assert statuses == {200: MANY}
    days = [row["day"] for row in world.rows(tables.holidays)]
    assert len(days) == len(set(days)) > 20


def test_the_clock_and_an_answer_at_the_same_moment_leave_one_truth(sent):
    late = TUESDAY + timedelta(hours=25)
    decline = sent.referral(
        ReferralDeclined,
        REFERRAL,
        late,
        standing=ReferralStanding.REJECTED,
        reason=DeclineReason.AT_CAPACITY,
        suggested_institution_id=None,
    )

    def act(place: int) -> None:
        if place == 0:
            sent.deliver(decline, place=2)
        else:
            watch_deadlines(sent.ground, late)

    with sent.at(late):
        together(3, act)
    later = late + timedelta(seconds=10)  # whoever had to give way tries again
    with sent.at(later):
        sent.consumer.run_due()
        watch_deadlines(sent.ground, later)

    reply = sent.deadlines()["T24", "respond"]
    assert reply.standing.value == "met_late"
    assert len([e for e in sent.told("deadline.missed") if e.referral_id == REFERRAL]) <= 1
    open_tasks = {kind for kind, how in sent.tasks() if how == "open"}
    assert "refer-again" in open_tasks
