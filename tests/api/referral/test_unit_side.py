"""What the unit does with a referral afterwards, and what it writes down for a silent partner."""

from datetime import timedelta

import pytest
import time_machine

from services.referral.actions.expiry import expire_silent
from services.referral.clock import TIMERS
from shared.clock import now
from shared.contracts.auth import InstitutionReinstated, InstitutionSuspended
from shared.contracts.intake import UnitOpened
from shared.contracts.protection import UnitKind
from shared.contracts.roles import Role
from shared.contracts.vocabulary import InstitutionKind
from shared.identifiers import new_id
from shared.storage.units import UnitClock
from tests.api.referral.world import API, CANARY


def second(world):
    """Another person of the unit, who agrees."""
    return {"person": world.supervisor, "role": Role.SUPERVISOR}


def test_an_answer_to_a_question_gives_the_partner_its_time_back(world):
    referral = world.a_referral()
    due = world.as_unit(referral).json["respond_by"]
    asked = world.partner_does(referral, "question", {"note": "Sudah ada surat pengantar?"})
    assert asked.json["business_state"] == "awaiting-information"

    named = world.unit_does(referral, "information", {"note": f"Sudah, {CANARY}"})
    assert (named.status_code, named.json["code"]) == (422, "note_names_person")
    answered = world.unit_does(referral, "information", {"note": "Sudah, nomor 12"})

    assert answered.json["business_state"] is None
    assert answered.json["respond_by"] >= due
    notes = [entry["note"] for entry in world.history(referral) if entry["note"]]
    assert notes == ["Sudah ada surat pengantar?", "Sudah, nomor 12"]


def test_once_work_has_begun_the_unit_asks_and_the_partner_decides(world):
    referral = world.a_referral()
    world.partner_does(referral, "acceptance")
    world.partner_does(referral, "progress", {"sessions_done": 1})
    refused = world.unit_does(referral, "cancellation", {"reason": "NEED_CHANGED"})
    assert refused.json["code"] == "move_not_allowed"

    world.unit_does(referral, "cancellation-request", {"reason": "NEED_CHANGED"})
    assert world.partner_does(referral, "continuation").json["business_state"] == "under-way"
    world.unit_does(referral, "cancellation-request", {"reason": "CLIENT_DECLINED"})
    ended = world.partner_does(referral, "cancellation-agreement")

    assert (ended.json["standing"], ended.json["reason"]) == ("cancelled", "CLIENT_DECLINED")


def test_a_dose_is_revised_and_the_partner_may_then_fail(world):
    referral = world.a_referral()
    world.partner_does(referral, "acceptance")
    world.partner_does(referral, "progress", {"sessions_done": 1})
    assert world.unit_does(referral, "revision", {"sessions_planned": 2}).status_code == 422
    revised = world.unit_does(referral, "revision", {"sessions_planned": 2, "note": "Cukup dua"})
    assert revised.json["sessions_planned"] == 2
    failed = world.partner_does(referral, "failure", {"reason": "AT_CAPACITY"})
    assert failed.json["standing"] == "failed"


def test_a_silent_partner_is_given_up_by_two_people(world):
    referral = world.a_referral()
    world.partner_does(referral, "acceptance")
    early = world.unit_does(referral, "abandonment")
    assert early.json["code"] == "partner_not_silent"

    with time_machine.travel(now() + timedelta(days=8), tick=False):
        asked = world.unit_does(referral, "abandonment")
        alone = world.unit_does(referral, "abandonment")
        agreed = world.unit_does(referral, "abandonment", **second(world))

    assert asked.json["standing"] == "accepted"
    assert (alone.status_code, alone.json["code"]) == (403, "second_person_needed")
    assert (agreed.json["standing"], agreed.json["business_state"]) == ("failed", "abandoned")
    assert world.as_partner(referral).json["sight"] == "none"


