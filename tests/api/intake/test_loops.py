"""What is decided on one loop of a case does not hold on the next; danger comes first."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.intake.actions.following import hear_of_judgement, hear_of_referral
from services.intake.storage.tables import kit
from shared.contracts.referral import ReferralDeclined
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.vocabulary import Adequacy, DeclineReason, InadequacyCause, RiskLevel
from shared.identifiers import new_id
from tests.api.intake.told import about, judged, sent
from tests.support.intake import (
    closure_answers,
    consent_answers,
    counselling_answers,
    reassessment_answers,
)


@pytest.fixture
def again(office: Any, manager: Any, planned: dict[str, Any]) -> dict[str, Any]:
    """A case that was said to be finished, was not, and is in intervention once more."""
    at = planned["at"]
    manager.made(f"{at}/counselling", counselling_answers(decision="SELESAI"))
    office.hear(hear_of_judgement, judged(planned, Adequacy.KURANG))
    manager.made(f"{at}/reassessment", reassessment_answers("KEBUTUHAN_BARU"))
    manager.made(f"{at}/next-stage")
    manager.made(f"{at}/plan/agreement")
    assert manager.made(f"{at}/next-stage")["stage"] == "INTERVENTION"
    return planned


def order(who: Any, planned: dict[str, Any], partner: UUID, **changes: Any) -> Any:
    wish = {
        "institution_id": str(partner),
        "template": ["summary"],
        "urgency": "3HARI",
        "question": "Bisa dibantu?",
    }
    path = f"{planned['at']}/plan/items/{planned['item']['id']}/referral-order"
    return who.post(path, wish | changes)


def shared_with(who: Any, planned: dict[str, Any]) -> UUID:
    partner = new_id()
    allowed = {"institution_id": str(partner), "field_classes": ["identity"]}
    who.made(f"{planned['at']}/consents", consent_answers(scope="RUJUKAN", **allowed))
    return partner


def test_a_referral_sent_on_an_old_decision_is_known_and_moves_nothing(
    office: Any, manager: Any, again: dict[str, Any]
) -> None:
    office.hear(hear_of_referral, sent(again))

    case = manager.get(again["at"]).json
    assert (case["stage"], case["counselling"]) == ("INTERVENTION", None)
    assert len(manager.get(f"{again['at']}/referrals").json) == 1


def test_a_new_loop_needs_its_own_counselling_before_anything_is_sent(
    manager: Any, again: dict[str, Any]
) -> None:
    partner = shared_with(manager, again)

    refused = order(manager, again, partner)
    assert (refused.status_code, refused.json["code"]) == (409, "not_counselled")
    assert order(manager, again, partner, emergency=True).status_code == 200

    manager.made(f"{again['at']}/counselling", counselling_answers())
    assert order(manager, again, partner).status_code == 200


@pytest.mark.parametrize("already_open", [False, True])
def test_danger_that_rises_with_too_little_help_leads_to_assessment(
    office: Any, manager: Any, planned: dict[str, Any], already_open: bool
) -> None:
    office.hear(hear_of_referral, sent(planned))
    late = {"cause": InadequacyCause.PENYAMPAIAN}
    if already_open:
        office.hear(hear_of_judgement, judged(planned, Adequacy.KURANG, **late))
    worse = judged(planned, Adequacy.KURANG, **late, risk_now=RiskLevel.TINGGI)
    office.hear(hear_of_judgement, worse)

    (opened,) = manager.get(f"{planned['at']}/reassessments").json
    assert (opened["rule"], opened["cause_judged"]) == ("R4", "PENYAMPAIAN")
    back = manager.made(f"{planned['at']}/reassessment", reassessment_answers("PENYAMPAIAN"))
    assert back["stage"] == "ASSESSMENT"


def test_a_referral_is_for_the_end_of_a_case_only_when_the_case_is_there(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    partner = shared_with(manager, planned)

    refused = order(manager, planned, partner, at_termination=True)
    assert (refused.status_code, refused.json["code"]) == (409, "move_not_allowed")

    office.hear(hear_of_referral, sent(planned, at_termination=True))
    manager.made(f"{planned['at']}/next-stage")
    assert manager.made(f"{planned['at']}/next-stage")["stage"] == "TERMINATION"
    blocked = manager.post(f"{planned['at']}/closure", closure_answers())
    assert [one["field"] for one in blocked.json["fields"]] == ["blockers.open_referral"]
    assert order(manager, planned, partner, at_termination=True).status_code == 200


def test_a_partner_is_asked_once_for_the_same_part_of_the_plan(
    office: Any, manager: Any, planned: dict[str, Any]
) -> None:
    partner = shared_with(manager, planned)
    first = order(manager, planned, partner).json
    item = f"{planned['at']}/plan/items/{planned['item']['id']}"
    manager.made(f"{item}/decision", {"decision": "SETUJU"})
    assert order(manager, planned, partner).json["key"] == first["key"]

    asked = sent(planned, institution_id=partner)
    office.hear(hear_of_referral, asked)
    refused = order(manager, planned, partner)
    assert (refused.status_code, refused.json["code"]) == (409, "already_referred")
    assert order(manager, planned, shared_with(manager, planned)).status_code == 200

    named = about(planned, referral_id=asked.referral_id, move_no=2)
    named |= {"standing": ReferralStanding.REJECTED}
    told = {"reason": DeclineReason.AT_CAPACITY, "suggested_institution_id": None}
    office.hear(hear_of_referral, ReferralDeclined(**named, **told))
    again = order(manager, planned, partner).json
    assert again["body"]["previous_referral_id"] == str(asked.referral_id)
    assert again["key"] != first["key"]


def test_what_an_event_changes_is_written_into_the_audit_trail(
    office: Any, planned: dict[str, Any]
) -> None:
    asked = sent(planned)
    office.hear(hear_of_referral, asked, sent(planned, previous_referral_id=asked.referral_id))
    office.hear(hear_of_judgement, judged(planned, Adequacy.KURANG))

    rows = kit.audit.rows
    with office.ground.database.begin() as connection:
        query = select(rows.c.action).where(rows.c.actor_id.is_(None)).order_by(rows.c.position)
        written = connection.execute(query).scalars().all()
    assert written == [
        "referral.follow",
        "case.go_on",
        "referral.follow",
        "referral.replace",
        "case.follow_judgement",
    ]
