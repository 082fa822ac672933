"""Every address of every service says who may use it; no scope belongs to another service."""

from dataclasses import replace
from importlib import import_module

import pytest

from deploy.services import PATHS, services
from shared.contracts.event import Publisher
from shared.contracts.scopes import AUDIENCE
from shared.http.guard import access_of
from shared.security.own_key import own_keys
from tests.support.parts import ground_over, parts_over


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


def test_no_address_stands_outside_the_prefixes_of_its_service(app, publisher):
    strange = [where for where, _ in rules(app) if not _belongs(where.split(" ")[1], publisher)]

    assert not strange


def _belongs(path, publisher):
    if path.startswith("/static/"):
        return True
    return next(of for prefix, of in PATHS if path.startswith(prefix)) is publisher
