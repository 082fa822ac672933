"""The unit sends a referral: on a ground that holds, once, with no more than may be seen."""

from datetime import timedelta

import pytest
import time_machine

from services.referral.actions.stopping import stop_lapsed
from shared.clock import now
from shared.contracts.protection import FieldClass
from shared.identifiers import new_id
from tests.api.referral.world import API, CANARY


def test_a_referral_is_sent_and_both_sides_see_it(world):
    answer = world.send()

    assert answer.status_code == 201
    sent = answer.json
    assert (sent["standing"], sent["basis"]) == ("requested", "consent")
    assert sent["code"].startswith("R-")
    assert answer.headers["ETag"] == '"v1"'
    assert answer.headers["Location"].endswith(sent["id"])
    assert world.as_unit(sent["id"]).json["person_code"] == sent["person_code"]
    assert world.as_partner(sent["id"]).json["code"] == sent["code"]
    assert world.topics() == ["referral.sent", "referral.seen"]
    assert CANARY not in answer.text


def test_the_same_plan_item_and_version_to_the_same_partner_is_sent_once(world):
    order = world.an_order()
    first = world.send(**order)
    again = world.send(**order)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["id"] == again.json["id"]
    assert world.topics() == ["referral.sent"]
    assert world.send(**(order | {"plan_item_version": 2})).status_code == 201


def test_after_a_refusal_the_same_plan_item_goes_to_another_partner(world):
    order = world.an_order()
    first = world.a_referral(**order)
    world.partner_does(first, "refusal", {"reason": "AT_CAPACITY"})
    elsewhere = world.give_consent(consent_id=new_id(), institution_id=world.other)

    again = world.send(
        **order
        | {
            "institution_id": str(world.other),
            "consent_id": str(elsewhere),
            "previous_referral_id": first,
        }
    )

    assert again.status_code == 201
    assert again.json["person_code"] != world.as_unit(first).json["person_code"]


