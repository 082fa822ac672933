"""The JSON API: who may manage whom, what is shown once, and what the others are told."""

from typing import Any
from uuid import UUID

import pytest
from joserfc.jwk import ECKey
from sqlalchemy import select

from services.auth.domain.person import Person
from services.auth.storage import tables
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.roles import Role
from shared.contracts.vocabulary import InstitutionKind
from shared.identifiers import new_id
from tests.api.auth.world import World

ROOT = "/api/auth/v1"


class Caller:
    """Somebody with a real token for auth."""

    def __init__(self, world: World, sign_in: str) -> None:
        told = world.redeemed(world.signed_in(sign_in), resource="urn:rajut:auth").json
        self.refresh_token = told["refresh_token"]
        self._world = world
        self._headers = {"Authorization": f"Bearer {told['access_token']}"}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self._world.client().open(
            ROOT + path, method=method, json=body, headers=self._headers | headers
        )


@pytest.fixture
def admin(world: World) -> Caller:
    world.a_person("admin", Role.ADMIN_SISTEM)
    return Caller(world, "admin")


def second_admin(world: World) -> Caller:
    world.a_person("admin2", Role.ADMIN_SISTEM)
    return Caller(world, "admin2")


def newcomer(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "institution_id": str(world.unit.id),
        "name": "Ani Contoh",
        "sign_in": "ani",
        "roles": ["PENDAMPING"],
    } | changed


def test_an_administrator_invites_somebody_and_the_code_is_shown_once(
    world: World, admin: Caller
) -> None:
    answer = admin("POST", "/people", newcomer(world))

    assert answer.status_code == 201
    assert answer.json["person"]["standing"] == "invited"
    assert answer.json["code"].startswith("U-")
    shown = admin("GET", f"/people/{answer.json['person']['id']}")
    assert shown.json["sign_in"] == "ani"
    assert "code" not in shown.json
    assert "password" not in shown.text
    with world.ground.database.engine.connect() as connection:
        for table in (tables.people, tables.invitations):
            kept = str(connection.execute(table.select()).all())
            assert answer.json["code"] not in kept
            assert "Ani" not in kept


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"roles": []}, "roles"),
        ({"roles": ["RAJA"]}, "roles.0"),
        ({"roles": ["MESIN_MITRA"]}, "roles"),
        ({"roles": ["PEKERJA_MITRA"]}, "roles"),
        ({"roles": ["ADMIN_SISTEM", "PENDAMPING"]}, "roles"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"sign_in": "A B"}, "sign_in"),
        ({"institution_id": "x"}, "institution_id"),
        ({"standing": "active"}, "standing"),
        ({"password_hash": "x"}, "password_hash"),
    ],
    ids=str,
)
def test_what_is_not_right_names_its_field_and_changes_nothing(
    world: World, admin: Caller, changed: dict[str, Any], field: str
) -> None:
    answer = admin("POST", "/people", newcomer(world, **changed))

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert [row["field"] for row in answer.json["fields"]] == [field]
    with begin(world.ground) as work:
        assert len(work.people.find()) == 1


def test_a_name_to_sign_in_with_is_given_once(world: World, admin: Caller) -> None:
    admin("POST", "/people", newcomer(world))
    again = admin("POST", "/people", newcomer(world, sign_in="ANI"))
    assert (again.status_code, again.json["code"]) == (409, "already_there")


def test_the_same_key_does_once_what_tells_a_secret_and_tells_it_once(
    world: World, admin: Caller
) -> None:
    siti = world.a_person("siti", Role.PENDAMPING)
    second_admin(world)("POST", f"/people/{siti.id}/reset")
    machine = {"institution_id": str(world.hospital.id), "name": "Lab"}
    for path, body, told in (
        ("/people", newcomer(world), "code"),
        ("/machines", machine, "secret"),
        (f"/people/{siti.id}/reset", None, "code"),
    ):
        key = {"Idempotency-Key": str(new_id())}
        first = admin("POST", path, body, **key)
        second = admin("POST", path, body, **key)
        other = admin("POST", path, {"other": "x"}, **key)

        assert first.json[told], path
        assert (second.status_code, second.json["code"]) == (409, "answered_before"), path
        assert first.json[told] not in second.text
        assert other.json["code"] == "idempotency_key_reused"
    with world.ground.database.begin() as connection:
        kept = connection.execute(select(tables.kit.idempotency.c.answer)).scalars().all()
    assert kept == [None] * 3, "no answer that tells a secret is kept"


def test_nobody_gives_herself_a_role_or_stops_herself(world: World, admin: Caller) -> None:
    with begin(world.ground) as work:
        me = work.people.by_sign_in("admin")
    assert me is not None

    for method, path, body in (
        ("PUT", f"/people/{me.id}/roles", {"roles": ["AUDITOR"]}),
        ("POST", f"/people/{me.id}/stop", None),
        ("POST", f"/people/{me.id}/reset", None),
    ):
        answer = admin(method, path, body)
        assert (answer.status_code, answer.json["code"]) == (403, "second_person_needed")


