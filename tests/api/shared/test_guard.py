"""Nobody comes past the guard: scopes, roles, revoked access, and routes that name no access."""

from datetime import timedelta

import pytest
from flask import Blueprint
from sqlalchemy import select

from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import Scope
from shared.http.factory import make_app
from shared.http.guard import RouteWithoutAccess, access_of, anyone
from shared.http.routes import Routes
from shared.identifiers import new_id
from shared.storage.revocations import revoke
from tests.support.issuer import a_token, bearer
from tests.support.parts import parts_over
from tests.support.sheet_app import PREFIX
from tests.support.sheets import kept, kit

OFFICER = Role.PETUGAS_PENGADUAN


def scopes(*named):
    return " ".join(scope.value for scope in named)


def test_an_application_with_an_open_route_does_not_start(ground):
    bare = Routes("bare", __name__, url_prefix="/bare")
    bare.get("/forgotten")(lambda: "")

    with pytest.raises(RouteWithoutAccess, match="/bare/forgotten"):
        make_app(parts_over(ground), title="Toy", routes=[bare])


@pytest.mark.parametrize("endpoint", ["static", "x"])
def test_a_page_that_names_no_access_does_not_start_either(ground, endpoint):
    pages = Blueprint("pages", __name__)
    pages.add_url_rule("/page", endpoint, lambda: "")

    with pytest.raises(RouteWithoutAccess, match="/page"):
        make_app(parts_over(ground), title="Toy", pages=[pages])


def test_what_dresses_an_application_is_checked_too(ground):
    def dress(app):
        app.add_url_rule("/static/<path:name>", "static", lambda name: name)

    with pytest.raises(RouteWithoutAccess, match="/static"):
        make_app(parts_over(ground), title="Toy", dress=dress)


def test_a_route_that_says_why_it_is_open_may_start(ground):
    bare = Routes("bare", __name__, url_prefix="/bare")
    bare.get("")(anyone("a test")(lambda: "hello"))

    app = make_app(parts_over(ground), title="Toy", routes=[bare])

    assert app.test_client().get("/bare").text == "hello"


def test_every_route_of_an_application_says_who_may_use_it(app):
    said = {
        rule.rule: access_of(app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()
    }

    assert all(said.values())
    assert said[f"{PREFIX}/<uuid:sheet_id>"].scopes
    assert said["/api/intake/v1/openapi.json"].why_open


def test_a_caller_needs_all_the_scopes_a_route_names(web, ground):
    sheet = kept(ground)

    def remove(*named):
        token = a_token(Publisher.INTAKE, OFFICER, scope=scopes(*named))
        return web.delete(f"{PREFIX}/{sheet.id}", headers=bearer(token)).status_code

    assert remove(Scope.REPORT_WRITE) == 403
    assert remove(Scope.CASE_MANAGE) == 403
    assert remove() == 403
    assert remove(Scope.REPORT_WRITE, Scope.CASE_MANAGE) == 204


def test_a_caller_needs_a_role_of_the_policy(web, officer):
    answer = web.get(f"{PREFIX}/settings", headers=officer)
    head = bearer(a_token(Publisher.INTAKE, Role.KEPALA_UPTD))

    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")
    assert web.get(f"{PREFIX}/settings", headers=head).status_code == 200


def test_a_refusal_comes_before_the_body_is_looked_at(web, auditor):
    answer = web.post(PREFIX, data=b"{", content_type="application/json", headers=auditor)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer x.y.z"},
        {"Authorization": "Bearer \xe4.\xf6.\xfc"},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "DPoP " + a_token(Publisher.INTAKE, OFFICER)},
        {"Authorization": a_token(Publisher.INTAKE, OFFICER)},
        {"Authorization": "Bearer " + a_token(Publisher.REFERRAL, Role.PENDAMPING)},
    ],
)
def test_whatever_is_wrong_with_a_token_the_answer_is_the_same(web, header):
    answer = web.get(PREFIX, headers=header)
    told = answer.json | {"correlation_id": ""}

    bare = web.get(PREFIX).json | {"correlation_id": ""}
    assert (answer.status_code, told) == (401, bare)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_in_the_address_or_a_body_is_no_token(web):
    token = a_token(Publisher.INTAKE, OFFICER)

    assert web.get(f"{PREFIX}?access_token={token}").status_code == 401
    assert web.post(PREFIX, json={"access_token": token}).status_code == 401


@pytest.mark.parametrize("subject", ["person", "session", "org"])
def test_revoked_access_ends_at_the_next_call_and_a_new_token_is_good_again(web, ground, subject):
    who = {"person": new_id(), "session": new_id(), "org": new_id()}
    before = int(now().timestamp())
    old = bearer(a_token(Publisher.INTAKE, OFFICER, **who, iat=before - 2))
    assert web.get(PREFIX, headers=old).status_code == 200

    with ground.database.begin() as connection:
        moment = now() - timedelta(seconds=1)
        revoke(connection, kit.revocations, who[subject], moment)
    refused = web.get(PREFIX, headers=old)
    new = bearer(a_token(Publisher.INTAKE, OFFICER, **who, iat=int(now().timestamp()) + 1))

    assert (refused.status_code, refused.json["code"]) == (401, "token_revoked")
    assert web.get(PREFIX, headers=new).status_code == 200
    with ground.database.begin() as connection:
        query = select(kit.audit.rows.c.actor_id, kit.audit.rows.c.note)
        assert connection.execute(query).all() == [(who["person"], "token_revoked")]


def test_an_earlier_revocation_does_not_undo_a_later_one(web, ground):
    person = new_id()
    token = bearer(a_token(Publisher.INTAKE, OFFICER, person=person))
    with ground.database.begin() as connection:
        for moment in (now() + timedelta(seconds=2), now() - timedelta(days=1)):
            revoke(connection, kit.revocations, person, moment)

    assert web.get(PREFIX, headers=token).json["code"] == "token_revoked"


def test_nobody_else_is_touched_by_a_revocation(web, ground, officer):
    with ground.database.begin() as connection:
        revoke(connection, kit.revocations, new_id(), now() + timedelta(days=1))

    assert web.get(PREFIX, headers=officer).status_code == 200
