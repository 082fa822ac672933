"""Signing in and enrolling as a person does it, and as somebody who guesses would."""

import re
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pyotp
import pytest
import time_machine

from services.auth.actions.enrolment import first_admin_code
from services.auth.actions.institutions import suspend_institution
from services.auth.actions.people import invite_person, reset_person, stop_person
from services.auth.domain.person import Newcomer, Person
from services.auth.storage import tables
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.roles import Role
from tests.api.auth.world import PASSWORD, Trip, World, csrf_of, password_form

NEW_PASSWORD = "sembilan layang hijau"


@pytest.fixture
def siti(world: World) -> Person:
    return world.a_person("siti", Role.MANAJER_KASUS)


def tried(world: World, sign_in: str, password: str) -> Any:
    trip, browser = Trip(), world.client()
    page = browser.get(trip.address())
    return browser.post(trip.address(), data=password_form(page, sign_in, password))


def plain(page: Any) -> str:
    """A page without what differs each time it is shown."""
    text = re.sub(r'name="_csrf" value="[^"]+"', "", page.text)
    return re.sub(r'value="(siti|nobody|ani)"|state=[\w-]+|code_challenge=[\w-]+', "", text)


def test_unknown_wrong_stopped_and_not_yet_enrolled_get_the_same_answer(
    world: World, siti: Person
) -> None:
    with begin(world.ground) as work:
        ani, _ = invite_person(
            work,
            None,
            institution_id=world.unit.id,
            newcomer=Newcomer(name="Ani", sign_in="ani", roles=frozenset({Role.SATGAS})),
            at=now(),
        )
    answers = [
        tried(world, "nobody", PASSWORD),
        tried(world, "siti", "not the password"),
        tried(world, "ani", PASSWORD),
    ]
    with begin(world.ground) as work:
        stop_person(work, None, ani.id, at=now())
        suspend_institution(work, None, world.unit.id, at=now())
    answers += [tried(world, "ani", PASSWORD), tried(world, "siti", PASSWORD)]

    assert {answer.status_code for answer in answers} == {400}
    assert len({plain(answer) for answer in answers}) == 1


@pytest.mark.slow
def test_unknown_takes_as_long_as_wrong(world: World, siti: Person) -> None:
    def seconds(sign_in: str) -> float:
        start = perf_counter()
        tried(world, sign_in, "not the password")
        return perf_counter() - start

    seconds("warm")
    taken = [(seconds("nobody"), seconds("siti")) for _ in range(4)]

    unknown, wrong = (median(each) for each in zip(*taken, strict=True))
    assert 0.4 < unknown / wrong < 2.5


def test_the_sixth_try_waits_and_nobody_is_locked_out(world: World, siti: Person) -> None:
    for _ in range(5):
        assert tried(world, "siti", "not the password").status_code == 400

    waiting = tried(world, "siti", PASSWORD)
    assert waiting.status_code == 429
    assert tried(world, "nobody", PASSWORD).status_code == 400
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=31)):
        assert tried(world, "siti", PASSWORD).status_code == 303


def test_guessing_at_a_name_that_is_not_there_waits_just_the_same(world: World) -> None:
    statuses = [tried(world, "nobody", "not the password").status_code for _ in range(6)]
    assert statuses == [400] * 5 + [429]


def test_twenty_wrong_tries_from_one_address_wait_whoever_is_named(world: World) -> None:
    statuses = [tried(world, f"nobody{n}", "x").status_code for n in range(21)]
    assert statuses == [400] * 20 + [429]


def half_way(world: World, trip: Trip) -> tuple[Any, str, str]:
    browser = world.client()
    answer = browser.post(trip.address(), data=password_form(browser.get(trip.address()), "siti"))
    return browser, answer.location, csrf_of(browser.get(answer.location))


def test_a_code_of_the_device_is_good_once(world: World, siti: Person) -> None:
    code = world.code_of("siti")
    browser, address, csrf = half_way(world, Trip())
    assert browser.post(address, data={"_csrf": csrf, "code": code}).status_code == 303

    browser, address, csrf = half_way(world, Trip())
    assert browser.post(address, data={"_csrf": csrf, "code": code}).status_code == 400


def test_after_five_wrong_codes_it_begins_again_with_the_password(
    world: World, siti: Person
) -> None:
    browser, address, csrf = half_way(world, Trip())
    wrong = {"_csrf": csrf, "code": "000000"}
    pages = [browser.post(address, data=wrong).text for _ in range(5)]

    assert [('name="code"' in page) for page in pages] == [True] * 4 + [False]
    late = browser.post(address, data={"_csrf": csrf, "code": world.code_of("siti")})
    assert "code=" not in (late.location or "")


