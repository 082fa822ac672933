"""Twelve at once, held together by a barrier just before using up: exactly one comes through."""

from collections import Counter
from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from services.auth.storage import tables
from shared.contracts.roles import Role
from tests.api.auth.world import ASSERTION, Trip, World, a_world, csrf_of, password_form

TWELVE = 12
_LIMIT = 60


class Meeting:
    """Lets requests go on together once all have read what they are about to use up."""

    def __init__(self) -> None:
        self.where = ""
        self.barrier = Barrier(TWELVE)

    def __call__(self, where: str) -> None:
        if where == self.where:
            self.barrier.wait(_LIMIT)


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


@pytest.fixture
def world(database_url: str, meeting: Meeting) -> Iterator[World]:
    made = a_world(database_url, pause=meeting)
    made.a_person("siti", Role.MANAJER_KASUS)
    yield made
    made.ground.database.close()


def together(ask: Callable[[], Any]) -> list[Any]:
    """The twelve answers."""
    answers: list[Any] = []
    threads = [Thread(target=lambda: answers.append(ask())) for _ in range(TWELVE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_LIMIT)
    assert len(answers) == TWELVE
    return answers


def statuses(answers: list[Any]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_a_code_is_redeemed_once(world: World, meeting: Meeting) -> None:
    trip = world.signed_in("siti")

    meeting.where = "code"
    answers = together(lambda: world.redeemed(trip))

    assert statuses(answers) == {200: 1, 400: TWELVE - 1}
    assert {a.json["error"] for a in answers if a.status_code == 400} == {"invalid_grant"}
    won = next(a for a in answers if a.status_code == 200)
    meeting.where = ""
    assert world.refreshed(won.json["refresh_token"]).json["error"] == "invalid_grant"
    assert world.events("access.revoked") == 1


def test_a_refresh_token_is_used_once(world: World, meeting: Meeting) -> None:
    token = world.redeemed(world.signed_in("siti")).json["refresh_token"]

    meeting.where = "refresh"
    answers = together(lambda: world.refreshed(token))

    assert statuses(answers) == {200: 1, 400: TWELVE - 1}
    assert {a.json["error"] for a in answers if a.status_code == 400} == {"invalid_grant"}
    won = next(a for a in answers if a.status_code == 200)
    meeting.where = ""
    assert world.refreshed(won.json["refresh_token"]).json["error"] == "invalid_grant"
    assert world.events("access.revoked") == 1


def test_an_assertion_is_taken_once(world: World, meeting: Meeting) -> None:
    given = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION,
        "client_assertion": world.assertion(),
    }

    meeting.where = "assertion"
    answers = together(lambda: world.client().post("/auth/token", data=given))

    assert statuses(answers) == {200: 1, 401: TWELVE - 1}


def test_a_code_of_the_device_lets_in_once(world: World) -> None:
    answers = shown_together(world, world.code_of("siti"))

    assert sum("code=" in (a.location or "") for a in answers) == 1
    # The others are wrong tries like any: five are, and whoever is later waits.
    assert statuses(answers) == {303: 1, 400: 5, 429: TWELVE - 6}


def test_wrong_codes_shown_together_are_counted_every_one(world: World) -> None:
    answers = shown_together(world, "000000")

    assert statuses(answers) == {400: 5, 429: TWELVE - 5}
    with world.ground.database.begin() as connection:
        assert len(connection.execute(tables.tries.select()).all()) == 5


def test_wrong_codes_shown_together_to_one_sign_in_are_counted_too(world: World) -> None:
    answers = shown_together(world, "000000", browsers=half_way(world) * TWELVE)

    assert set(statuses(answers)) <= {400, 429}
    with world.ground.database.begin() as connection:
        assert len(connection.execute(tables.tries.select()).all()) == 5
        assert connection.execute(select(tables.sign_ins.c.wrong_codes)).scalars().all() == [5]


HalfWay = tuple[Client, str, str]


def half_way(world: World) -> list[HalfWay]:
    """A browser that has shown the password, where it goes on, and the token of its form."""
    trip, browser = Trip(), world.client()
    form = password_form(browser.get(trip.address()), "siti")
    answer = browser.post(trip.address(), data=form)
    return [(browser, answer.location, csrf_of(browser.get(answer.location)))]


def shown_together(world: World, typed: str, *, browsers: list[HalfWay] | None = None) -> list[Any]:
    """Show one code from twelve half-way sign-ins, or from these, at the same moment."""
    left = browsers or [one for _ in range(TWELVE) for one in half_way(world)]
    gate = Barrier(TWELVE)

    def show() -> Any:
        browser, address, csrf = left.pop()
        gate.wait(_LIMIT)
        return browser.post(address, data={"_csrf": csrf, "code": typed})

    return together(show)
