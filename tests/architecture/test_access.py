"""Every address of every service says who may use it; no scope belongs to another service."""

from dataclasses import replace
from importlib import import_module
from uuid import UUID

import pytest

from deploy.services import PATHS, services
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import AUDIENCE
from shared.http.guard import access_of
from shared.security.own_key import own_keys
from tests.support.issuer import a_token, bearer
from tests.support.parts import ground_over, parts_over

EXAMPLES = {"UUIDConverter": UUID(int=1), "IntegerConverter": 1, "PathConverter": "a/b"}


@pytest.fixture(scope="module", params=list(Publisher))
def publisher(request):
    return request.param


@pytest.fixture(scope="module")
def app(publisher, tmp_path_factory):
    """The application of a service; create_app raises when a route names no access."""
    known = services()[publisher]
    folder = tmp_path_factory.mktemp("access")
    ground = ground_over(f"sqlite:///{folder / 'one'}", publisher, known.metadata, known.kit)
    machines = own_keys(publisher, folder / "machines.json")
    parts = replace(parts_over(ground), machines=machines)
    yield import_module(f"services.{publisher}.app").create_app(parts)
    ground.database.close()


def rules(app):
    """Each address with its methods and what it says about itself."""
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        yield f"{methods} {rule.rule}", access_of(app.view_functions[rule.endpoint])


def test_every_address_names_its_access(app):
    said = dict(rules(app))

    assert said
    assert not [where for where, access in said.items() if access is None]


def test_what_anybody_may_use_says_why(app):
    bare = [
        where
        for where, access in rules(app)
        if access.policy is None and not access.scopes and not access.why_open.strip()
    ]

    assert not bare


def test_what_not_everybody_may_use_names_roles(app):
    assert not [
        where
        for where, access in rules(app)
        if access.policy is not None and not access.policy.roles
    ]


def test_a_machines_address_needs_a_scope_that_a_token_for_this_service_carries(app, publisher):
    foreign = [
        where
        for where, access in rules(app)
        if access.policy is not None
        and " /api/" in where
        and not (access.scopes and access.scopes <= AUDIENCE[publisher])
    ]

    assert not foreign


def guarded(app, *, machines):
    """An address, method and example path of each route that is not for everybody."""
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        if access.why_open or rule.rule.startswith("/api/") is not machines:
            continue
        values = {name: _example(kind) for name, kind in rule._converters.items()}
        with app.test_request_context():
            path = app.url_map.bind("127.0.0.1:8000").build(rule.endpoint, values)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}", method, path


def _example(converter):
    one_of = sorted(getattr(converter, "items", ()))
    return one_of[0] if one_of else EXAMPLES.get(type(converter).__name__, "1")


def answers(app, *, machines, headers=()):
    web = app.test_client()
    return {
        where: web.open(path, method=method, headers=dict(headers), json={}).status_code
        for where, method, path in guarded(app, machines=machines)
    }


def test_a_stranger_comes_into_no_address_of_the_api(app):
    assert set(answers(app, machines=True).values()) <= {401}


def test_a_token_that_carries_nothing_comes_into_no_address_of_the_api(app, publisher):
    token = a_token(publisher, *Role, scope="")

    assert set(answers(app, machines=True, headers=bearer(token)).values()) <= {403}


def test_a_stranger_sees_no_page_that_is_not_for_everybody(app):
    shown = answers(app, machines=False)

    assert not {where: status for where, status in shown.items() if status in {200, 204, 500}}


def test_no_address_stands_outside_the_prefixes_of_its_service(app, publisher):
    strange = [where for where, _ in rules(app) if not _belongs(where.split(" ")[1], publisher)]

    assert not strange


def _belongs(path, publisher):
    if path.startswith("/static/"):
        return True
    return next(of for prefix, of in PATHS if path.startswith(prefix)) is publisher