def test_wrong_codes_count_about_the_account_whichever_sign_in_they_are_shown_to(
    world: World, siti: Person
) -> None:
    first, second = half_way(world, Trip()), half_way(world, Trip())
    for browser, address, csrf in [first] * 3 + [second] * 2:
        assert browser.post(address, data={"_csrf": csrf, "code": "000000"}).status_code == 400

    browser, address, csrf = second
    right = {"_csrf": csrf, "code": world.code_of("siti")}
    assert browser.post(address, data=right).status_code == 429
    assert tried(world, "siti", PASSWORD).status_code == 429, "the password opens no other"
    later = datetime.now(UTC) + timedelta(seconds=31)
    with time_machine.travel(later):
        right["code"] = world.code_of("siti")
        assert "code=" in browser.post(address, data=right).location


def test_half_a_sign_in_for_one_front_serves_no_other(world: World, siti: Person) -> None:
    browser, _, csrf = half_way(world, Trip())
    code = {"_csrf": csrf, "code": world.code_of("siti")}
    assert browser.post(Trip().address(), data=code).status_code == 400


def test_the_second_step_alone_lets_nobody_in(world: World, siti: Person) -> None:
    browser, trip = world.client(), Trip()
    csrf = csrf_of(browser.get(trip.address()))
    answer = browser.post(trip.address(), data={"_csrf": csrf, "code": world.code_of("siti")})
    assert answer.status_code == 400


def test_a_form_from_elsewhere_lets_nobody_in(world: World, siti: Person) -> None:
    browser, trip = world.client(), Trip()
    form = password_form(browser.get(trip.address()), "siti")

    other = world.client().post(trip.address(), data=form)
    crossed = browser.post(trip.address(), data=form, headers={"Origin": "https://evil.example"})
    without = browser.post(trip.address(), data=form | {"_csrf": ""})

    assert {other.status_code, crossed.status_code, without.status_code} == {403}


def test_the_page_is_kept_by_nobody_and_framed_by_nobody(world: World) -> None:
    page = world.client().get(Trip().address())
    assert page.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert cookie.startswith("auth=")


def opened(world: World, code: str) -> tuple[Any, Any]:
    browser = world.client()
    csrf = csrf_of(browser.get("/auth/undangan"))
    return browser, browser.post("/auth/undangan", data={"_csrf": csrf, "kode": code})


def secret_on(page: Any) -> str:
    found = re.search(r'<code class="rajut-code">([A-Z2-7 ]+)</code>', page.text)
    assert found, page.text
    return found[1].replace(" ", "")


def filled_in(page: Any, code: str, **changed: str) -> dict[str, str]:
    return {
        "_csrf": csrf_of(page),
        "kode": code,
        "password": NEW_PASSWORD,
        "password_again": NEW_PASSWORD,
        "totp": pyotp.TOTP(secret_on(page)).now(),
    } | changed


def invited(world: World, *roles: Role) -> str:
    with begin(world.ground) as work:
        _, code = invite_person(
            work,
            None,
            institution_id=world.unit.id,
            newcomer=Newcomer(name="Ani Contoh", sign_in="ani", roles=frozenset(roles)),
            at=now(),
        )
    return code


def test_somebody_enrols_with_her_code_and_signs_in(world: World) -> None:
    code = invited(world, Role.MANAJER_KASUS)
    browser, page = opened(world, code.lower().replace("-", " "))
    assert "Ani Contoh" in page.text
    assert 'src="data:image/svg+xml' in page.text
    secret = secret_on(page)

    done = browser.post("/auth/undangan", data=filled_in(page, code))

    assert done.status_code == 200
    assert 'href="/" role' in done.text
    answer = tried(world, "ani", NEW_PASSWORD)
    assert answer.status_code == 303
    assert secret not in done.text
    assert opened(world, code)[1].status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": "pendek", "password_again": "pendek"}, "password"),
        ({"password": "password12345", "password_again": "password12345"}, "password"),
        ({"password_again": "lain sekali ini"}, "password_again"),
        ({"totp": "000000"}, "totp"),
        ({"totp": ""}, "totp"),
    ],
    ids=str,
)
def test_what_is_not_right_is_shown_and_the_code_stays_good(
    world: World, changed: dict[str, str], field: str
) -> None:
    code = invited(world, Role.MANAJER_KASUS)
    browser, page = opened(world, code)
    again = browser.post("/auth/undangan", data=filled_in(page, code, **changed))

    assert again.status_code == 422
    assert f'href="#{field}"' in again.text
    assert secret_on(again) == secret_on(page)
    assert NEW_PASSWORD not in again.text
    good = browser.post("/auth/undangan", data=filled_in(again, code))
    assert good.status_code == 200


