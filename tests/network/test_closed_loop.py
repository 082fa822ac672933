"""The main job: from a complaint to the adequacy loop, through the four services."""

from datetime import timedelta
from uuid import UUID

import pytest

from shared.clock import now
from shared.contracts.event import Publisher
from shared.errors import RajutError
from tests.support import intake as answers
from tests.support.network import Town

INTAKE, REFERRAL, MONITORING = "/api/intake/v1", "/api/referral/v1", "/api/monitoring/v1"


def a_case_with_an_item(town: Town) -> tuple[str, str]:
    """A case in intervention with an agreed plan item for therapy; the case's path, the item."""
    officer, manager = (town.line(who, Publisher.INTAKE) for who in ("petugas", "manajer"))
    told = answers.report_answers() | {"safety": answers.safety_answers()}
    report = officer.post(f"{INTAKE}/reports", told)
    case = officer.post(f"{INTAKE}/cases", {"report_id": report["id"]})
    at = f"{INTAKE}/cases/{case['id']}"
    manager_id = str(town.cast.people["manajer"])
    town.line("supervisor", Publisher.INTAKE).post(f"{at}/assignment", {"manager_id": manager_id})
    manager.post(f"{at}/consents", answers.consent_answers())
    manager.post(f"{at}/next-stage")
    manager.post(f"{at}/screening", answers.screening_answers())
    manager.post(f"{at}/next-stage")
    need = manager.post(f"{at}/needs", answers.need_answers())
    item = manager.post(f"{at}/plan/items", answers.item_answers(UUID(need["id"])))
    manager.post(f"{at}/plan/items/{item['id']}/decision", {"decision": "SETUJU"})
    manager.post(f"{at}/plan/agreement")
    manager.post(f"{at}/next-stage")
    manager.post(f"{at}/counselling", answers.counselling_answers())
    return at, item["id"]


def allow_sharing(town: Town, at: str, partner: str) -> None:
    """The person allows that this partner gets what therapy needs."""
    consent = answers.consent_answers(
        scope="RUJUKAN",
        institution_id=str(town.cast.institutions[partner]),
        service="PSI_TERAPI",
        field_classes=["identity", "contact", "narrative", "risk", "health"],
    )
    town.line("manajer", Publisher.INTAKE).post(f"{at}/consents", consent)


def send_referral(town: Town, at: str, item_id: str, partner: str) -> dict:
    """The case manager sends the referral for the item to a partner."""
    wish = {
        "institution_id": str(town.cast.institutions[partner]),
        "template": ["call_name", "presenting_problem", "risk_level"],
        "urgency": "24JAM",
        "question": "Apakah terapi trauma dapat dimulai minggu ini?",
        "content": {"presenting_problem": "Sulit tidur, takut pulang."},
    }
    manager = town.line("manajer", Publisher.INTAKE)
    order = manager.post(f"{at}/plan/items/{item_id}/referral-order", wish)
    town.deliver()
    return town.line("manajer", Publisher.REFERRAL).post(
        f"{REFERRAL}/referrals", order["body"], key=order["key"]
    )


def timeline(town: Town, at: str) -> list[str]:
    """The kinds of lines of the case's timeline, the latest first."""
    town.deliver()
    case_id = at.rsplit("/", 1)[1]
    line = town.line("manajer", Publisher.MONITORING)
    found = line.get(f"{MONITORING}/cases/{case_id}/timeline", limit="200")
    return [row["kind"] for row in found["items"]]


def judgement(town: Town, referral_id: str, adequacy: str, cause: str | None) -> dict:
    """A monitoring record that judges the therapy."""
    judged = {
        "service": "PSI_TERAPI",
        "referral_id": referral_id,
        "manager_view": "CUKUP",
        "person_view": adequacy,
    }
    return {
        "contact_at": now().isoformat(),
        "contacted": "KLIEN",
        "mode": "TELEPON",
        "judgements": [judged | ({"cause": cause} if cause else {})],
        "risk_now": "SEDANG",
        "action": "ASESMEN_ULANG",
        "next_contact_at": (now() + timedelta(days=7)).isoformat(),
    }


def accept_and_report(town: Town, referral_id: str) -> tuple[str, str]:
    """The partner reads, accepts, reads again and reports; what it saw before and after."""
    partner = town.line("psikolog-b", Publisher.REFERRAL)
    at = f"{REFERRAL}/inbox/{referral_id}"
    (waiting,) = partner.get(f"{REFERRAL}/inbox")["items"]
    assert waiting["id"] == referral_id
    before = str(partner.get(at))
    partner.post(f"{at}/acceptance", key="accept-1")
    after = str(partner.get(at))
    partner.post(f"{at}/progress", {"sessions_done": 2, "sessions_planned": 4}, key="progress-1")
    return before, after