def test_other_roles_are_told_to_everybody(world: World, admin: Caller) -> None:
    siti = world.a_person("siti", Role.PENDAMPING)
    answer = admin("PUT", f"/people/{siti.id}/roles", {"roles": ["SUPERVISOR"]})
    assert answer.json["roles"] == ["SUPERVISOR"]
    assert world.events("access.revoked") == 1


def test_who_is_stopped_is_out_here_at_the_very_next_call(world: World, admin: Caller) -> None:
    siti = world.a_person("siti", Role.KEPALA_UPTD)
    hers = Caller(world, "siti")
    assert hers("GET", "/people").status_code == 200

    assert admin("POST", f"/people/{siti.id}/stop").json["standing"] == "stopped"

    answer = hers("GET", "/people")
    assert (answer.status_code, answer.json["code"]) == (401, "token_revoked")
    again = admin("POST", f"/people/{siti.id}/stop")
    assert (again.status_code, again.json["code"]) == (409, "move_not_allowed")


def test_a_reset_needs_two_administrators(world: World, admin: Caller) -> None:
    siti = world.a_person("siti", Role.PENDAMPING)

    one = admin("POST", f"/people/{siti.id}/reset")
    same = admin("POST", f"/people/{siti.id}/reset")
    two = second_admin(world)("POST", f"/people/{siti.id}/reset")

    assert one.json["code"] is same.json["code"] is None
    assert one.json["person"]["standing"] == "active"
    assert two.json["code"].startswith("U-")
    assert two.json["person"]["standing"] == "invited"
    assert world.events("access.revoked") == 1


def test_staff_read_the_names_of_their_own_institution_only(world: World) -> None:
    world.a_person("siti", Role.MANAJER_KASUS)
    world.a_person("dokter", Role.PEKERJA_MITRA, institution=world.hospital)
    hers = Caller(world, "siti")

    names = hers("GET", "/people").json

    assert [row["name"] for row in names] == ["Siti Contoh"]
    assert set(names[0]) == {"id", "name", "roles", "standing"}
    dokter = person(world, "dokter")
    assert hers("GET", f"/people/{dokter.id}/name").status_code == 404
    assert hers("GET", f"/people/{dokter.id}").status_code == 403


def test_a_service_asks_for_any_name(world: World) -> None:
    siti = world.a_person("siti", Role.MANAJER_KASUS)
    grant = {"grant_type": "client_credentials", "resource": "urn:rajut:auth"}
    token = world.token(grant, name="svc-intake").json["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    answer = world.client().get(f"{ROOT}/people/{siti.id}/name", headers=headers)
    unit = world.client().get(f"{ROOT}/institutions/{world.unit.id}", headers=headers)

    assert answer.json["name"] == "Siti Contoh"
    assert unit.json["name"] == "UPTD PPA Contoh"


def person(world: World, sign_in: str) -> Person:
    with begin(world.ground) as work:
        found = work.people.by_sign_in(sign_in)
    assert found is not None
    return found


def test_an_administrator_does_not_reach_into_another_unit(world: World, admin: Caller) -> None:
    made = admin("POST", "/institutions", {"kind": "UPTD_PPA", "name": "Unit Lain"}).json
    first = admin("POST", "/people", newcomer(world, institution_id=made["id"]))
    assert first.status_code == 201

    second = admin("POST", "/people", newcomer(world, institution_id=made["id"], sign_in="budi"))
    other = first.json["person"]["id"]

    assert second.status_code == 404
    assert admin("GET", f"/people/{other}").status_code == 404
    assert admin("POST", f"/people/{other}/stop").status_code == 404
    assert admin("POST", f"/institutions/{made['id']}/suspension").status_code == 404


def test_an_institution_is_registered_suspended_and_reinstated(world: World, admin: Caller) -> None:
    made = admin("POST", "/institutions", {"kind": "POLRES_PPA", "name": "Polres Contoh"})
    assert made.status_code == 201
    where = f"/institutions/{made.json['id']}"

    assert admin("POST", f"{where}/suspension").json["standing"] == "suspended"
    assert admin("POST", f"{where}/suspension").status_code == 409
    assert admin("POST", f"{where}/reinstatement").json["standing"] == "active"

    assert world.events("institution.registered") == 3
    assert world.events("institution.suspended") == 1
    assert world.events("institution.reinstated") == 1
    assert world.events("access.revoked") == 1
    listed = admin("GET", "/institutions").json
    assert [row["name"] for row in listed] == sorted(row["name"] for row in listed)


def test_nobody_suspends_the_unit_she_stands_in(world: World, admin: Caller) -> None:
    answer = admin("POST", f"/institutions/{world.unit.id}/suspension")
    assert (answer.status_code, answer.json["code"]) == (403, "second_person_needed")


def a_jwk() -> dict[str, Any]:
    return dict(ECKey.generate_key("P-256").as_dict(private=False))


def test_a_machine_comes_with_keys_or_gets_a_secret_once(world: World, admin: Caller) -> None:
    body = {"institution_id": str(world.hospital.id), "name": "Lab"}

    signing = admin("POST", "/machines", body | {"jwks": {"keys": [a_jwk()]}})
    telling = admin("POST", "/machines", body)

    assert (signing.status_code, signing.json["secret"]) == (201, None)
    assert len(telling.json["secret"]) == 43
    assert telling.json["secret"] not in admin("GET", "/machines").text
    assert len(admin("GET", "/machines").json) == 3


def test_keys_of_a_machine_change_and_never_leave_it_without_one(
    world: World, admin: Caller
) -> None:
    where = f"/machines/{world.machine.id}"
    old = world.machine.keys[0]["kid"]

    assert admin("DELETE", f"{where}/keys/{old}").json["code"] == "last_key"
    assert len(admin("POST", f"{where}/keys", a_jwk()).json["keys"]) == 2
    assert admin("POST", f"{where}/keys", a_jwk()).json["code"] == "too_many_keys"
    assert len(admin("DELETE", f"{where}/keys/{old}").json["keys"]) == 1
    assert admin("POST", f"{where}/stop").json["standing"] == "stopped"
    assert world.events("access.revoked") == 2


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "EC"},
        dict(ECKey.generate_key("P-256").as_dict(private=True)),
        dict(ECKey.generate_key("P-384").as_dict(private=False)),
        a_jwk() | {"x": "A" * 43},
        {"kty": "RSA", "n": "x", "e": "AQAB"},
    ],
    ids=["nothing", "private", "P-384", "not on the curve", "RSA"],
)
def test_only_a_public_p256_key_is_taken(world: World, admin: Caller, key: Any) -> None:
    answer = admin("POST", f"/machines/{world.machine.id}/keys", key)
    assert answer.status_code == 422