def test_an_agent_of_the_kelurahan_needs_no_device(world: World) -> None:
    code = invited(world, Role.SATGAS)
    browser, page = opened(world, code)
    assert "rajut-code" not in page.text
    form = {"_csrf": csrf_of(page), "kode": code}
    form |= {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
    assert browser.post("/auth/undangan", data=form).status_code == 200

    answer = tried(world, "ani", NEW_PASSWORD)
    assert "code=" in answer.location


@pytest.mark.parametrize("code", ["", "U-", "U-0000000000000000X", "xyz", "é", "U" * 500])
def test_a_code_that_is_none_opens_nothing(world: World, code: str) -> None:
    answer = opened(world, code)[1]
    assert answer.status_code == 404
    assert "password" not in answer.text


def test_codes_cannot_be_tried_out(world: World) -> None:
    statuses = [opened(world, "U-0000000000000000X")[1].status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]


def test_a_code_is_good_for_three_days_and_a_later_one_voids_it(world: World) -> None:
    code = invited(world, Role.SATGAS)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=73)):
        assert opened(world, code)[1].status_code == 404

    with begin(world.ground) as work:
        ani = work.people.by_sign_in("ani")
        assert ani is not None
        _, later = reset_person(work, None, ani.id, at=now())
    assert [opened(world, str(one))[1].status_code for one in (code, later)] == [404, 200]


def test_the_first_administrator_makes_her_unit(world: World) -> None:
    code = first_admin_code(world.ground)
    assert code is not None
    first_page = world.client().get("/auth/pertama")
    assert first_page.status_code == 200
    browser, page = opened(world, code)
    assert 'name="unit_name"' in page.text

    typed = {"unit_name": "UPTD PPA Baru", "name": "Budi Contoh", "sign_in": "budi"}
    empty = browser.post("/auth/undangan", data=filled_in(page, code))
    done = browser.post("/auth/undangan", data=filled_in(empty, code, **typed))

    assert (empty.status_code, done.status_code) == (422, 200)
    assert first_admin_code(world.ground) is None
    with begin(world.ground) as work:
        budi = work.people.by_sign_in("budi")
        assert budi is not None
        unit = work.institutions.get(budi.institution_id)
    assert (budi.roles, unit.name) == ({Role.ADMIN_SISTEM}, "UPTD PPA Baru")
    assert world.events("institution.registered") == 3
    assert tried(world, "budi", NEW_PASSWORD).status_code == 303


def test_each_first_code_voids_the_one_before_and_none_is_good_later(world: World) -> None:
    first, second = first_admin_code(world.ground), first_admin_code(world.ground)
    assert first is not None
    assert second is not None
    assert opened(world, first)[1].status_code == 404
    assert opened(world, second)[1].status_code == 200

    world.a_person("siti", Role.PENDAMPING)
    assert opened(world, second)[1].status_code == 404
    assert first_admin_code(world.ground) is None


def test_nothing_secret_lies_readable_in_the_database(world: World) -> None:
    code = invited(world, Role.MANAJER_KASUS)
    browser, page = opened(world, code)
    secret = secret_on(page)
    browser.post("/auth/undangan", data=filled_in(page, code))
    trip, agent = Trip(), world.client()
    form = password_form(agent.get(trip.address()), "ani", NEW_PASSWORD)
    answer = agent.post(trip.address(), data=form)
    cookie = agent.get_cookie("auth")
    assert answer.status_code == 303
    assert cookie is not None

    with world.ground.database.engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            kept = str(connection.execute(table.select()).all())
            for hidden in (code, secret, NEW_PASSWORD, "Ani Contoh", "'ani'", cookie.value):
                assert hidden not in kept, table.name


def test_every_field_that_is_not_right_is_named_at_once(world: World) -> None:
    code = str(first_admin_code(world.ground))
    browser, page = opened(world, code)
    wrong = {"password": "pendek", "password_again": "lain", "totp": "1"}

    again = browser.post("/auth/undangan", data=filled_in(page, code, **wrong))

    for field in ("unit_name", "name", "sign_in", "password", "password_again", "totp"):
        assert f'href="#{field}"' in again.text


def test_the_code_shown_at_enrolment_opens_nothing_a_second_time(world: World) -> None:
    code = invited(world, Role.MANAJER_KASUS)
    browser, page = opened(world, code)
    form = filled_in(page, code)
    browser.post("/auth/undangan", data=form)

    agent, trip = world.client(), Trip()
    sign_in = password_form(agent.get(trip.address()), "ani", NEW_PASSWORD)
    address = agent.post(trip.address(), data=sign_in).location
    typed = {"_csrf": csrf_of(agent.get(address)), "code": form["totp"]}
    assert agent.post(address, data=typed).status_code == 400