def judge_too_little(town: Town, at: str, referral_id: str) -> None:
    """The manager judges the therapy; the person finds it too little."""
    record = judgement(town, referral_id, "KURANG", "KEBUTUHAN_BARU")
    path = f"{MONITORING}/cases/{at.rsplit('/', 1)[1]}/records"
    town.line("manajer", Publisher.MONITORING).post(path, record, key="record-1")
    town.deliver()


def test_from_a_complaint_to_the_partner_and_back_to_assessment(town):
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-b")
    sent = send_referral(town, at, item_id, "psikolog-b")
    manager = town.line("manajer", Publisher.INTAKE)

    before, after = accept_and_report(town, sent["id"])
    assert "Sulit tidur" not in before
    assert "Sulit tidur" in after
    kinds = timeline(town, at)
    assert kinds.index("referral.progress_reported") < kinds.index("referral.accepted")
    assert {"report.received", "case.opened", "referral.sent", "referral.seen"} <= set(kinds)
    assert manager.get(at)["stage"] == "MONITORING", "the first referral begins the monitoring"

    judge_too_little(town, at, sent["id"])
    assert manager.get(at)["reassessment_id"] is not None
    manager.post(f"{at}/reassessment", answers.reassessment_answers("KEBUTUHAN_BARU"))
    again = manager.get(at)
    assert (again["stage"], again["loop_no"]) == ("ASSESSMENT", 1)
    assert {"case.stage_moved", "case.reassessed", "adequacy.judged"} <= set(timeline(town, at)[:6])
    still = town.line("manajer", Publisher.REFERRAL).get(f"{REFERRAL}/referrals/{sent['id']}")
    assert still["standing"] == "in-progress", "open referrals stay open (R1)"


def test_a_referral_is_nobody_elses(town):
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-b")
    sent = send_referral(town, at, item_id, "psikolog-b")

    for other in ("psikolog-a", "dokter", "kanit"):
        with pytest.raises(RajutError) as refused:
            town.line(other, Publisher.REFERRAL).get(f"{REFERRAL}/inbox/{sent['id']}")
        assert refused.value.code == "not_found"
        assert town.line(other, Publisher.REFERRAL).get(f"{REFERRAL}/inbox")["items"] == []


def test_a_withdrawn_consent_ends_the_partners_access(town):
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-b")
    sent = send_referral(town, at, item_id, "psikolog-b")
    partner = town.line("psikolog-b", Publisher.REFERRAL)
    partner.post(f"{REFERRAL}/inbox/{sent['id']}/acceptance", key="accept-1")
    manager = town.line("manajer", Publisher.INTAKE)
    (consent,) = (one for one in manager.get(f"{at}/consents") if one["scope"] == "RUJUKAN")

    manager.post(f"{at}/consents/{consent['id']}/withdrawal")
    town.deliver()

    mine = town.line("manajer", Publisher.REFERRAL).get(f"{REFERRAL}/referrals/{sent['id']}")
    assert mine["standing"] == "cancelled"
    assert "Sulit tidur" not in str(partner.get(f"{REFERRAL}/inbox/{sent['id']}"))


def test_a_rejected_referral_asks_for_another_partner(town):
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-a")
    sent = send_referral(town, at, item_id, "psikolog-a")

    town.line("psikolog-a", Publisher.REFERRAL).post(
        f"{REFERRAL}/inbox/{sent['id']}/refusal", {"reason": "AT_CAPACITY"}, key="no-1"
    )
    town.deliver()

    tasks = town.line("manajer", Publisher.MONITORING).get(f"{MONITORING}/tasks", open="1")
    assert sent["id"] in {task["referral_id"] for task in tasks["items"]}
    kept = town.line("manajer", Publisher.INTAKE).get(f"{at}/referrals")
    assert [row["standing"] for row in kept] == ["rejected"]


def test_the_same_sending_tried_again_is_the_same_referral(town):
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-b")

    first = send_referral(town, at, item_id, "psikolog-b")
    town.deliver()
    again = send_referral(town, at, item_id, "psikolog-b")

    assert again["id"] == first["id"]


def test_a_partner_that_could_not_may_be_asked_again(town):
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-a")
    first = send_referral(town, at, item_id, "psikolog-a")
    town.line("psikolog-a", Publisher.REFERRAL).post(
        f"{REFERRAL}/inbox/{first['id']}/refusal", {"reason": "AT_CAPACITY"}, key="no-1"
    )
    town.deliver()

    second = send_referral(town, at, item_id, "psikolog-a")

    assert second["id"] != first["id"]
    assert second["previous_referral_id"] == first["id"]
