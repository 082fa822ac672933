"""What a partner sees and does, through its own door."""

from datetime import timedelta

import pytest

from shared.clock import now
from shared.contracts.roles import Role
from shared.identifiers import new_id
from tests.api.referral.world import API, CANARY


def soon(**more) -> str:
    return (now() + timedelta(**(more or {"days": 1}))).isoformat()


def test_before_acceptance_a_partner_sees_codes_and_a_question_only(world):
    referral = world.a_referral(accommodation="Kursi roda")
    seen = world.as_partner(referral)

    assert seen.json["sight"] == "pseudonymous"
    assert seen.json["content"] == {}
    assert (seen.json["age_band"], seen.json["accommodation"]) == ("U18_24", "Kursi roda")
    assert seen.json["person_code"].startswith("P-")
    assert not {"case_id", "consent_id", "plan_item_id", "previous_referral_id"} & set(seen.json)
    assert CANARY not in seen.text


def test_on_acceptance_the_content_is_shown_and_frozen(world):
    referral = world.a_referral()
    accepted = world.partner_does(referral, "acceptance")
    assert accepted.json["standing"] == "accepted"
    assert CANARY not in accepted.text

    seen = world.as_partner(referral)

    assert seen.json["sight"] == "full"
    assert seen.json["content"] == {"call_name": CANARY, "contact_way": "Lewat UPTD"}
    shown = world.as_unit(referral).json["disclosure"]
    assert shown["fields"] == ["call_name", "contact_way"]
    assert len(shown["digest"]) == 64


@pytest.mark.parametrize("end", ["refusal", "cancellation", "withdrawal"])
def test_access_ends_with_the_referral(world, end):
    referral = world.a_referral()
    world.partner_does(referral, "acceptance")
    if end == "refusal":
        world.partner_does(referral, "refusal", {"reason": "AT_CAPACITY"})
    elif end == "cancellation":
        world.unit_does(referral, "cancellation", {"reason": "NEED_CHANGED"})
    else:
        world.withdraw()

    after = world.as_partner(referral).json

    assert after["sight"] == "none"
    assert after["content"] == {}
    assert [after[name] for name in ("question", "age_band", "person_code")] == [None] * 3
    assert not any(
        entry["note"]
        for entry in world.web.get(f"{API}/inbox/{referral}/history", headers=world.worker()).json
    )


def test_a_replayed_acceptance_shows_nothing_after_access_ended(world):
    referral = world.a_referral()
    path = f"{API}/inbox/{referral}/acceptance"
    headers = world.worker(person=new_id())
    first = world.web.post(path, json={}, headers=headers)
    world.withdraw()
    again = world.web.post(path, json={}, headers=headers)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json == first.json
    assert CANARY not in again.text


def test_withdrawal_must_be_acknowledged_and_is_listed_until_then(world):
    referral = world.a_referral()
    world.partner_does(referral, "acceptance")
    world.withdraw()
    waiting = f"{API}/referrals?stop_outstanding=true"
    assert [row["id"] for row in world.web.get(waiting, headers=world.staff()).json["items"]] == [
        referral
    ]
    assert world.as_partner(referral).json["moves"] == ["acknowledge_stop"]

    done = world.partner_does(referral, "stop-acknowledgement")

    assert done.json["stop_outstanding"] is False
    assert world.web.get(waiting, headers=world.staff()).json["items"] == []
    assert world.partner_does(referral, "stop-acknowledgement").json["code"] == "nothing_to_stop"


@pytest.mark.parametrize("end", ["completion", "failure"])
def test_a_withdrawal_ends_access_to_what_had_ended_before(world, end):
    referral = world.a_referral()
    world.partner_does(referral, "acceptance")
    world.partner_does(referral, "progress", {"sessions_done": 1})
    body = {"result": "given", "note": "Selesai"} if end == "completion" else {}
    world.partner_does(referral, end, body | ({} if body else {"reason": "AT_CAPACITY"}))
    before = world.as_unit(referral).json

    world.withdraw()
    world.withdraw()

    after = world.as_partner(referral).json
    assert (after["sight"], after["content"], after["stop_outstanding"]) == ("none", {}, True)
    kept = world.as_unit(referral).json
    assert [kept[name] for name in ("standing", "reason", "result", "ended_at")] == [
        before[name] for name in ("standing", "reason", "result", "ended_at")
    ]
    assert world.topics().count("referral.consent_withdrawn") == 1
    assert [
        entry["reason"] for entry in world.history(referral) if entry["move"] == "withdraw_consent"
    ] == ["NO_CONSENT"]
    done = world.partner_does(referral, "stop-acknowledgement")
    assert done.json["stop_outstanding"] is False


