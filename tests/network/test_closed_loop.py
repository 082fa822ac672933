"""The main job: from a complaint to the adequacy loop, through the four services."""

import pytest

from shared.contracts.event import Publisher
from shared.errors import RajutError
from tests.support import intake as answers
from tests.support.journey import (
    MONITORING,
    REFERRAL,
    a_case_with_an_item,
    accept_and_report,
    allow_sharing,
    judge_too_little,
    send_referral,
    timeline,
)


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
    again = send_referral(town, at, item_id, "psikolog-b")
    assert again["id"] == first["id"]

    town.deliver()
    with pytest.raises(RajutError) as refused:
        send_referral(town, at, item_id, "psikolog-b")
    assert refused.value.code == "already_referred"


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