def test_the_fronts_and_services_themselves_are_out_of_reach(world: World, admin: Caller) -> None:
    with begin(world.ground) as work:
        front = work.machines.first(tables.machines.c.client_id == "staff-web")
    assert front is not None
    assert admin("POST", f"/machines/{front.id}/stop").status_code == 404


def test_one_sees_and_ends_ones_own_sessions(world: World) -> None:
    world.a_person("siti", Role.PENDAMPING)
    world.a_person("ani", Role.PENDAMPING)
    hers, others = Caller(world, "siti"), Caller(world, "ani")
    mine = hers("GET", "/sessions").json
    assert len(mine) == 1

    assert others("DELETE", f"/sessions/{mine[0]['id']}").status_code == 404
    assert hers("DELETE", f"/sessions/{mine[0]['id']}").status_code == 204

    assert hers("GET", "/sessions").json["code"] == "token_revoked"
    assert world.refreshed(hers.refresh_token).json["error"] == "invalid_grant"
    assert others("GET", "/sessions").status_code == 200


def test_an_administrator_signs_somebody_out_everywhere(world: World, admin: Caller) -> None:
    siti = world.a_person("siti", Role.PENDAMPING)
    hers = Caller(world, "siti")

    assert admin("DELETE", f"/people/{siti.id}/sessions").status_code == 204

    assert hers("GET", "/sessions").status_code == 401
    assert world.refreshed(hers.refresh_token).json["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/institutions"),
        ("POST", "/institutions"),
        ("POST", "/people"),
        ("GET", "/machines"),
        ("POST", "/machines"),
        ("PUT", f"/people/{UUID(int=1)}/roles"),
        ("DELETE", f"/people/{UUID(int=1)}/sessions"),
    ],
)
def test_who_handles_cases_manages_nobody(world: World, method: str, path: str) -> None:
    world.a_person("kepala", Role.KEPALA_UPTD, Role.SUPERVISOR)
    answer = Caller(world, "kepala")(method, path, {})
    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")


def test_without_a_token_there_is_nothing(world: World) -> None:
    for path in ("/people", "/institutions", "/machines", "/sessions"):
        answer = world.client().get(ROOT + path)
        assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")


def test_everything_is_written_to_the_trail(world: World, admin: Caller) -> None:
    admin("POST", "/people", newcomer(world))
    with world.ground.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT action, outcome FROM audit").all()
    assert ("invite_person", "wrote") in [tuple(row) for row in rows]
    assert ("sign_in", "wrote") in [tuple(row) for row in rows]


def test_every_kind_of_institution_can_be_registered(world: World, admin: Caller) -> None:
    for kind in InstitutionKind:
        answer = admin("POST", "/institutions", {"kind": kind.value, "name": kind.value})
        assert answer.status_code == 201
    assert now() > world.unit.registered_at
