"""Deadlines and their rules over HTTP."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.monitoring.storage import tables
from services.monitoring.storage.work import begin
from shared.contracts.roles import Role
from shared.identifiers import new_id
from tests.api.monitoring.world import MONDAY, World, wita

TUESDAY = wita(3, 3, 9)
DAY = timedelta(days=1)


@pytest.fixture
def sexual(world: World) -> World:
    """A case of sexual violence: the report to the police is due in 3x24 hours."""
    world.hear(world.received(sexual=True), world.opened(), world.assigned())
    return world


def t08(world: World, at: datetime = TUESDAY) -> Any:
    shown = world.get(f"/deadlines?case_id={world.case}", at=at)["items"]
    return next(one for one in shown if one["rule"] == "T08")


def settle(world: World, **changed: Any) -> Any:
    body = {"met_at": TUESDAY.isoformat(), "evidence": "Nomor laporan polisi tercatat"}
    headers = changed.pop("headers", None)
    path = f"/deadlines/{t08(world)['id']}/settlement"
    return world.ask("POST", path, at=TUESDAY + DAY, json=body | changed, headers=headers)


def test_a_deadline_says_how_much_time_is_left(sexual):
    shown = t08(sexual)
    assert shown["due_at"] == "2026-03-05T01:10:00+00:00"
    assert shown["remaining_seconds"] == int((MONDAY + 3 * DAY - TUESDAY).total_seconds())
    assert (shown["standing"], shown["calendar"], shown["late"]) == ("open", "WALL", False)


def test_only_what_is_missed_is_listed_as_late(sexual):
    assert sexual.get("/deadlines?late=1")["items"] == []
    sexual.tick(MONDAY + 4 * DAY)
    late = sexual.get("/deadlines?late=1", at=MONDAY + 4 * DAY)["items"]
    assert [one["rule"] for one in late] == ["T01", "T08"]
    assert all(one["remaining_seconds"] < 0 for one in late)


def test_somebody_says_when_it_happened_and_by_what_it_can_be_seen(sexual):
    answer = settle(sexual)
    assert (answer.status_code, answer.json["standing"]) == (200, "met")
    with begin(sexual.ground) as work:
        (kept,) = work.settlements.find()
    assert kept.evidence == "Nomor laporan polisi tercatat"
    assert (kept.recorded_by, kept.owner_id) == (sexual.manager, sexual.case)


def test_the_evidence_lies_encrypted(sexual):
    settle(sexual)
    (row,) = sexual.rows(tables.settlements)
    assert b"polisi" not in row["evidence"]


def test_what_happened_in_time_and_is_written_down_after_it_was_missed_is_met(sexual):
    sexual.tick(MONDAY + 4 * DAY)
    path = f"/deadlines/{t08(sexual)['id']}/settlement"
    body = {"met_at": TUESDAY.isoformat(), "evidence": "Surat tanda terima"}
    answer = sexual.ask("POST", path, at=MONDAY + 4 * DAY, json=body)
    assert (answer.json["standing"], answer.json["entered_late"]) == ("met", True)


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"met_at": "yesterday"}, "invalid", "met_at"),
    ({"met_at": "2026-03-03T09:00:00"}, "invalid", "met_at"),
    ({"met_at": "2026-02-30T09:00:00+08:00"}, "invalid", "met_at"),
    ({"met_at": "2026-03-09T09:00:00+08:00"}, "not_yet", "met_at"),
    ({"evidence": ""}, "invalid", "evidence"),
    ({"evidence": "x" * 4001}, "invalid", "evidence"),
    ({"evidence": 7}, "invalid", "evidence"),
    ({"officer": "A"}, "invalid", "officer"),
]


def test_a_wrong_settlement_names_the_field_and_changes_nothing(sexual, subtests):
    before = sexual.everything()
    for changed, code, field in WRONG:
        with subtests.test(field=field, given=str(changed)[:60]):
            answer = settle(sexual, **changed)
            assert (answer.status_code, answer.json["code"]) == (422, code)
            assert field in [one["field"] for one in answer.json["fields"]]
            assert sexual.everything() == before


def test_a_settled_deadline_is_not_settled_again(sexual):
    settle(sexual)
    before = sexual.everything()
    assert settle(sexual).status_code == 409
    assert sexual.everything() == before


def test_the_same_request_again_gives_the_same_answer_once(sexual):
    key = {"Idempotency-Key": "lp-1"}
    first, again = settle(sexual, headers=key), settle(sexual, headers=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json == first.json
    assert len(sexual.rows(tables.settlements)) == 1


def test_the_same_key_for_another_request_is_refused(sexual):
    key = {"Idempotency-Key": "lp-1"}
    settle(sexual, headers=key)
    other = settle(sexual, headers=key, evidence="Bukan yang tadi")
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")


def test_an_old_page_does_not_settle(sexual):
    before = sexual.everything()
    answer = settle(sexual, headers={"If-Match": '"v9"'})
    assert (answer.status_code, answer.json["code"]) == (412, "stale")
    assert sexual.everything() == before


def test_the_rules_say_where_each_limit_comes_from(world):
    rows = {(r["rule"], r["applies_if"]): r for r in world.get("/deadline-rules")["items"]}
    assert rows["T08", "sexual"]["source"] == "statute"
    assert rows["T08", "sexual"]["limit_seconds"] == 3 * 86_400
    assert (rows["T02", "SEDANG"]["reference"], rows["T01", "TINGGI"]["source"]) == ("S7", "P")
    assert rows["T24", "respond"]["limit_seconds"] is None
    assert len(rows) == 10


def put(world: World, path: str, *roles: Role, **body: Any) -> Any:
    return world.ask("PUT", f"/deadline-rules/{path}/limit", *roles, json=body)


def test_a_unit_sets_its_own_limit_for_what_begins_from_then_on(world):
    answer = put(world, "T02/SEDANG", Role.KEPALA_UPTD, limit_seconds=7200)
    assert (answer.json["limit_seconds"], answer.json["source"]) == (7200, "unit")

    world.hear(world.received(risk=None))

    assert world.deadlines()["T02", "SEDANG"].due_at == MONDAY + timedelta(hours=2)
    others = world.get("/deadline-rules", Role.KEPALA_UPTD, org=new_id())["items"]
    assert {row["source"] for row in others} == {"P", "procedure", "statute"}


def test_a_limit_is_set_again(world):
    put(world, "T04/always", Role.KEPALA_UPTD, limit_seconds=86_400)
    answer = put(world, "T04/always", Role.KEPALA_UPTD, limit_seconds=2 * 86_400)
    assert answer.json["limit_seconds"] == 2 * 86_400
    assert len(world.rows(tables.limits)) == 1


IMPOSSIBLE: list[tuple[str, dict[str, Any], int, str]] = [
    ("T08/sexual", {"limit_seconds": 4 * 86_400}, 422, "statute_stands"),
    ("T24/respond", {"limit_seconds": 60}, 422, "limit_named_elsewhere"),
    ("T02/SEDANG", {"limit_seconds": 0}, 422, "invalid"),
    ("T02/SEDANG", {"limit_seconds": "soon"}, 422, "invalid"),
    ("T02/SEDANG", {}, 422, "invalid"),
    ("T02/SEDANG", {"limit_seconds": 60, "why": "x"}, 422, "invalid"),
    ("T02/TINGGI", {"limit_seconds": 60}, 404, "not_found"),
    ("T99/always", {"limit_seconds": 60}, 404, "not_found"),
]


def test_a_limit_that_cannot_be_changes_nothing(world, subtests):
    before = world.everything()
    for path, body, status, code in IMPOSSIBLE:
        with subtests.test(path=path, body=str(body)):
            answer = put(world, path, Role.KEPALA_UPTD, **body)
            assert (answer.status_code, answer.json["code"]) == (status, code)
            assert world.everything() == before


def test_a_case_manager_sets_no_limits(world):
    assert put(world, "T02/SEDANG", limit_seconds=60).status_code == 403