def test_seen_is_set_once_by_opening_and_never_by_a_list_or_a_feed(world):
    referral = world.a_referral()
    world.relay()
    world.web.get(f"{API}/inbox", headers=world.worker())
    world.web.get(f"{API}/events", headers=world.worker())
    world.web.get(f"{API}/inbox/{referral}/history", headers=world.worker())
    assert world.as_unit(referral).json["first_seen_at"] is None

    first = world.as_partner(referral).json["first_seen_at"]

    assert first
    assert world.as_partner(referral).json["first_seen_at"] == first
    assert world.topics().count("referral.seen") == 1


def test_a_referral_to_somebody_else_is_not_found(world):
    referral = world.a_referral()
    before = world.everything()

    assert world.as_partner(referral, org=world.other).status_code == 404
    assert world.partner_does(referral, "acceptance", org=world.other).status_code == 404
    assert world.as_unit(referral, org=world.other).status_code == 404
    stranger = world.unit_does(referral, "cancellation", {"reason": "SAFETY"}, org=world.other)
    assert stranger.status_code == 404
    assert world.everything() == before


def test_a_move_of_the_other_side_is_refused(world):
    referral = world.a_referral()
    before = world.everything()
    staff, worker = world.staff(), world.worker()

    for path, who in (
        (f"inbox/{referral}/acceptance", staff | {"Idempotency-Key": "k"}),
        (f"referrals/{referral}/cancellation", worker),
        (f"referrals/{referral}/loop-closure", world.staff(Role.PENDAMPING)),
    ):
        answer = world.web.post(f"{API}/{path}", json={"reason": "SAFETY"}, headers=who)
        assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")
    assert world.everything() == before


def test_a_partners_move_needs_an_idempotency_key_and_the_same_key_moves_once(world):
    referral = world.a_referral()
    path = f"{API}/inbox/{referral}/receipt"
    headers = world.worker(person=new_id())
    bare = {name: value for name, value in headers.items() if name != "Idempotency-Key"}

    assert world.web.post(path, json={}, headers=bare).json["code"] == "idempotency_key_missing"
    answers = [world.web.post(path, json={}, headers=headers) for _ in range(2)]
    other = world.web.post(path, json={"note": "lain"}, headers=headers)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert other.json["code"] == "idempotency_key_reused"
    assert world.topics() == ["referral.sent", "referral.received"]


def test_a_stale_tag_changes_nothing(world):
    referral = world.a_referral()
    world.partner_does(referral, "receipt")
    before = world.everything()
    headers = world.worker() | {"If-Match": '"v1"'}
    stale = world.web.post(f"{API}/inbox/{referral}/acceptance", json={}, headers=headers)

    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    assert world.everything() == before
    headers = world.worker() | {"If-Match": '"v2"'}
    fresh = world.web.post(f"{API}/inbox/{referral}/acceptance", json={}, headers=headers)
    assert (fresh.status_code, fresh.headers["ETag"]) == (200, '"v3"')


@pytest.mark.parametrize(
    ("move", "body", "status", "code"),
    [
        ("refusal", {"reason": "EXPIRED"}, 422, "reason_not_allowed"),
        ("refusal", {"reason": "NO_CONSENT"}, 422, "reason_not_allowed"),
        ("refusal", {"reason": "OTHER"}, 422, "note_missing"),
        ("refusal", {"reason": "FULL"}, 422, "invalid"),
        ("refusal", {}, 422, "invalid"),
        ("question", {}, 422, "note_missing"),
        ("completion", {"result": "given", "note": "Selesai"}, 409, "move_not_allowed"),
        ("appointment", {"appointment_at": "2020-01-01T08:00:00+08:00"}, 422, "appointment_past"),
        ("acceptance", {"surprise": True}, 422, "invalid"),
        ("acceptance", {"note": "NIK 9972055207930001"}, 422, "note_names_person"),
        ("contest", {"note": "Bukan kami"}, 409, "nothing_recorded"),
    ],
)
def test_a_move_that_is_not_right_changes_nothing(quick_world, move, body, status, code):
    referral = quick_world.a_referral()
    before = quick_world.everything()
    answer = quick_world.partner_does(referral, move, body)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert quick_world.everything() == before


@pytest.mark.parametrize("note", [CANARY, "Bukan nama"])
def test_a_partner_cannot_guess_the_name_before_it_may_see_it(quick_world, note):
    referral = quick_world.a_referral()
    refused = quick_world.partner_does(referral, "resumption", {"note": note})
    assert (refused.status_code, refused.json["code"]) == (409, "move_not_allowed")
    assert quick_world.partner_does(referral, "acceptance", {"note": note}).status_code == 200


