"""Every refused request is a problem document in both languages, and changes nothing."""

from typing import Any
from uuid import UUID

import pytest

from shared.identifiers import new_id
from tests.support.intake import (
    closure_answers,
    consent_answers,
    counselling_answers,
    item_answers,
    need_answers,
    person,
    reassessment_answers,
    report_answers,
    screening_answers,
)


def refused(office: Any, who: Any, path: str, body: Any, **headers: str) -> dict[str, Any]:
    """Post something that must be refused, and see that nothing has changed."""
    before = office.everything()

    answer = who.post(path, body, **headers)

    assert answer.status_code >= 400, answer.json
    assert answer.mimetype == "application/problem+json"
    assert set(answer.json["messages"]) == {"id", "en"}
    assert office.everything() == before
    return {"status": answer.status_code} | answer.json


def fields_of(problem: dict[str, Any]) -> dict[str, str]:
    return {row["field"]: row["code"] for row in problem["fields"]}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"reporter": {"channel": "PIGEON"}}, "reporter.channel", "wrong_code"),
        ({"reporter": {"reported_at": "2026-02-30T09:00:00+08:00"}}, "reporter.reported_at", ""),
        ({"reporter": {"reported_at": "2026-03-02T09:00:00"}}, "reporter.reported_at", ""),
        ({"reporter": {"reported_at": "2999-03-02T09:00:00Z"}}, "reporter.reported_at", ""),
        ({"reporter": {"name": "x" * 301}}, "reporter.name", "too_long"),
        ({"reporter": {"name": 7}}, "reporter.name", "wrong_type"),
        ({"reporter": {"secret": "x"}}, "reporter.secret", "unknown_field"),
        ({"incident": {"class_reported": None}}, "incident.class_reported", "required"),
        ({"surprise": {}}, "surprise", "unknown_field"),
        ({"guest_id": "17"}, "guest_id", "not_a_uuid"),
    ],
)
def test_a_report_that_does_not_fit_is_refused_naming_the_field(
    office: Any, officer: Any, changes: dict[str, Any], field: str, code: str
) -> None:
    body = report_answers()
    for block, given in changes.items():
        body[block] = body[block] | given if block in body else given

    problem = refused(office, officer, "/reports", body)

    assert problem["status"] == 422
    assert field in fields_of(problem)
    assert not code or fields_of(problem)[field] == code


def test_what_is_wrong_with_the_second_person_says_which(office: Any, officer: Any) -> None:
    body = report_answers(persons=[person(), person(birth_date="1993-02-30")])

    problem = refused(office, officer, "/reports", body)

    assert fields_of(problem) == {"persons.1.birth_date": "impossible_date"}


def test_a_report_about_nobody_is_refused(office: Any, officer: Any) -> None:
    problem = refused(office, officer, "/reports", report_answers(persons=[]))

    assert fields_of(problem) == {"persons": "required"}