def test_a_person_keeps_one_code_with_one_partner(world):
    one, two = world.a_referral(), world.a_referral()
    assert world.as_unit(one).json["person_code"] == world.as_unit(two).json["person_code"]
    assert world.as_unit(one).json["code"] != world.as_unit(two).json["code"]


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"consent_id": "0197a000-0000-7000-8000-000000000009"}, 409, "consent_not_yet_known"),
        ({"consent_sequence": 2}, 409, "consent_not_yet_known"),
        ({"case_id": "0197a000-0000-7000-8000-000000000009"}, 409, "consent_does_not_cover"),
        ({"content": {"presenting_problem": "x"}}, 409, "consent_does_not_cover"),
        ({"content": {"nik": "9972055207930001"}}, 422, "more_than_the_template"),
        ({"consent_id": None}, 422, "override_not_valid"),
        ({"service": "PSI_PERIKSA"}, 409, "service_not_offered"),
        ({"service": "PSI"}, 422, "service_not_exact"),
        ({"institution_id": "0197a000-0000-7000-8000-000000000009"}, 404, "not_found"),
        ({"person_agreed": False}, 422, "not_ready_to_send"),
        ({"counselled_at": None}, 422, "not_ready_to_send"),
        ({"plan_item_id": None}, 422, "not_ready_to_send"),
        ({"urgency": "BESOK"}, 422, "invalid"),
        ({"content": {"shoe_size": "39"}}, 422, "invalid"),
        ({"surprise": 1}, 422, "invalid"),
        ({"question": "Apakah kenanga cocok?"}, 422, "note_names_person"),
        ({"accommodation": "NIK 9972055207930001"}, 422, "note_names_person"),
        ({"question": ""}, 422, "invalid"),
        ({"question": "x" * 1001}, 422, "invalid"),
        ({"counselled_at": "2026-02-30T10:00:00+08:00"}, 422, "invalid"),
        ({"counselled_at": "2026-02-20T10:00:00"}, 422, "invalid"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_changes_nothing(quick_world, changed, status, code):
    before = quick_world.everything()
    answer = quick_world.send(**changed)

    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert set(answer.json["messages"]) == {"id", "en"}
    assert quick_world.everything() == before


def test_a_name_before_acceptance_is_refused_and_its_field_is_named(quick_world):
    refused = quick_world.send(question=f"Terapi bagi {CANARY}?", accommodation="Kursi roda")
    assert [each["field"] for each in refused.json["fields"]] == ["question"]
    assert CANARY not in refused.text


def test_a_withdrawn_consent_sends_nothing(world):
    world.withdraw()
    assert world.send().json["code"] == "consent_does_not_cover"
    assert world.send(consent_sequence=2).json["code"] == "consent_does_not_cover"


def test_an_override_sends_without_consent_for_three_hours(world):
    override = {"basis": "vital-interest", "reason": "Nyawa terancam"}
    bare = {"consent_id": None, "consent_sequence": None}
    fresh = override | {"recorded_at": now().isoformat()}
    stale = override | {"recorded_at": (now() - timedelta(hours=4)).isoformat()}
    ahead = override | {"recorded_at": (now() + timedelta(hours=1)).isoformat()}

    sent = world.send(override=fresh, **bare)

    assert (sent.status_code, sent.json["basis"]) == (201, "vital-interest")
    for wrong in (stale, ahead):
        assert world.send(override=wrong, **bare).json["code"] == "override_not_valid"
    world.partner_does(sent.json["id"], "acceptance")
    assert world.as_partner(sent.json["id"]).json["content"]["call_name"] == CANARY


def an_override(basis="vital-interest"):
    return {
        "consent_id": None,
        "consent_sequence": None,
        "override": {"basis": basis, "reason": "Nyawa terancam", "recorded_at": now().isoformat()},
    }


def later(**how):
    return time_machine.travel(now() + timedelta(**how), tick=False)


@pytest.mark.parametrize("basis", ["vital-interest", "best-interest-of-the-child"])
def test_an_override_ends_access_after_three_hours(world, basis):
    open_one, unanswered = (world.a_referral(**an_override(basis)) for _ in range(2))
    by_law = world.a_referral(**an_override("legal-duty"))
    for referral in (open_one, by_law):
        world.partner_does(referral, "acceptance")
    with later(hours=3):
        refused = world.partner_does(unanswered, "acceptance")
        assert (refused.status_code, refused.json["code"]) == (409, "consent_no_longer_holds")
        stop_lapsed(world.ground, now())
        stop_lapsed(world.ground, now())
        ended = world.as_partner(open_one).json
        assert (ended["sight"], ended["content"]) == ("none", {})
        assert world.as_unit(open_one).json["reason"] == "NO_CONSENT"
        assert world.as_unit(unanswered).json["standing"] == "cancelled"
        assert world.as_partner(by_law).json["sight"] == "full"
    assert world.topics().count("referral.consent_withdrawn") == 2


def test_a_consent_that_ran_out_is_not_accepted_on_and_ends_access(world):
    until = now() + timedelta(days=1)
    consent = world.give_consent(consent_id=new_id(), valid_until=until)
    lasting = world.a_referral()
    accepted, completed, unanswered = (world.a_referral(consent_id=str(consent)) for _ in range(3))
    for referral in (lasting, accepted, completed):
        world.partner_does(referral, "acceptance")
    world.partner_does(completed, "completion", {"result": "given", "note": "Selesai"})
    stop_lapsed(world.ground, now())
    assert world.as_partner(accepted).json["sight"] == "full"
    with later(days=1, seconds=1):
        refused = world.partner_does(unanswered, "acceptance")
        assert (refused.status_code, refused.json["code"]) == (409, "consent_no_longer_holds")
        stop_lapsed(world.ground, now())
        for referral in (accepted, completed, unanswered):
            seen = world.as_partner(referral).json
            assert (seen["sight"], seen["stop_outstanding"]) == ("none", True)
        assert world.as_partner(lasting).json["sight"] == "full"


def test_a_consent_that_was_given_anew_lasts_as_long_as_it_says_now(world):
    until = now() + timedelta(days=1)
    consent = world.give_consent(consent_id=new_id(), valid_until=until)
    referral = world.a_referral(consent_id=str(consent))
    world.give_consent(consent_id=consent, valid_until=until + timedelta(days=9))
    with later(days=2):
        stop_lapsed(world.ground, now())
        assert world.partner_does(referral, "acceptance").status_code == 200


def test_an_emergency_is_sent_first_and_its_plan_item_follows(world):
    bare = {"plan_item_id": None, "plan_item_version": None, "counselled_at": None}
    sent = world.send(emergency=True, **bare).json
    assert sent["plan_item_due_at"]
    world.a_referral()
    late = world.web.get(f"{API}/referrals?plan_item_missing=true", headers=world.staff())
    assert [row["id"] for row in late.json["items"]] == [sent["id"]]

    item = {"plan_item_id": str(new_id()), "plan_item_version": 1}
    attached = world.unit_does(sent["id"], "plan-item", item)

    assert attached.json["plan_item_id"] == item["plan_item_id"]
    assert attached.json["plan_item_due_at"] is None
    assert world.unit_does(sent["id"], "plan-item", item).json["code"] == "plan_item_there"


def test_what_was_consented_to_but_is_not_in_the_template_is_never_shown(world):
    everything = frozenset(FieldClass)
    consent = world.give_consent(consent_id=new_id(), field_classes=everything)
    sent = world.a_referral(
        consent_id=str(consent),
        content={"call_name": CANARY, "presenting_problem": "sulit tidur", "risk_level": "SEDANG"},
    )
    world.partner_does(sent, "acceptance")
    assert set(world.as_partner(sent).json["content"]) == {
        "call_name",
        "presenting_problem",
        "risk_level",
    }