@pytest.mark.parametrize("note", [CANARY, "Bukan nama"])
def test_a_partner_cannot_guess_the_name_after_access_ended(quick_world, note):
    referral = quick_world.a_referral()
    quick_world.partner_does(referral, "acceptance")
    quick_world.withdraw()
    refused = quick_world.partner_does(referral, "resumption", {"note": note})
    assert (refused.status_code, refused.json["code"]) == (409, "move_not_allowed")
    stopped = quick_world.partner_does(referral, "stop-acknowledgement", {"note": note})
    assert stopped.status_code == 200


def test_who_sees_the_name_writes_without_it(quick_world):
    referral = quick_world.a_referral()
    quick_world.partner_does(referral, "acceptance")
    for move, code in (("resumption", "move_not_allowed"), ("progress", "note_names_person")):
        body = {"note": f"{CANARY} hadir"}
        assert quick_world.partner_does(referral, move, body).json["code"] == code


def test_broken_json_and_an_unknown_id_are_problem_documents(quick_world):
    headers = quick_world.worker() | {"Content-Type": "application/json"}
    referral = quick_world.a_referral()
    broken = quick_world.web.post(f"{API}/inbox/{referral}/acceptance", data="{", headers=headers)
    unknown = quick_world.partner_does(str(new_id()), "acceptance")
    assert (broken.status_code, broken.mimetype) == (400, "application/problem+json")
    assert (unknown.status_code, unknown.json["code"]) == (404, "not_found")


def test_the_whole_of_a_therapy(world):
    referral = world.a_referral()
    for move, body in (
        ("receipt", {}),
        ("acceptance", {}),
        ("waitlisting", {}),
        ("appointment", {"appointment_at": soon()}),
        ("no-show", {}),
        ("appointment", {"appointment_at": soon()}),
        ("appointment-cancellation", {}),
        ("progress", {"sessions_done": 1, "sessions_planned": 4, "note": "Hadir"}),
        ("hold", {"waiting_for": "waiting-person", "note": "Menunggu kabar"}),
        ("resumption", {}),
        ("progress", {"sessions_done": 4, "next_appointment_at": soon()}),
        ("completion", {"result": "given", "note": "Empat sesi, membaik"}),
        ("result", {"note": "Surat keterangan menyusul"}),
    ):
        answer = world.partner_does(referral, move, body)
        assert answer.status_code == 200, (move, answer.text)

    closed = world.unit_does(referral, "loop-closure", {"note": "Tujuan 2 tercapai"})

    assert (closed.json["standing"], closed.json["business_state"]) == ("completed", "loop-closed")
    assert closed.json["sessions_done"] == 4
    numbers = [entry["move_no"] for entry in world.history(referral)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(world.topics()) == len(numbers)
    partner_reads = world.web.get(f"{API}/inbox/{referral}/history", headers=world.worker()).json
    assert [entry["note"] for entry in partner_reads if entry["move"] == "close_loop"] == [None]


def test_the_inbox_is_read_page_by_page_in_the_order_of_change(world):
    referrals = [world.a_referral() for _ in range(5)]
    world.partner_does(referrals[0], "receipt")
    seen, path = [], f"{API}/inbox?limit=2"
    while path:
        answer = world.web.get(path, headers=world.worker())
        seen += [row["id"] for row in answer.json["items"]]
        link = answer.headers.get("Link", "")
        path = link[1:].split(">")[0] if link else ""
    assert seen == [*referrals[1:], referrals[0]]
    changed = world.as_unit(referrals[4]).json["changed_at"]
    since = world.web.get(f"{API}/inbox", query_string={"since": changed}, headers=world.worker())
    assert [row["id"] for row in since.json["items"]] == [referrals[4], referrals[0]]
    assert world.web.get(f"{API}/inbox?cursor=x", headers=world.worker()).status_code == 422
    assert world.web.get(f"{API}/inbox?limit=0", headers=world.worker()).status_code == 422


def test_the_feed_tells_a_partner_of_its_own_referrals_only_and_in_order(world):
    mine = world.a_referral()
    elsewhere = world.give_consent(consent_id=new_id(), institution_id=world.other)
    theirs = world.a_referral(institution_id=str(world.other), consent_id=str(elsewhere))
    world.partner_does(mine, "acceptance")
    assert world.web.get(f"{API}/events", headers=world.worker()).json["items"] == []
    world.relay()

    first = world.web.get(f"{API}/events?limit=1", headers=world.worker()).json
    rest = world.web.get(f"{API}/events?after={first['after']}", headers=world.worker()).json

    told = first["items"] + rest["items"]
    assert [event["type"] for event in told] == ["referral.sent", "referral.accepted"]
    assert {event["referral_id"] for event in told} == {mine} != {theirs}
    assert [event["sequence"] for event in told] == [1, 2]
    assert set(told[0]) == {"id", "type", "referral_id", "time", "sequence", "position"}
    again = world.web.get(f"{API}/events?after={rest['after']}", headers=world.worker()).json
    assert again == {"items": [], "after": rest["after"]}
