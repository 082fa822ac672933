"""Who may see what: by role, by unit, by assignment; what is not visible is not found."""

import pytest

from shared.contracts.roles import PARTNERS, Role
from shared.http.guard import access_of
from shared.identifiers import new_id
from tests.api.monitoring.world import World, wita

TUESDAY = wita(3, 3, 9)


@pytest.fixture
def sent(case: World) -> World:
    case.hear(case.sent(new_id(), TUESDAY))
    return case


def paths(world: World) -> list[str]:
    return [
        f"/cases/{world.case}/timeline",
        f"/cases/{world.case}/records",
        "/tasks",
        "/deadlines",
        "/overview",
        "/deadline-rules",
        "/holidays?year=2026",
    ]


def test_without_a_token_nothing_is_shown(sent):
    answers = [sent.web.get(f"/api/monitoring/v1{path}") for path in paths(sent)]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json["code"] for answer in answers} == {"not_signed_in"}


def test_who_is_not_of_the_casework_is_refused(sent, subtests):
    for role in sorted(PARTNERS | {Role.ADMIN_SISTEM, Role.AUDITOR, Role.SATGAS}):
        with subtests.test(role=role):
            statuses = {sent.ask("GET", path, role).status_code for path in paths(sent)}
            assert statuses == {403}


def test_a_data_clerk_counts_and_reads_no_case(sent):
    assert sent.ask("GET", "/overview", Role.ADMIN_DATA).status_code == 200
    assert sent.ask("GET", f"/cases/{sent.case}/timeline", Role.ADMIN_DATA).status_code == 403
    assert sent.get("/tasks", Role.ADMIN_DATA)["items"] == []


def test_another_unit_finds_nothing(sent):
    other = new_id()
    for role in (Role.KEPALA_UPTD, Role.SUPERVISOR, Role.MANAJER_KASUS):
        answer = sent.ask("GET", f"/cases/{sent.case}/timeline", role, org=other)
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")
        assert sent.get("/deadlines", role, org=other)["items"] == []
        assert sent.get("/tasks", role, org=other)["items"] == []


def test_another_manager_does_not_find_the_case_and_its_supervisor_does(sent):
    path = f"/cases/{sent.case}/timeline"
    stranger = sent.ask("GET", path, Role.MANAJER_KASUS, person=new_id())
    assert stranger.status_code == 404
    assert sent.get("/deadlines", Role.MANAJER_KASUS, person=new_id())["items"] == []
    for role in (Role.SUPERVISOR, Role.KEPALA_UPTD):
        assert sent.ask("GET", path, role, person=new_id()).status_code == 200


def test_a_companion_sees_the_case_only_while_she_walks_along(sent):
    path, companion = f"/cases/{sent.case}/timeline", new_id()
    assert sent.ask("GET", path, Role.PENDAMPING, person=companion).status_code == 404
    sent.hear(sent.accompanied(companion))
    assert sent.ask("GET", path, Role.PENDAMPING, person=companion).status_code == 200
    sent.hear(sent.accompanied(None))
    assert sent.ask("GET", path, Role.PENDAMPING, person=companion).status_code == 404


def test_the_officer_who_opened_a_case_goes_on_seeing_it(sent):
    path = f"/cases/{sent.case}/timeline"
    shown = sent.ask("GET", path, Role.PETUGAS_PENGADUAN, person=sent.officer)
    assert shown.status_code == 200


def test_a_case_that_nobody_manages_is_seen_by_those_who_take_reports_in(world):
    world.hear(world.received(), world.opened())
    path = f"/cases/{world.case}/timeline"
    assert world.ask("GET", path, Role.PETUGAS_PENGADUAN).status_code == 200
    world.hear(world.assigned())
    assert world.ask("GET", path, Role.PETUGAS_PENGADUAN, person=new_id()).status_code == 404


def test_an_expert_sees_no_case_that_is_not_hers(sent):
    answer = sent.ask("GET", f"/cases/{sent.case}/timeline", Role.TENAGA_AHLI, person=new_id())
    assert answer.status_code == 404


def test_an_expert_who_sees_a_case_reads_neither_report_nor_consent(sent):
    shown = sent.get(f"/cases/{sent.case}/timeline", Role.TENAGA_AHLI)["items"]
    kinds = {line["kind"].split(".")[0] for line in shown}
    assert kinds == {"case", "referral"}


def test_every_route_but_health_and_documentation_names_scope_and_policy(sent):
    app = sent.web.application
    open_routes = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if (access := access_of(app.view_functions[rule.endpoint])) and access.policy is None
    }
    assert all(
        rule.endswith(("/healthz", "/readyz", "/metrics", "openapi.json")) for rule in open_routes
    )


@pytest.mark.parametrize("unknown", ["timeline", "records"])
def test_a_case_that_is_not_there_is_not_found(sent, unknown):
    answer = sent.ask("GET", f"/cases/{new_id()}/{unknown}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