def test_what_was_sent_in_error_is_retracted_by_two_and_purged_by_the_partner(world):
    referral = world.a_referral()
    asked = world.unit_does(referral, "retraction", {"note": "Salah lembaga"})
    assert asked.json["standing"] == "requested"
    alone = world.unit_does(referral, "retraction", {"note": "Salah lembaga"})
    assert alone.json["code"] == "second_person_needed"
    agreed = world.unit_does(referral, "retraction", {"note": "Setuju"}, **second(world))

    assert (agreed.json["standing"], agreed.json["stop_outstanding"]) == ("entered-in-error", True)
    assert world.as_partner(referral).json["sight"] == "none"
    assert world.partner_does(referral, "stop-acknowledgement").status_code == 200


def test_a_letter_is_recorded_with_evidence_and_may_be_contested(world):
    referral = world.a_referral()
    body = {"move": "decline", "reason": "AT_CAPACITY", "door": "letter"}
    missing = world.unit_does(referral, "recorded-answer", body)
    assert (missing.status_code, missing.json["code"]) == (422, "invalid")

    body["evidence"] = "Surat 12/III/2026"
    recorded = world.unit_does(referral, "recorded-answer", body, role=Role.PETUGAS_PENGADUAN)

    assert recorded.json["standing"] == "rejected"
    entry = world.history(referral)[-1]
    assert (entry["party"], entry["door"], entry["verified"]) == ("partner", "letter", "evidence")
    assert entry["evidence"] == "Surat 12/III/2026"
    assert "contest" in world.as_partner(referral).json["moves"]
    contested = world.partner_does(referral, "contest", {"note": "Kami tidak menulis surat itu"})
    assert contested.status_code == 200
    assert world.topics()[-1] == "referral.answer_contested"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"move": "expire"}, 422, "invalid"),
        ({"move": "cancel", "reason": "SAFETY"}, 422, "invalid"),
        ({"move": "see"}, 422, "invalid"),
        ({"move": "accept", "door": "portal"}, 422, "invalid"),
        ({"move": "accept", "reason": "SAFETY"}, 422, "invalid"),
        ({"move": "decline"}, 422, "invalid"),
        ({"move": "accept", "answered_at": "2020-01-01T08:00:00+08:00"}, 422, "answered_when"),
        ({"move": "accept", "answered_at": "2099-01-01T08:00:00+08:00"}, 422, "answered_when"),
        ({"move": "complete", "result": "given", "note": "x"}, 409, "move_not_allowed"),
    ],
)
def test_only_a_partners_own_moves_are_recorded_for_it(quick_world, body, status, code):
    referral = quick_world.a_referral()
    before = quick_world.everything()
    whole = {"door": "phone", "evidence": "Telepon 10.15"} | body
    answer = quick_world.unit_does(referral, "recorded-answer", whole)

    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert quick_world.everything() == before


def test_the_case_goes_to_another_unit_with_its_referrals(world):
    referral = world.a_referral()
    elsewhere = new_id()
    body = {"to_unit_id": str(elsewhere), "accepted_at": now().isoformat()}
    assert world.unit_does(referral, "handover", body).status_code == 403
    unknown = world.unit_does(referral, "handover", body, role=Role.SUPERVISOR)
    assert (unknown.status_code, unknown.json["code"]) == (422, "unit_not_known")
    with world.ground.database.begin() as connection:
        UnitClock(world.ground.kit.units, connection).remember(elsewhere, UnitKind.REAL, 0)

    handed = world.unit_does(referral, "handover", body, role=Role.SUPERVISOR)

    assert handed.json["unit_id"] == str(elsewhere)
    assert world.as_unit(referral).status_code == 404
    there = world.as_unit(referral, org=elsewhere, role=Role.SUPERVISOR)
    assert there.status_code == 200


def test_nobody_answering_ends_a_referral_after_as_much_time_again(world):
    silent, asked, answered = (world.a_referral() for _ in range(3))
    world.partner_does(asked, "question", {"note": "Boleh tahu dulu?"})
    world.partner_does(answered, "acceptance")
    (timer, _) = TIMERS
    timer.run(world.ground, now() + timedelta(hours=47))
    assert world.as_unit(silent).json["standing"] == "requested"

    expire_silent(world.ground, now() + timedelta(hours=49))

    ended = world.as_unit(silent).json
    assert (ended["standing"], ended["business_state"]) == ("cancelled", "expired")
    assert ended["reason"] == "EXPIRED"
    assert world.as_unit(asked).json["standing"] == "requested"
    assert world.as_unit(answered).json["standing"] == "accepted"


