"""The administrator's pages: the first way in leads somewhere, and no further than it should."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from services.auth.app import create_app
from services.auth.storage.work import begin
from shared.contracts.roles import Role
from shared.http.calls import in_process
from shared.http.guard import PARTS
from shared.http.parts import Parts
from tests.api.auth.world import (
    COMPILED,
    KEYS,
    URL,
    World,
    a_world,
    csrf_of,
    lent_app,
    password_form,
)

HOME = "/auth/kelola"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = a_world(database_url)
    parts = made.app.extensions[PARTS]
    made.app = lent_app(made.ground, "administration", lambda _: an_administration(parts))
    made.a_person("admin", Role.ADMIN_SISTEM)
    yield made
    made.ground.database.close()


def an_administration(parts: Parts) -> Flask:
    made: list[Flask] = []
    calls = in_process(lambda: made[0], URL)
    made.append(create_app(replace(parts, calls=calls, machines={"admin-web": KEYS["admin-web"]})))
    made[0].jinja_env.bytecode_cache = COMPILED
    return made[0]


def came_in(world: World, sign_in: str = "admin") -> tuple[Client, TestResponse]:
    browser = world.client()
    address = browser.get(browser.get(HOME).location).location.removeprefix(URL)
    answer = browser.post(address, data=password_form(browser.get(address), sign_in))
    shown = browser.get(answer.location)
    typed = {"_csrf": csrf_of(shown), "code": world.code_of(sign_in)}
    back = browser.post(answer.location, data=typed).location.removeprefix(URL)
    return browser, browser.get(back, follow_redirects=True)


def invited(world: World, browser: Client, **changed: Any) -> TestResponse:
    where = f"{HOME}/lembaga/{world.unit.id}/undang"
    typed = {"name": "Ani Contoh", "sign_in": "ani", "roles": ["PENDAMPING", "SUPERVISOR"]}
    return browser.post(where, data={"_csrf": csrf_of(browser.get(where))} | typed | changed)


def test_an_administrator_invites_somebody_and_sees_her_code_once(world: World) -> None:
    browser, start = came_in(world)
    assert start.status_code == 200
    assert "UPTD PPA Contoh" in start.text

    told = invited(world, browser)

    assert re.search(r"U-[0-9A-Z]{17}", told.text)
    assert told.headers["Cache-Control"] == "no-store"
    after = browser.get(HOME).text
    assert "Ani Contoh" in after
    assert "U-" not in after
    english = browser.get(HOME + "?bahasa=en").text
    assert "Case companion, Supervisor" in english
    assert "Invited, not in yet" in english


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"sign_in": "x"}, "sign_in"),
        ({"roles": []}, "roles"),
        ({"roles": ["RAJA"]}, "roles"),
        ({"roles": ["ADMIN_SISTEM", "PENDAMPING"]}, "roles"),
        ({"sign_in": "admin"}, "sign_in"),
    ],
    ids=str,
)
def test_what_is_not_right_is_shown_with_what_was_typed(
    world: World, changed: dict[str, Any], field: str
) -> None:
    browser, _ = came_in(world)
    again = invited(world, browser, **changed)

    assert again.status_code == 422
    assert f'href="#{field}"' in again.text
    assert "name" in changed or "Ani Contoh" in again.text
    with begin(world.ground) as work:
        assert len(work.people.find()) == 1


def test_an_institution_is_registered_and_shown(world: World) -> None:
    browser, _ = came_in(world)
    where = f"{HOME}/lembaga"
    csrf = csrf_of(browser.get(where))

    wrong = browser.post(where, data={"_csrf": csrf, "name": "X", "kind": "BANK"})
    right = browser.post(where, data={"_csrf": csrf, "name": "Polres Contoh", "kind": "POLRES_PPA"})

    assert wrong.status_code == 422
    assert "Polres Contoh" in browser.get(right.location).text
    assert world.events("institution.registered") == 3


def test_somebody_is_stopped_and_a_lost_device_needs_two_administrators(world: World) -> None:
    siti = world.a_person("siti", Role.PENDAMPING)
    browser, start = came_in(world)
    form = {"_csrf": csrf_of(start)}

    waiting = browser.post(f"{HOME}/orang/{siti.id}/kode", data=form)
    stopped = browser.post(f"{HOME}/orang/{siti.id}/henti", data=form, follow_redirects=True)

    assert "U-" not in waiting.text
    assert "Dihentikan" in stopped.text
    assert world.events("access.revoked") == 1


def test_who_handles_cases_does_not_come_in_here(world: World) -> None:
    world.a_person("siti", Role.KEPALA_UPTD)
    _, answer = came_in(world, "siti")
    assert answer.status_code == 403
