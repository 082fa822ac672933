"""The code for a signed-in person and her family of refresh tokens, with every trap on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from services.auth.actions.institutions import suspend_institution
from services.auth.actions.people import change_roles, stop_person
from services.auth.domain.person import Person
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import AUDIENCE, GRANTED
from shared.identifiers import new_id
from shared.security.actor import Actor, ActorKind
from tests.api.auth.world import BACK, ISSUER, Trip, World, password_form


@pytest.fixture
def siti(world: World) -> Person:
    return world.a_person("siti", Role.MANAJER_KASUS)


def test_somebody_signs_in_and_the_front_gets_her_tokens(world: World, siti: Person) -> None:
    trip = world.signed_in("siti")

    assert trip.back["state"] == trip.state
    assert trip.back["iss"] == ISSUER
    told = world.redeemed(trip).json
    actor, _ = world.verifier(Publisher.INTAKE).verify(told["access_token"])
    assert (actor.id, actor.kind, actor.org) == (siti.id, ActorKind.PERSON, world.unit.id)
    assert actor.scopes == GRANTED[Role.MANAJER_KASUS] & AUDIENCE[Publisher.INTAKE]
    assert actor.session_id is not None
    assert told["expires_in"] == 300


def test_one_session_has_a_token_for_each_service_and_each_only_for_one(
    world: World, siti: Person
) -> None:
    told = world.redeemed(world.signed_in("siti")).json
    sessions = set()
    for service in Publisher:
        told = world.refreshed(told["refresh_token"], service).json
        actor, _ = world.verifier(service).verify(told["access_token"])
        assert actor.scopes <= AUDIENCE[service]
        sessions.add(actor.session_id)
        for other in set(Publisher) - {service}:
            with pytest.raises(Exception, match="not_signed_in"):
                world.verifier(other).verify(told["access_token"])
    assert len(sessions) == 1


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"resource": "urn:bank"}, "invalid_target"),
    ],
    ids=str,
)
def test_a_request_that_is_not_right_goes_back_before_anybody_signs_in(
    world: World, changed: dict[str, Any], error: str
) -> None:
    answer = world.client().get(Trip().address(**changed))

    assert answer.status_code == 303
    back = parse_qs(urlsplit(answer.location).query)
    assert answer.location.startswith(BACK + "?")
    assert back["error"] == [error]
    assert back["iss"] == [ISSUER]
    assert "state" in back
    assert "code" not in back


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": BACK + "/"},
        {"redirect_uri": BACK + "?x=1"},
        {"redirect_uri": BACK.upper()},
        {"redirect_uri": BACK + "#x"},
        {"redirect_uri": BACK.replace("127.0.0.1", "127.0.0.1@evil.example")},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": None},
        {"client_id": "nobody"},
        {"client_id": None},
    ],
    ids=str,
)
def test_nobody_is_ever_sent_to_an_address_that_is_not_a_fronts_own(
    world: World, changed: dict[str, Any]
) -> None:
    answer = world.client().get(Trip().address(**changed))
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize("name", ["response_type", "redirect_uri", "client_id", "scope", "state"])
@pytest.mark.parametrize("value", ["é", "\x00", "\r\nSet-Cookie: a=b", "\ud7ff", '"<script>'])
def test_strange_letters_are_no_fault_of_ours(world: World, name: str, value: str) -> None:
    answer = world.client().get(Trip().address(**{name: value}))
    assert answer.status_code in {200, 303, 400}
    assert "<script>" not in answer.text
    posted = world.token({"grant_type": "client_credentials", name: value})
    assert posted.status_code in {200, 400, 401}


def test_a_partners_system_sends_no_browser_here(world: World) -> None:
    answer = world.client().get(Trip().address(client_id=world.machine.client_id))
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "response_type",
        "client_id",
        "redirect_uri",
        "state",
        "scope",
        "code_challenge",
        "code_challenge_method",
        "resource",
    ],
)
def test_a_parameter_given_twice_is_refused(world: World, name: str) -> None:
    trip = Trip()
    twice = (trip.question() | {"scope": "case:read"})[name]
    answer = world.client().get(trip.address(scope="case:read") + f"&{name}={twice}")
    assert answer.status_code == 400 or "error=invalid" in answer.location


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "x" * 43},
        {"code_verifier": ""},
        {"code_verifier": "é" * 43},
        {"redirect_uri": BACK + "/"},
        {"redirect_uri": ""},
        {"code": "unknown"},
        {"resource": "urn:bank"},
    ],
    ids=str,
)
def test_a_code_is_bound_to_everything_it_was_made_with(
    world: World, siti: Person, changed: dict[str, str]
) -> None:
    trip = world.signed_in("siti")
    answer = world.redeemed(trip, **changed)
    assert answer.status_code == 400
    assert "access_token" not in answer.json
    assert world.redeemed(trip).status_code == 200


def test_a_missing_verifier_is_refused(world: World, siti: Person) -> None:
    given = world.signed_in("siti").redemption()
    del given["code_verifier"]
    assert world.token(given, name="staff-web").status_code == 400


def test_another_client_cannot_redeem_a_code(world: World, siti: Person) -> None:
    trip = world.signed_in("siti")
    assert world.token(trip.redemption(), name="partner-portal").json["error"] == "invalid_grant"
    assert world.token(trip.redemption()).json["error"] == "unauthorized_client"
    assert world.redeemed(trip).status_code == 200


def test_a_code_is_good_for_a_minute(world: World, siti: Person) -> None:
    trip = world.signed_in("siti")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=61)):
        assert world.redeemed(trip).json["error"] == "invalid_grant"


def test_a_code_shown_again_ends_what_came_of_it(world: World, siti: Person) -> None:
    trip = world.signed_in("siti")
    told = world.redeemed(trip).json

    again = world.redeemed(trip)

    assert (again.status_code, again.json["error"]) == (400, "invalid_grant")
    assert world.refreshed(told["refresh_token"]).json["error"] == "invalid_grant"
    assert world.events("access.revoked") == 1


def test_a_refresh_token_is_good_once_and_shown_again_ends_the_family(
    world: World, siti: Person
) -> None:
    first = world.redeemed(world.signed_in("siti")).json["refresh_token"]
    second = world.refreshed(first).json["refresh_token"]
    assert second != first

    assert world.refreshed(first).json["error"] == "invalid_grant"

    assert world.refreshed(second).json["error"] == "invalid_grant"
    assert world.events("access.revoked") == 1


def test_a_stolen_refresh_token_is_nothing_without_the_fronts_key(
    world: World, siti: Person
) -> None:
    token = world.redeemed(world.signed_in("siti")).json["refresh_token"]
    given = {
        "grant_type": "refresh_token",
        "refresh_token": token,
        "resource": "urn:rajut:referral",
    }

    assert world.token(given, name="partner-portal").json["error"] == "invalid_grant"
    assert world.token(given).json["error"] == "unauthorized_client"
    assert world.refreshed(token).status_code == 200


def test_a_wrong_wish_costs_nobody_her_session(world: World, siti: Person) -> None:
    told = world.redeemed(world.signed_in("siti")).json
    for wish in ({"resource": "urn:bank"}, {"resource": ""}, {"scope": "everything"}):
        given = {
            "grant_type": "refresh_token",
            "refresh_token": told["refresh_token"],
            "resource": "urn:rajut:intake",
        }
        assert world.token(given | wish, name="staff-web").status_code == 400
    assert world.refreshed(told["refresh_token"]).status_code == 200


def test_what_was_asked_at_sign_in_is_the_most_there_is(world: World, siti: Person) -> None:
    trip = Trip()
    browser = world.client()
    address = trip.address(scope="case:read report:read")
    answer = browser.post(address, data=password_form(browser.get(address), "siti"))
    page = browser.get(answer.location)
    from tests.api.auth.world import csrf_of

    typed = {"_csrf": csrf_of(page), "code": world.code_of("siti")}
    trip.came_back(browser.post(answer.location, data=typed))
    told = world.redeemed(trip).json

    assert told["scope"] == "case:read report:read"
    given = {"grant_type": "refresh_token", "resource": "urn:rajut:intake"}
    wider = world.token(
        given | {"refresh_token": told["refresh_token"], "scope": "case:write"}, name="staff-web"
    )
    assert wider.json["error"] == "invalid_scope"


@pytest.mark.parametrize(("minutes", "good"), [(29, True), (31, False)])
def test_a_session_rests_thirty_minutes_at_most(
    world: World, siti: Person, minutes: int, good: bool
) -> None:
    told = world.redeemed(world.signed_in("siti")).json
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        answer = world.refreshed(told["refresh_token"])
    assert (answer.status_code == 200) is good


def test_a_session_is_over_after_ten_hours_however_busy(world: World, siti: Person) -> None:
    told = world.redeemed(world.signed_in("siti")).json
    begun = datetime.now(UTC)
    for step in range(1, 24):
        with time_machine.travel(begun + timedelta(minutes=25 * step)):
            answer = world.refreshed(told["refresh_token"])
        told = answer.json
    assert answer.status_code == 200
    with time_machine.travel(begun + timedelta(hours=10, seconds=1)):
        assert world.refreshed(told["refresh_token"]).json["error"] == "invalid_grant"


def an_administrator(world: World) -> Actor:
    return Actor(
        id=new_id(), kind=ActorKind.PERSON, org=world.unit.id, org_kind=world.unit.kind,
        roles=frozenset({Role.ADMIN_SISTEM}), scopes=frozenset(), machine_id="staff-web",
    )  # fmt: skip


def test_who_was_stopped_or_suspended_gets_no_next_token(world: World, siti: Person) -> None:
    told = world.redeemed(world.signed_in("siti")).json
    with begin(world.ground) as work:
        stop_person(work, an_administrator(world), siti.id, at=now())
    assert world.refreshed(told["refresh_token"]).json["error"] == "invalid_grant"

    world.a_person("ani", Role.PENDAMPING)
    told = world.redeemed(world.signed_in("ani")).json
    with begin(world.ground) as work:
        suspend_institution(work, None, world.unit.id, at=now())
    assert world.refreshed(told["refresh_token"]).json["error"] == "invalid_grant"


def test_another_role_is_in_the_very_next_token(world: World, siti: Person) -> None:
    told = world.redeemed(world.signed_in("siti")).json
    with begin(world.ground) as work:
        change_roles(
            work, an_administrator(world), siti.id, roles=frozenset({Role.ADMIN_DATA}), at=now()
        )

    told = world.refreshed(told["refresh_token"]).json

    actor, _ = world.verifier(Publisher.INTAKE).verify(told["access_token"])
    assert actor.roles == {Role.ADMIN_DATA}
    assert world.events("access.revoked") == 1


def test_signing_out_ends_the_session_everywhere(world: World, siti: Person) -> None:
    told = world.redeemed(world.signed_in("siti")).json

    given = world.as_client("staff-web") | {"token": told["refresh_token"]}
    assert world.client().post("/auth/revoke", data=given).status_code == 200

    assert world.refreshed(told["refresh_token"]).json["error"] == "invalid_grant"
    assert world.events("access.revoked") == 1