def test_a_training_units_referrals_expire_by_its_own_clock(world):
    referral = world.a_referral()
    shifted = UnitOpened(
        happened_at=now(),
        unit_id=world.unit,
        kind=UnitKind.TRAINING,
        clock_offset_seconds=3 * 24 * 3600,
    )
    with world.ground.database.begin() as connection:
        clock = UnitClock(world.ground.kit.units, connection)
        clock.remember(shifted.unit_id, shifted.kind, shifted.clock_offset_seconds)

    expire_silent(world.ground, now())

    assert world.as_unit(referral).json["business_state"] == "expired"


def test_the_units_list_is_filtered_and_never_shows_another_units(world):
    one, two = world.a_referral(), world.a_referral()
    world.partner_does(two, "acceptance")
    listed = f"{API}/referrals"

    def ids(query, **who):
        answer = world.web.get(f"{listed}?{query}", headers=world.staff(**who))
        return [row["id"] for row in answer.json["items"]]

    assert ids("") == [one, two]
    assert ids("standing=accepted") == [two]
    assert ids(f"case_id={world.case}") == [one, two]
    assert ids(f"case_id={new_id()}") == []
    assert ids("", org=new_id()) == []
    assert world.web.get(f"{listed}?shoe=1", headers=world.staff()).status_code == 422


def test_the_directory_is_searched_kept_and_follows_auth(world):
    path = f"{API}/institutions"

    def names(query=""):
        return [one["name"] for one in world.web.get(path + query, headers=world.staff()).json]

    assert names("?service=PSI_TERAPI") == names("?service=PSI") == names()
    assert names() == ["Psikolog Latihan A", "Psikolog Latihan B"]
    assert names("?service=MED_VER") == []
    world.hear(InstitutionSuspended(happened_at=now(), institution_id=world.partner))
    assert names() == ["Psikolog Latihan B"]
    assert world.send().json["code"] == "institution_suspended"
    world.hear(InstitutionReinstated(happened_at=now(), institution_id=world.partner))
    assert len(names()) == 2


def test_an_entry_is_changed_only_by_who_saw_its_newest_form(world):
    path = f"{API}/institutions/{world.partner}"
    entry = world.web.get(path, headers=world.staff()).json
    assert "call_name" in entry["template"]
    assert "nik" not in entry["template"]
    body = {
        "name": "Psikolog Latihan C",
        "services": ["PSI_TERAPI", "PSI_PERIKSA"],
        "doors": ["letter"],
        "contact": "0812-0000-0000",
        "limits": {"PSI_TERAPI": {"accept": 6, "serve": 48}},
    }
    keeper = world.staff(Role.KEPALA_UPTD)
    assert world.web.put(path, json=body, headers=keeper).status_code == 428
    stale = world.web.put(path, json=body, headers=keeper | {"If-Match": '"v1"'})
    assert stale.status_code == 412
    tag = {"If-Match": f'"v{entry["version"]}"'}
    assert world.web.put(path, json=body, headers=keeper | tag).json["doors"] == ["letter"]
    assert world.web.put(path, json=body, headers=world.staff() | tag).status_code == 403
    sent = world.send(urgency="RUTIN").json
    assert sent["respond_by"] < (now() + timedelta(hours=7)).isoformat()


def test_an_institution_is_entered_once(world):
    body = {
        "id": str(new_id()),
        "kind": "RS",
        "name": "RS Latihan",
        "services": ["MED_VER"],
        "doors": ["api"],
    }
    keeper = world.staff(Role.ADMIN_SISTEM)
    made = world.web.post(f"{API}/institutions", json=body, headers=keeper)
    again = world.web.post(f"{API}/institutions", json=body, headers=keeper)
    assert (made.status_code, again.status_code) == (201, 409)
    assert made.json["kind"] == InstitutionKind.RS
