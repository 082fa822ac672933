from typing import Any

import pytest

from shared.contracts.protection import UnitKind
from shared.contracts.roles import Role
from shared.identifiers import new_id
from tests.support.intake import child, consent_answers, report_answers, safety_answers


def test_a_stranger_is_not_let_in(office: Any) -> None:
    assert office.web.get("/api/intake/v1/cases").status_code == 401


@pytest.mark.parametrize(
    "role", [Role.PEKERJA_MITRA, Role.AUDITOR, Role.ADMIN_SISTEM, Role.KEPALA_DINAS]
)
def test_who_does_not_work_on_cases_reads_none(office: Any, role: Role) -> None:
    assert office.person(role).get("/cases").status_code == 403


def test_a_kelurahan_agent_writes_reports_and_reads_none(office: Any) -> None:
    agent = office.person(Role.SATGAS)

    filed = agent.post("/reports", report_answers())

    assert filed.status_code == 201
    assert set(filed.json) == {
        "id", "code", "received_at", "risk", "entered_late", "version", "warnings",
    }  # fmt: skip
    assert agent.get("/reports").status_code == 403
    assert agent.get(f"/reports/{filed.json['id']}").status_code == 403


def test_another_unit_sees_neither_the_report_nor_the_case(
    office: Any, case: dict[str, Any]
) -> None:
    elsewhere = office.person(Role.KEPALA_UPTD, unit=new_id())

    assert elsewhere.get(f"/cases/{case['id']}").status_code == 404
    assert elsewhere.get(f"/reports/{case['report_id']}").status_code == 404
    assert elsewhere.get("/cases").json == []
    assert elsewhere.get("/reports").json == []


def test_a_case_belongs_to_who_works_on_it(
    office: Any, case: dict[str, Any], officer: Any, manager: Any, supervisor: Any
) -> None:
    others = [office.person(Role.MANAJER_KASUS), office.person(Role.PENDAMPING)]

    assert [who.get(f"/cases/{case['id']}").status_code for who in others] == [404, 404]
    for who in (officer, manager, supervisor):
        assert who.get(f"/cases/{case['id']}").status_code == 200


def test_a_companion_sees_the_case_from_when_she_walks_along(
    office: Any, case: dict[str, Any], manager: Any
) -> None:
    companion = office.person(Role.PENDAMPING)

    manager.made(f"/cases/{case['id']}/companion", {"companion_id": str(companion.id)})

    assert companion.get(f"/cases/{case['id']}").status_code == 200


def test_a_case_nobody_has_taken_on_is_seen_by_whoever_may(office: Any, officer: Any) -> None:
    report = officer.made("/reports", report_answers())
    opened = officer.made("/cases", {"report_id": report["id"]})

    assert office.person(Role.MANAJER_KASUS).get(f"/cases/{opened['id']}").status_code == 200
    assert office.person(Role.TENAGA_AHLI).get(f"/cases/{opened['id']}").status_code == 404


def test_only_a_manager_assigns(case: dict[str, Any], officer: Any) -> None:
    body = {"manager_id": str(new_id())}

    assert officer.post(f"/cases/{case['id']}/assignment", body).status_code == 403


def test_danger_is_told_at_once(office: Any, officer: Any) -> None:
    filed = officer.made(
        "/reports", report_answers() | {"safety": safety_answers(injured_now="YA")}
    )

    assert filed["risk"] == "TINGGI"
    assert office.topics() == ["report.received", "report.screened"]


def test_each_person_of_a_report_may_become_a_case_of_her_own(officer: Any, manager: Any) -> None:
    two = report_answers(persons=[child(name="Melati"), child(name="Kenanga")])
    report = officer.made("/reports", two)

    opened = [officer.made("/cases", {"report_id": report["id"], "person": n}) for n in (0, 1)]

    names = [manager.get(f"/cases/{one['id']}").json["person"]["name"] for one in opened]
    numbers = [manager.get(f"/cases/{one['id']}").json["number"][:4] for one in opened]
    assert (names, numbers) == (["Melati", "Kenanga"], ["0001", "0002"])
    assert officer.post("/cases", {"report_id": report["id"], "person": 2}).status_code == 422
    again = officer.post("/cases", {"report_id": report["id"], "person": 1})
    assert (again.status_code, again.json["code"]) == (409, "already_there")


def test_the_guardian_in_conflict_is_refused_for_a_child(officer: Any, manager: Any) -> None:
    harmed = report_answers(persons=[child(guardian_conflict=True)])
    report = officer.made("/reports", harmed)
    opened = officer.made("/cases", {"report_id": report["id"]})

    answer = manager.post(
        f"/cases/{opened['id']}/consents", consent_answers(giver="PARENT", child_assent="YA")
    )

    assert (answer.status_code, answer.json["code"]) == (409, "guardian_conflict")


def test_no_personal_word_lies_in_clear_in_the_database(
    office: Any, officer: Any, case: dict[str, Any]
) -> None:
    from sqlalchemy import select

    from services.intake.storage.tables import metadata

    with office.ground.database.begin() as connection:
        everything = "".join(
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        )

    for secret in ("Mawar", "rahasia", "0800-0000-1234", "9972055207930001", "kue"):
        assert secret not in everything


def test_a_lists_page_follows_the_last_one(officer: Any) -> None:
    for _ in range(3):
        officer.made("/reports", report_answers())

    first = officer.get("/reports?limit=2")
    link = first.headers["Link"].split(">")[0].removeprefix("</api/intake/v1")
    second = officer.get(link)

    ids = [one["id"] for one in first.json + second.json]
    assert len(set(ids)) == 3
    assert "Link" not in second.headers


@pytest.mark.parametrize("role", [Role.KEPALA_UPTD, Role.ADMIN_SISTEM])
def test_nobody_opens_another_unit_or_moves_its_clock(office: Any, role: Role) -> None:
    theirs = office.person(Role.KEPALA_UPTD)
    theirs.made("/units", {"unit_id": str(theirs.unit), "kind": UnitKind.TRAINING})
    keeper = office.person(role, unit=new_id())
    before = office.everything()

    opened = keeper.post("/units", {"unit_id": str(new_id()), "kind": UnitKind.TRAINING})
    moved = keeper.post(f"/units/{theirs.unit}/clock", {"offset_seconds": 60})

    assert (opened.status_code, moved.status_code) == (403, 403)
    assert office.everything() == before
    own = {"unit_id": str(keeper.unit), "kind": UnitKind.SANDBOX}
    assert keeper.made("/units", own)["kind"] == "sandbox"


def test_the_head_of_the_unit_opens_a_training_unit_and_moves_its_clock(office: Any) -> None:
    head = office.person(Role.KEPALA_UPTD)
    unit = str(head.unit)

    head.made("/units", {"unit_id": unit, "kind": UnitKind.TRAINING})
    moved = head.made(f"/units/{unit}/clock", {"offset_seconds": -3600})

    assert moved["clock_offset_seconds"] == -3600
    assert head.post("/units", {"unit_id": unit, "kind": "real"}).status_code == 409
    assert office.topics() == ["unit.opened", "unit.clock_set"]


def test_the_code_lists_are_open_to_everybody(office: Any) -> None:
    listed = office.web.get("/api/intake/v1/codes/CL16").json

    assert {"code": "PSI_TERAPI", "id": "Konseling lanjutan/terapi", "en": "Therapy"} in listed
    assert len(office.web.get("/api/intake/v1/codes/AREA").json) == 43
    assert office.web.get("/api/intake/v1/codes/CL99").status_code == 404