def test_broken_json_is_refused(office: Any, officer: Any) -> None:
    before = office.everything()
    answer = officer.web.post(
        "/api/intake/v1/reports",
        data=b'{"reporter": ',
        content_type="application/json",
        headers=officer._headers(),
    )

    assert answer.status_code in (400, 422)
    assert answer.mimetype == "application/problem+json"
    assert office.everything() == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/screening", screening_answers()),
        ("/needs", need_answers()),
        ("/consents", consent_answers()),
        ("/next-stage", {}),
        ("/closure", closure_answers()),
        ("/risk", {"risk": "TINGGI"}),
    ],
)
def test_a_case_nobody_knows_is_not_found(
    office: Any, manager: Any, path: str, body: dict[str, Any]
) -> None:
    problem = refused(office, manager, f"/cases/{new_id()}{path}", body)

    assert (problem["status"], problem["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/next-stage", {}, "not_ready"),
        ("/screening-out", {}, "not_ready"),
        ("/counselling", counselling_answers(), "move_not_allowed"),
        ("/closure", closure_answers(), "move_not_allowed"),
        ("/closure/agreement", {}, "move_not_allowed"),
        ("/reopening", {"cause": "BERULANG", "what_happened": "x"}, "move_not_allowed"),
        ("/reassessment", reassessment_answers("PENYAMPAIAN"), "not_found"),
        ("/plan/agreement", {}, "move_not_allowed"),
        ("/risk/confirmation", {}, "move_not_allowed"),
    ],
)
def test_a_move_that_does_not_follow_is_refused(
    office: Any, manager: Any, case: dict[str, Any], path: str, body: dict[str, Any], code: str
) -> None:
    problem = refused(office, manager, f"/cases/{case['id']}{path}", body)

    assert problem["code"] == code


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/screening", screening_answers(risk_level="X"), "risk_level"),
        ("/screening", screening_answers(primary_class="ABH"), "subclass"),
        ("/screening", screening_answers(is_ppa_mandate=False), "decision"),
        ("/needs", need_answers(urgency="9"), "urgency"),
        ("/needs", need_answers(agrees=None), "agrees"),
        ("/consents", consent_answers(scope="RUJUKAN"), "institution_id"),
        ("/consents", consent_answers(giver="PARENT"), "giver"),
        ("/consents", consent_answers(method="LISAN_BERSAKSI"), "witness"),
        ("/risk", {"risk": "SANGAT"}, "risk"),
        ("/assignment", {"manager_id": "nobody"}, "manager_id"),
        ("/next-stage", {"stage": "TERMINATION"}, "stage"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_naming_the_field(
    office: Any, manager: Any, case: dict[str, Any], path: str, body: dict[str, Any], field: str
) -> None:
    problem = refused(office, manager, f"/cases/{case['id']}{path}", body)

    assert problem["status"] == 422
    assert field in fields_of(problem)


def test_a_plan_item_for_a_need_of_another_case_is_not_found(
    office: Any, manager: Any, case: dict[str, Any]
) -> None:
    problem = refused(office, manager, f"/cases/{case['id']}/plan/items", item_answers(new_id()))

    assert problem["code"] == "not_found"


def test_somebody_who_saw_an_older_version_is_told_to_look_again(
    office: Any, manager: Any, case: dict[str, Any]
) -> None:
    problem = refused(
        office, manager, f"/cases/{case['id']}/risk", {"risk": "TINGGI"}, If_Match='"v0"'
    )

    assert (problem["status"], problem["code"]) == (412, "stale")


def test_the_same_key_gives_the_same_answer_and_another_body_is_refused(
    office: Any, officer: Any
) -> None:
    first = officer.post("/reports", report_answers(), Idempotency_Key="once")
    before = office.everything()
    again = officer.post("/reports", report_answers(), Idempotency_Key="once")
    other = officer.post(
        "/reports", report_answers(persons=[person(sex="L")]), Idempotency_Key="once"
    )

    assert again.json == first.json
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")
    assert office.everything() == before


def test_a_refused_service_cannot_be_shown_to_a_partner(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    item = f"{planned['at']}/plan/items/{planned['item']['id']}"
    manager.made(f"{item}/decision", {"decision": "TOLAK", "reason": "Terlalu jauh"})

    problem = refused(
        office, manager, f"{item}/preview", {"institution_id": str(new_id()), "template": []}
    )

    assert problem["code"] == "not_agreed"


def test_without_consent_nothing_is_shown_to_a_partner(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    body = {"institution_id": str(new_id()), "template": ["summary"]}
    path = f"{planned['at']}/plan/items/{planned['item']['id']}/preview"

    assert refused(office, manager, path, body)["code"] == "no_consent"


def test_with_consent_the_preview_shows_only_what_both_allow(
    manager: Any, planned: dict[str, Any]
) -> None:
    partner = new_id()
    manager.made(
        f"{planned['at']}/consents",
        consent_answers(
            scope="RUJUKAN",
            institution_id=str(partner),
            field_classes=["identity", "risk"],
        ),
    )
    body = {"institution_id": str(partner), "template": ["age", "summary", "risk_level"]}

    seen = manager.made(f"{planned['at']}/plan/items/{planned['item']['id']}/preview", body)

    assert set(seen["fields"]) == {"age", "risk_level"}
    assert UUID(seen["consent_id"])
