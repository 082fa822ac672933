"""The holidays of a unit over HTTP."""

from typing import Any

import pytest

from services.monitoring.storage import tables
from shared.contracts.roles import Role
from shared.identifiers import new_id
from tests.api.monitoring.world import World, wita

HEAD = Role.KEPALA_UPTD
DECREE = [
    {"day": "2026-03-19", "name": "Hari Suci Nyepi"},
    {"day": "2026-03-21", "name": "Idul Fitri"},
]


def put(world: World, *, days: Any = DECREE, year: int = 2026, **more: Any) -> Any:
    body = {"source": "decree", "days": days}
    return world.ask("PUT", f"/holidays/{year}", HEAD, json=body | more.pop("body", {}), **more)


def test_a_year_that_nobody_kept_yet_begins_from_the_almanac(world):
    shown = world.get("/holidays?year=2026")
    days = {one["day"]: one for one in shown["days"]}
    assert days["2026-08-17"]["name"] == "Hari Kemerdekaan Republik Indonesia"
    assert days["2026-03-18"]["name"].startswith("Cuti Bersama")
    assert {one["source"] for one in days.values()} == {"almanac"}
    assert list(days) == sorted(days)


def test_asking_again_begins_nothing_again(world):
    assert world.get("/holidays?year=2026") == world.get("/holidays?year=2026")
    assert len(world.rows(tables.holiday_years)) == 1


def test_a_decree_takes_the_place_of_the_almanac(world):
    answer = put(world)
    assert answer.status_code == 200, answer.text
    assert [(one["day"], one["source"]) for one in answer.json["days"]] == [
        ("2026-03-19", "decree"),
        ("2026-03-21", "decree"),
    ]
    assert answer.json["changed_by"] == str(world.manager)
    assert world.get("/holidays?year=2026")["days"] == answer.json["days"]


def test_a_new_list_counts_for_deadlines_that_begin_from_then_on(world):
    put(world, days=[])
    at = wita(3, 17, 9)
    world.hear(world.received(reported_at=at, happened_at=at))
    assert world.deadlines()["T04", "always"].due_at == wita(3, 20, 9)


def test_each_unit_keeps_its_own(world):
    put(world, days=[])
    others = world.get("/holidays?year=2026", org=new_id())["days"]
    assert len(others) > 20


def test_whoever_saw_an_older_list_does_not_overwrite_the_newer(world):
    tag = world.ask("GET", "/holidays?year=2026").headers["ETag"]
    assert put(world, headers={"If-Match": tag}).status_code == 200
    before = world.everything()
    stale = put(world, days=[], headers={"If-Match": tag})
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    assert world.everything() == before


WRONG: list[tuple[Any, dict[str, str]]] = [
    ([{"day": "2027-01-01", "name": "A"}], {"days.0.day": "out_of_range"}),
    ([DECREE[0], DECREE[0]], {"days.1.day": "said_twice"}),
    ([{"day": "2026-02-30", "name": "A"}], {"days.0.day": "impossible_date"}),
    ([{"day": "2026-01-01", "name": " "}], {"days.0.name": "required"}),
    ([{"day": "2026-01-01", "name": "x" * 121}], {"days.0.name": "too_long"}),
    ([{"day": "2026-01-01"}], {"days.0.name": "required"}),
    ([{**DECREE[0], "moon": 1}], {"days.0.moon": "unknown_field"}),
    ("all", {"days": "wrong_type"}),
    (
        [DECREE[0], {"day": "2025-01-01", "name": ""}],
        {"days.1.day": "out_of_range", "days.1.name": "required"},
    ),
]


def test_a_list_with_wrong_rows_names_each_and_changes_nothing(world, subtests):
    put(world)
    before = world.everything()
    for days, wrong in WRONG:
        with subtests.test(wrong=str(wrong)):
            answer = put(world, days=days)
            assert answer.status_code == 422, answer.text
            assert {one["field"]: one["code"] for one in answer.json["fields"]} == wrong
            assert world.everything() == before


def test_an_unknown_source_is_refused(world):
    answer = put(world, body={"source": "gossip"})
    assert [(one["field"], one["code"]) for one in answer.json["fields"]] == [
        ("source", "wrong_code")
    ]


@pytest.mark.parametrize(("query", "status"), [("", 422), ("?year=soon", 422), ("?year=1899", 404)])
def test_a_year_that_cannot_be_is_not_shown(world, query, status):
    assert world.ask("GET", f"/holidays{query}").status_code == status


def test_a_list_of_a_year_that_cannot_be_is_refused(world):
    assert put(world, days=[], year=1899).status_code == 422


def test_broken_json_is_a_problem_document(world):
    answer = world.ask(
        "PUT",
        "/holidays/2026",
        HEAD,
        data="{not json",
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_a_case_manager_keeps_no_holidays(world):
    answer = world.ask("PUT", "/holidays/2026", json={"source": "unit", "days": []})
    assert answer.status_code == 403
