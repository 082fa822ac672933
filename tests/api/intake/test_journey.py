import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.intake.actions.following import (
    hear_of_judgement,
    hear_of_missed_deadline,
    hear_of_referral,
)
from services.intake.storage.tables import kit
from shared.contracts.monitoring import DeadlineMissed, DeadlineRule
from shared.contracts.referral import (
    ReferralAccepted,
    ReferralCompleted,
    ReferralDeclined,
    ReferralExpired,
    ReferralSent,
)
from shared.contracts.referral_words import (
    BusinessState,
    ReferralResult,
    ReferralStanding,
)
from shared.contracts.vocabulary import (
    Adequacy,
    DeclineReason,
)
from shared.identifiers import new_id
from tests.api.intake.told import NOW, about, judged, sent
from tests.support.intake import (
    closure_answers,
    counselling_answers,
    need_answers,
    reassessment_answers,
    screening_answers,
)


def stage(manager: Any, planned: dict[str, Any]) -> str:
    return str(manager.get(planned["at"]).json["stage"])


def test_the_whole_way_from_a_complaint_to_the_reassessment(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    asked = sent(planned)
    office.hear(hear_of_referral, asked)
    assert stage(manager, planned) == "MONITORING"

    named = about(planned, referral_id=asked.referral_id, move_no=2)
    office.hear(hear_of_referral, ReferralAccepted(**named | {"standing": "accepted"}))
    office.hear(hear_of_judgement, judged(planned, Adequacy.KURANG))
    assert stage(manager, planned) == "MONITORING"

    back = manager.made(f"{planned['at']}/reassessment", reassessment_answers("KEBUTUHAN_BARU"))

    assert (back["stage"], back["loop_no"], back["reassessment_id"]) == ("ASSESSMENT", 1, None)
    assert office.topics()[-3:] == [
        "case.reassessment_opened",
        "case.reassessed",
        "case.stage_moved",
    ]
    moves = manager.get(f"{planned['at']}/moves").json
    assert (moves[0]["rule"], moves[0]["from_stage"]) == ("R1", "MONITORING")


def test_going_back_makes_a_new_version_of_the_plan(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    office.hear(hear_of_referral, sent(planned))
    office.hear(hear_of_judgement, judged(planned, Adequacy.BERLEBIH))

    assert stage(manager, planned) == "PLANNING"
    versions = manager.get(f"{planned['at']}/plan").json["versions"]
    assert [(one["plan_version"], one["standing"]) for one in versions] == [
        (2, "DRAFT"),
        (1, "SUPERSEDED"),
    ]
    refused = manager.post(f"{planned['at']}/next-stage")
    assert [one["field"] for one in refused.json["fields"]] == ["PLANNING.plan_agreed"]


def test_enough_changes_nothing(office: Any, manager: Any, planned: dict[str, Any]) -> None:
    office.hear(hear_of_referral, sent(planned))
    before = office.topics()
    office.hear(hear_of_judgement, judged(planned, Adequacy.CUKUP, cause=None))

    assert stage(manager, planned) == "MONITORING"
    assert office.topics() == before


def test_a_second_judgement_opens_no_second_reassessment(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    office.hear(hear_of_referral, sent(planned))
    office.hear(hear_of_judgement, judged(planned, Adequacy.KURANG))
    office.hear(hear_of_judgement, judged(planned, Adequacy.KURANG))

    assert len(manager.get(f"{planned['at']}/reassessments").json) == 1


def test_a_risk_that_rose_opens_the_reassessment_and_stops_nothing(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    raised = manager.made(f"{planned['at']}/risk", {"risk": "TINGGI"})

    assert raised["risk"] == "TINGGI"
    assert raised["stage"] == "INTERVENTION"
    assert manager.get(f"{planned['at']}/reassessments").json[0]["rule"] == "R4"


@pytest.mark.parametrize("kind", ["declined", "expired"])
def test_a_partner_that_cannot_makes_another_partner_the_next_step(
    office: Any, manager: Any, planned: dict[str, Any], kind: str
) -> None:
    asked = sent(planned)
    named = about(planned, referral_id=asked.referral_id, move_no=2)
    if kind == "declined":
        named |= {"standing": ReferralStanding.REJECTED}
        ended: Any = ReferralDeclined(
            **named, reason=DeclineReason.AT_CAPACITY, suggested_institution_id=None
        )
    else:
        named |= {
            "standing": ReferralStanding.CANCELLED,
            "business_state": BusinessState.EXPIRED,
        }
        ended = ReferralExpired(**named)
    office.hear(hear_of_referral, asked, ended)
    (first,) = manager.get(f"{planned['at']}/referrals").json
    assert first["needs_another_partner"]

    office.hear(hear_of_referral, sent(planned, previous_referral_id=asked.referral_id))

    again, first = manager.get(f"{planned['at']}/referrals").json
    assert first["replaced_by"] == again["id"]
    assert not first["needs_another_partner"]


def test_when_nobody_is_left_it_is_a_gap_and_the_plan_is_made_anew(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    office.hear(hear_of_referral, sent(planned))
    manager.made(f"{planned['at']}/plan/items/{planned['item']['id']}/no-partner")

    assert stage(manager, planned) == "PLANNING"
    (need,) = manager.get(f"{planned['at']}/needs").json
    assert need["not_referred"] == "SERVICE_UNAVAILABLE"


def to_termination(office: Any, manager: Any, planned: dict[str, Any]) -> ReferralSent:
    asked = sent(planned)
    office.hear(hear_of_referral, asked)
    manager.made(f"{planned['at']}/next-stage")
    manager.made(f"{planned['at']}/next-stage")
    return asked


def done_to_termination(office: Any, manager: Any, planned: dict[str, Any]) -> None:
    asked = to_termination(office, manager, planned)
    named = about(planned, referral_id=asked.referral_id, move_no=3)
    named |= {"standing": ReferralStanding.COMPLETED}
    done = ReferralCompleted(**named, result=ReferralResult.GIVEN, sessions_done=4)
    office.hear(hear_of_referral, done)


def test_an_open_referral_blocks_the_closing_and_a_completed_one_does_not(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    asked = to_termination(office, manager, planned)
    before = office.everything()

    refused = manager.post(f"{planned['at']}/closure", closure_answers())

    assert (refused.status_code, refused.json["code"]) == (409, "closing_blocked")
    (blocker,) = refused.json["fields"]
    assert blocker["field"] == "blockers.open_referral"
    assert "rujukan" in blocker["id"]
    assert "referral" in blocker["en"]
    assert office.everything() == before
    done = about(planned, referral_id=asked.referral_id, move_no=3)
    office.hear(
        hear_of_referral,
        ReferralCompleted(
            **done | {"standing": ReferralStanding.COMPLETED},
            result=ReferralResult.GIVEN,
            sessions_done=4,
        ),
    )
    closed = manager.made(f"{planned['at']}/closure", closure_answers())
    assert (closed["stage"], closed["status"]) == ("FOLLOW_UP", "SELESAI")


def test_a_referral_made_for_the_end_does_not_block_the_closing(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    done_to_termination(office, manager, planned)
    office.hear(hear_of_referral, sent(planned, at_termination=True))

    assert manager.made(f"{planned['at']}/closure", closure_answers())["closed_at"]


def test_some_closings_wait_for_the_supervisor(
    office: Any, manager: Any, supervisor: Any, planned: dict[str, Any]
) -> None:
    done_to_termination(office, manager, planned)
    waits = manager.made(f"{planned['at']}/closure", closure_answers(reason="PERMINTAAN_KLIEN"))
    assert (waits["stage"], waits["closing_reason"]) == ("TERMINATION", "PERMINTAAN_KLIEN")

    assert manager.post(f"{planned['at']}/closure/agreement").status_code == 403
    closed = supervisor.made(f"{planned['at']}/closure/agreement")
    assert closed["closed_reason"] == "PERMINTAAN_KLIEN"


CLOSED = {
    "/needs": need_answers(),
    "/plan/agreement": {},
    "/risk": {"risk": "TINGGI"},
    "/screening": screening_answers(),
    "/counselling": counselling_answers(),
    "/closure": closure_answers(),
    "/duty-to-report": {"filed": False, "not_filed_reason": "Tidak perlu"},
}


def test_the_file_of_a_closed_case_stays_as_it_was(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    done_to_termination(office, manager, planned)
    manager.made(f"{planned['at']}/closure", closure_answers())
    before = office.everything()

    for path, body in CLOSED.items():
        refused = manager.post(f"{planned['at']}{path}", body)
        assert (refused.status_code, refused.json["code"]) == (409, "case_closed"), path
    item = f"{planned['at']}/plan/items/{planned['item']['id']}"
    assert manager.post(f"{item}/decision", {"decision": "TOLAK"}).json["code"] == "case_closed"
    assert office.everything() == before


def test_the_same_case_opens_again(office: Any, manager: Any, planned: dict[str, Any]) -> None:
    done_to_termination(office, manager, planned)
    manager.made(f"{planned['at']}/closure", closure_answers())

    again = manager.made(
        f"{planned['at']}/reopening", {"cause": "BERULANG", "what_happened": "Terulang lagi"}
    )

    assert (again["id"], again["episode"], again["stage"]) == (
        planned["case"]["id"],
        2,
        "ASSESSMENT",
    )


def test_counselling_that_was_enough_leads_to_evaluation(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    ended = manager.made(f"{planned['at']}/counselling", counselling_answers(decision="SELESAI"))

    assert ended["stage"] == "EVALUATION"
    assert manager.get(f"{planned['at']}/moves").json[0]["rule"] == "R6"


def test_a_person_who_wants_no_more_services_ends_the_case(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    (services,) = manager.get(f"{planned['at']}/consents").json

    manager.made(f"{planned['at']}/consents/{services['id']}/withdrawal")

    assert stage(manager, planned) == "EVALUATION"
    assert manager.get(f"{planned['at']}/moves").json[0]["rule"] == "R7"
    assert "consent.withdrawn" in office.topics()


def test_a_missed_deadline_stays_on_the_case(
    office: Any, planned: dict[str, Any], manager: Any
) -> None:
    missed = DeadlineMissed(
        deadline_id=new_id(),
        unit_id=new_id(),
        rule=DeadlineRule.T24,
        due_at=NOW,
        report_id=None,
        case_id=UUID(planned["case"]["id"]),
        referral_id=None,
        happened_at=NOW,
    )

    office.hear(hear_of_missed_deadline, missed)

    assert office.everything()["missed_deadlines"] == 1


@pytest.mark.parametrize("filed", [True, False])
def test_the_mandatory_report_is_told_to_the_network(
    office: Any, case: dict[str, Any], manager: Any, supervisor: Any, filed: bool
) -> None:
    path = f"/cases/{case['id']}/duty-to-report"
    at, reason = "2026-03-03T09:00:00+08:00", "Korban menolak"
    said = {"filed_at": at, "lp_no": "LP/1"} if filed else {"not_filed_reason": reason}
    body = {"filed": filed} | said
    if not filed:
        before = office.everything()
        assert manager.post(path, body).json["code"] == "second_person_needed"
        assert office.everything() == before

    supervisor.made(path, body)

    assert office.topics()[-1] == "case.duty_settled"
    rows = kit.outbox.rows
    with office.ground.database.begin() as connection:
        query = select(rows.c.body).where(rows.c.topic == "case.duty_settled")
        told = json.loads(connection.execute(query).scalar_one())
    settled = told.get("data", told)
    assert settled["filed"] is filed
    assert (settled["filed_at"] is not None) is filed
