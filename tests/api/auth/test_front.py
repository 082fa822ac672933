"""A front of a toy service over the real auth: signing in, pages, forms, tokens, leaving."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from flask import Blueprint, Flask, request
from sqlalchemy import MetaData
from werkzeug.test import Client, TestResponse

from services.auth.actions.people import change_roles, stop_person
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import STAFF, Role
from shared.http.calls import in_process
from shared.http.factory import make_app
from shared.http.guard import actor
from shared.http.parts import Parts, WebSettings
from shared.identifiers import new_id
from shared.security.actor import Actor, ActorKind
from shared.security.keys import PublicKeys
from shared.security.policy import Policy
from shared.security.tokens import TokenVerifier, audience_of
from shared.storage.columns import CONVENTION
from shared.storage.kit import kit_tables
from shared.storage.revocations import revoke
from shared.web.front import Front, front, page
from shared.web.front_gate import inside
from shared.web.pages import prepare
from tests.api.auth.world import (
    COMPILED,
    ISSUER,
    KEYS,
    URL,
    World,
    a_world,
    csrf_of,
    password_form,
)
from tests.support.parts import ground_over

TWELVE = 12
EVERYONE = Policy("everyone", "Every member of the staff.", STAFF)
HEADS = Policy("heads", "The head of the unit.", frozenset({Role.KEPALA_UPTD}))
metadata = MetaData(naming_convention=CONVENTION)
kit = kit_tables(metadata)


def toy_pages() -> Blueprint:
    pages = Blueprint("toy", __name__)

    @pages.get("/")
    @page(EVERYONE)
    def start() -> str:
        return f'{actor().id} <input name="_csrf" value="{front().csrf()}">'

    @pages.get("/tokens")
    @page(EVERYONE)
    def tokens() -> dict[str, str]:
        return {service.value: front().token_for(service) for service in Publisher}

    @pages.get("/heads")
    @page(HEADS)
    def heads() -> str:
        return "heads"

    @pages.get("/form")
    @page(EVERYONE)
    def form() -> dict[str, Any]:
        return dict(front().typed().to_dict(flat=False))

    @pages.post("/form")
    @page(EVERYONE, changes=True)
    def change() -> str:
        front().flash("done", request.form["word"])
        return "changed"

    @pages.get("/done")
    @page(EVERYONE)
    def done() -> list[Any]:
        return [front().flashed("done"), front().flashed("done")]

    return pages


@dataclass
class Toy:
    world: World
    app: Flask
    parts: Parts

    def browser(self) -> Client:
        return self.app.test_client()

    def signed_in(self, sign_in: str = "siti", to: str = "/") -> Client:
        browser = self.browser()
        answer = self.sign_in(browser, browser.get(to), sign_in)
        assert (answer.status_code, answer.location) == (303, to), answer.text
        return browser

    def sign_in(self, browser: Client, sent: TestResponse, sign_in: str = "siti") -> TestResponse:
        """Follow a redirect to the sign-in page, sign in at auth, and come back."""
        at_auth = self.world.client()
        address = browser.get(sent.location).location.removeprefix(URL)
        answer = at_auth.post(address, data=password_form(at_auth.get(address), sign_in))
        if "code=" not in answer.location:
            shown = at_auth.get(answer.location)
            typed = {"_csrf": csrf_of(shown), "code": self.world.code_of(sign_in)}
            answer = at_auth.post(answer.location, data=typed)
        return browser.get(answer.location.removeprefix(URL))


@pytest.fixture
def toy(database_url: str, tmp_path: Path) -> Iterator[Toy]:
    world = a_world(f"sqlite:///{tmp_path / 'auth.sqlite3'}")
    world.a_person("siti", Role.MANAJER_KASUS)
    world.a_person("ani", Role.PENDAMPING)
    made = _toy(world, database_url)
    yield made
    world.ground.database.close()
    made.parts.ground.database.close()


def _toy(world: World, url: str) -> Toy:
    calls = in_process(lambda: world.app, URL)
    keys = PublicKeys(lambda: calls.to(Publisher.AUTH).get("/auth/jwks"))
    parts = Parts(
        ground=ground_over(url, Publisher.INTAKE, metadata, kit),
        verifier=TokenVerifier(issuer=ISSUER, audience=audience_of(Publisher.INTAKE), keys=keys),
        calls=calls,
        web=WebSettings(public_url=URL),
        machines={"staff-web": KEYS["staff-web"]},
    )
    app = make_app(parts, title="toy", pages=[toy_pages()])
    prepare(app)
    app.jinja_env.bytecode_cache = COMPILED
    Front(parts, name="staf", machine="staff-web", home="/", roles=STAFF).join(app)
    return Toy(world, app, parts)


def test_somebody_is_sent_to_sign_in_and_comes_back_where_she_was(toy: Toy) -> None:
    browser = toy.signed_in(to="/tokens?x=1")

    answer = browser.get("/")

    assert answer.status_code == 200
    with begin(toy.world.ground) as work:
        siti = work.people.by_sign_in("siti")
    assert siti is not None
    assert str(siti.id) in answer.text


def test_the_browser_holds_a_number_and_no_token(toy: Toy) -> None:
    browser = toy.signed_in()
    cookie = browser.get_cookie("staf")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    assert len(cookie.value) == 43
    with toy.parts.ground.database.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM front_sessions").all())
    token = browser.get("/tokens").json["intake"]
    assert cookie.value not in kept
    assert token not in kept


def test_the_number_before_signing_in_is_worth_nothing_after(toy: Toy) -> None:
    browser = toy.browser()
    sent = browser.get("/")
    before = browser.get_cookie("staf").value
    toy.sign_in(browser, sent)
    after = browser.get_cookie("staf").value

    assert before != after
    browser.set_cookie("staf", before)
    assert browser.get("/").status_code == 303


def test_one_visit_has_a_token_for_every_service(toy: Toy) -> None:
    tokens = toy.signed_in().get("/tokens").json

    for service in Publisher:
        who, _ = toy.world.verifier(service).verify(tokens[service.value])
        assert who.roles == {Role.MANAJER_KASUS}


def test_a_role_that_does_not_fit_is_a_page_and_a_row_of_the_trail(toy: Toy) -> None:
    answer = toy.signed_in().get("/heads")

    assert answer.status_code == 403
    assert answer.mimetype == "text/html"
    with toy.parts.ground.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT action, note FROM audit").all()
    assert ("GET /heads", "not_allowed") in [tuple(row) for row in rows]


def test_a_form_needs_the_token_of_its_own_visit(toy: Toy) -> None:
    browser, other = toy.signed_in(), toy.signed_in("ani")
    token, hers = csrf_of(browser.get("/")), csrf_of(other.get("/"))

    assert browser.post("/form", data={"word": "x"}).status_code == 403
    assert browser.post("/form", data={"word": "x", "_csrf": hers}).status_code == 403
    forged = browser.post(
        "/form", data={"word": "x", "_csrf": token}, headers={"Origin": "https://evil.example"}
    )
    assert forged.status_code == 403
    assert browser.post("/form", data={"word": "x", "_csrf": token}).text == "changed"


def test_what_was_kept_for_the_next_page_is_given_once(toy: Toy) -> None:
    browser = toy.signed_in()
    browser.post("/form", data={"word": "kata", "_csrf": csrf_of(browser.get("/"))})
    assert browser.get("/done").json == ["kata", None]


def test_what_was_typed_survives_signing_in_again(toy: Toy) -> None:
    browser = toy.browser()
    sent = browser.post("/form", data={"word": "panjang", "help": ["a", "b"]})
    assert sent.status_code == 303
    assert parse_qs(urlsplit(sent.location).query) == {"ke": ["/form"]}

    answer = toy.sign_in(browser, sent)

    assert answer.location == "/form"
    assert browser.get("/form").json == {"word": ["panjang"], "help": ["a", "b"]}
    assert browser.get("/form").json == {}


def test_signing_out_ends_the_visit_and_the_session_at_auth(toy: Toy) -> None:
    browser = toy.signed_in()
    cookie = browser.get_cookie("staf").value
    assert browser.post("/keluar").status_code == 403

    answer = browser.post("/keluar", data={"_csrf": csrf_of(browser.get("/"))})

    assert answer.status_code == 303
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert browser.get_cookie("staf") is None
    browser.set_cookie("staf", cookie)
    assert browser.get("/").status_code == 303
    assert toy.world.events("access.revoked") == 1


def test_a_token_is_renewed_before_it_ends(toy: Toy) -> None:
    browser = toy.signed_in()
    first = browser.get("/tokens").json["intake"]
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=200)):
        assert browser.get("/tokens").json["intake"] == first
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=280)):
        assert browser.get("/tokens").json["intake"] != first


def test_twelve_requests_at_once_renew_once_and_nobody_is_sent_away(toy: Toy) -> None:
    browser = toy.signed_in()
    cookie = browser.get_cookie("staf").value
    gate = Barrier(TWELVE)
    answers: list[int] = []

    def ask() -> None:
        mine = toy.browser()
        mine.set_cookie("staf", cookie)
        gate.wait(30)
        answers.append(mine.get("/").status_code)

    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=290)):
        threads = [Thread(target=ask) for _ in range(TWELVE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    assert Counter(answers) == {200: TWELVE}
    with begin(toy.world.ground) as work:
        assert len(work.refresh_tokens.find()) == 2
    assert toy.world.events("access.revoked") == 0


def an_administrator(toy: Toy) -> Actor:
    unit = toy.world.unit
    return Actor(
        id=new_id(), kind=ActorKind.PERSON, org=unit.id, org_kind=unit.kind,
        roles=frozenset({Role.ADMIN_SISTEM}), scopes=frozenset(), machine_id="staff-web",
    )  # fmt: skip


def siti_of(toy: Toy) -> Any:
    with begin(toy.world.ground) as work:
        return work.people.by_sign_in("siti")


def tell_the_front(toy: Toy, subject: Any) -> None:
    with toy.parts.ground.database.begin() as connection:
        revoke(connection, kit.revocations, subject, now())


def test_who_was_stopped_is_out_at_the_next_page(toy: Toy) -> None:
    browser = toy.signed_in()
    siti = siti_of(toy)
    with begin(toy.world.ground) as work:
        stop_person(work, an_administrator(toy), siti.id, at=now())
    tell_the_front(toy, siti.id)

    assert browser.get("/").status_code == 303


def test_another_role_holds_at_the_next_page_without_signing_in_again(toy: Toy) -> None:
    browser = toy.signed_in()
    siti = siti_of(toy)
    assert browser.get("/heads").status_code == 403
    with begin(toy.world.ground) as work:
        roles = frozenset({Role.KEPALA_UPTD})
        change_roles(work, an_administrator(toy), siti.id, roles=roles, at=now())
    tell_the_front(toy, siti.id)

    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
        assert browser.get("/heads").text == "heads"


def test_a_visit_rests_half_an_hour_at_most(toy: Toy) -> None:
    browser = toy.signed_in()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31)):
        assert browser.get("/").status_code == 303


@pytest.mark.parametrize(
    "changed",
    [{"state": "x"}, {"iss": "https://evil.example"}, {"code": "x"}, {"error": "server_error"}],
    ids=str,
)
def test_coming_back_with_what_was_not_asked_for_lets_nobody_in(
    toy: Toy, changed: dict[str, str]
) -> None:
    browser = toy.browser()
    sent = browser.get(browser.get("/").location).location
    state = parse_qs(urlsplit(sent).query)["state"][0]
    back = {"state": state, "iss": ISSUER} | changed

    answer = browser.get("/masuk/kembali", query_string=back)

    assert answer.status_code in {400, 401}
    assert browser.get("/").status_code == 303


def test_somebody_elses_way_back_lets_nobody_in(toy: Toy) -> None:
    mine, hers = toy.browser(), toy.browser()
    address = mine.get(mine.get("/").location).location.removeprefix(URL)
    hers.get(hers.get("/").location)
    at_auth = toy.world.client()
    answer = at_auth.post(address, data=password_form(at_auth.get(address), "siti"))
    typed = {"_csrf": csrf_of(at_auth.get(answer.location)), "code": toy.world.code_of("siti")}
    back = at_auth.post(answer.location, data=typed).location.removeprefix(URL)

    assert hers.get(back).status_code == 400
    assert mine.get(back).status_code == 303


def test_an_account_of_another_front_is_told_so(toy: Toy) -> None:
    toy.world.a_person("dokter", Role.PEKERJA_MITRA, institution=toy.world.hospital)
    browser = toy.browser()
    at_auth = toy.world.client()
    address = browser.get(browser.get("/").location).location.removeprefix(URL)
    sent = at_auth.post(address, data=password_form(at_auth.get(address), "dokter"))
    typed = {"_csrf": csrf_of(at_auth.get(sent.location)), "code": toy.world.code_of("dokter")}
    back = at_auth.post(sent.location, data=typed)

    assert "error=access_denied" in back.location
    assert browser.get(back.location.removeprefix(URL)).status_code == 403


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\nb", "/" * 3000],
)
def test_nobody_is_sent_elsewhere_after_signing_in(to: str) -> None:
    assert inside(to, otherwise="/") == "/"


def test_an_address_of_our_own_is_kept() -> None:
    assert inside("/kasus/1?x=2", otherwise="/") == "/kasus/1?x=2"
