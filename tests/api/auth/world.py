"""A small world for the tests of auth: a unit, a hospital, two fronts, and those who sign in."""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pyotp
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.test import Client, TestResponse

from services.auth.actions.first_party import FIRST_PARTY, ensure_first_party
from services.auth.actions.institutions import register_institution
from services.auth.actions.machines import register_machine
from services.auth.actions.signing import jwks
from services.auth.app import create_app
from services.auth.domain.grants import resource_of
from services.auth.domain.institution import Institution
from services.auth.domain.machine import Machine
from services.auth.domain.password import hashed
from services.auth.domain.person import Newcomer, Person
from services.auth.storage import tables
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.vocabulary import InstitutionKind
from shared.http.calls import Calls
from shared.http.parts import Parts, WebSettings
from shared.identifiers import new_id
from shared.security.keys import PublicKeys
from shared.security.tokens import TokenVerifier, audience_of
from shared.storage.work import Ground
from tests.support.parts import ground_over

URL = "http://127.0.0.1:8000"
ISSUER = f"{URL}/auth"
PASSWORD = "kereta kuda biru tujuh"
HASHED = hashed(PASSWORD)
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
BACK = f"{URL}/masuk/kembali"
KEYS = {name: ECKey.generate_key("P-256") for name in FIRST_PARTY}


class Compiled(BytecodeCache):
    """Templates compiled once for all worlds; compiling them anew takes seconds a test."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
KNOWN = "tests.known_keys"


@dataclass
class World:
    """The ground, the application, and who is there."""

    ground: Ground
    app: Flask
    unit: Institution
    hospital: Institution
    machine: Machine
    machine_key: ECKey
    secrets: dict[str, str] = field(default_factory=dict)

    def a_person(
        self, sign_in: str, *roles: Role, institution: Institution | None = None
    ) -> Person:
        """Somebody who has enrolled; her device's secret is in ``secrets``."""
        newcomer = Newcomer(name="Siti Contoh", sign_in=sign_in, roles=frozenset(roles))
        person = Person.invite(institution or self.unit, newcomer, at=now())
        secret = pyotp.random_base32()
        person.enrol(password_hash=HASHED, totp_secret=secret, at=now())
        with begin(self.ground) as work:
            work.people.add(person)
        self.secrets[sign_in] = secret
        return person

    def client(self) -> Client:
        """A browser or a machine of its own."""
        return self.app.test_client()

    def code_of(self, sign_in: str) -> str:
        """What her device shows now."""
        return pyotp.TOTP(self.secrets[sign_in]).now()

    def assertion(self, name: str = "", **changed: Any) -> str:
        """A good assertion of a client, with claims changed (None takes one away)."""
        key, client_id = self._key(name)
        return an_assertion(key, client_id, **changed)

    def as_client(self, name: str = "") -> dict[str, str]:
        """The parameters by which a client shows who it is."""
        return {
            "client_assertion_type": ASSERTION,
            "client_assertion": self.assertion(name),
        }

    def token(self, given: dict[str, str], *, name: str = "", **more: Any) -> TestResponse:
        """Ask the token endpoint as a client (the hospital's machine when not named)."""
        return self.client().post("/auth/token", data=self.as_client(name) | given, **more)

    def machine_token(self) -> TestResponse:
        """Ask for a token as the hospital's machine."""
        return self.token({"grant_type": "client_credentials"})

    def signed_in(self, sign_in: str) -> "Trip":
        """Sign in through the staff front, up to the code."""
        trip = Trip()
        browser = self.client()
        answer = browser.get(trip.address())
        answer = browser.post(trip.address(), data=password_form(answer, sign_in))
        if answer.status_code == 303 and "code=" not in answer.location:
            page = browser.get(answer.location)
            typed = {"_csrf": csrf_of(page), "code": self.code_of(sign_in)}
            answer = browser.post(answer.location, data=typed)
        trip.came_back(answer)
        return trip

    def redeemed(self, trip: "Trip", **more: str) -> TestResponse:
        """Redeem the code of a trip."""
        return self.token(trip.redemption() | more, name="staff-web")

    def refreshed(self, refresh_token: str, service: Publisher = Publisher.INTAKE) -> TestResponse:
        """Ask for the next token of a session."""
        given = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "resource": resource_of(service),
        }
        return self.token(given, name="staff-web")

    def events(self, topic: str) -> int:
        """How many events of a topic wait to leave."""
        rows = tables.kit.outbox.rows
        with self.ground.database.begin() as connection:
            found = connection.execute(rows.select().where(rows.c.topic == topic))
            return len(found.all())

    def verifier(self, service: Publisher) -> TokenVerifier:
        """How a service checks our tokens."""
        keys = PublicKeys(lambda: jwks(self.ground))
        return TokenVerifier(issuer=ISSUER, audience=audience_of(service), keys=keys)

    def _key(self, name: str) -> tuple[ECKey, str]:
        return (KEYS[name], name) if name else (self.machine_key, self.machine.client_id)


@dataclass
class Trip:
    """One way of a browser through the sign-in: what it asks with and what it came back with."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    back: dict[str, str] = field(default_factory=dict)

    def question(self) -> dict[str, str]:
        """The parameters of the authorization request."""
        challenge = hashlib.sha256(self.verifier.encode()).digest()
        return {
            "response_type": "code",
            "client_id": "staff-web",
            "redirect_uri": BACK,
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "resource": resource_of(Publisher.INTAKE),
        }

    def address(self, **changed: str | None) -> str:
        """The address the browser is sent to; None takes a parameter away."""
        asked = {name: value for name, value in (self.question() | changed).items() if value}
        return "/auth/authorize?" + urlencode(asked)

    def came_back(self, answer: TestResponse) -> None:
        """Note what the browser was sent back with."""
        assert answer.status_code == 303, answer.text
        self.back = {
            name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()
        }

    def redemption(self) -> dict[str, str]:
        """The parameters that redeem the code."""
        return {
            "grant_type": "authorization_code",
            "code": self.back["code"],
            "redirect_uri": BACK,
            "code_verifier": self.verifier,
        }


def a_world(url: str, **named: Any) -> World:
    """A world over an empty database."""
    ground = ground_over(url, Publisher.AUTH, tables.metadata, tables.kit)
    key = ECKey.generate_key("P-256")
    with begin(ground) as work:
        unit = register_institution(
            work, None, kind=InstitutionKind.UPTD_PPA, name="UPTD PPA Contoh", at=now()
        )
        hospital = register_institution(
            work, None, kind=InstitutionKind.RS, name="RSUD Contoh", at=now()
        )
        machine, _ = register_machine(
            work,
            None,
            institution_id=hospital.id,
            name="SIMRS",
            jwks={"keys": [key.as_dict(private=False)]},
            at=now(),
        )
        public = {name: key.as_dict(private=False) for name, key in KEYS.items()}
        ensure_first_party(work, public, public_url=URL, at=now())
    app = _new_app(ground, **named) if named else lent_app(ground, "auth", _new_app)
    app.extensions[KNOWN].forget()
    return World(ground, app, unit, hospital, machine, key)


def lent_app(ground: Ground, name: str, make: Callable[[Ground], Flask]) -> Flask:
    """The application of this name over a ground, made when the ground is lent the first time."""
    apps = ground.database.apps
    if name not in apps:
        apps[name] = make(ground)
    return apps[name]


def _new_app(ground: Ground, **named: Any) -> Flask:
    keys = KnownKeys(lambda: jwks(ground))
    app = create_app(_parts(ground, keys), **named)
    app.jinja_env.bytecode_cache = COMPILED
    app.extensions[KNOWN] = keys
    return app


class KnownKeys(PublicKeys):
    """Forgets the keys of the test before."""

    def __init__(self, fetch: Callable[[], Any]) -> None:
        super().__init__(fetch)
        self._first = fetch

    def forget(self) -> None:
        super().__init__(self._first)


def _parts(ground: Ground, keys: PublicKeys) -> Parts:
    audience = audience_of(Publisher.AUTH)
    return Parts(
        ground=ground,
        verifier=TokenVerifier(issuer=ISSUER, audience=audience, keys=keys),
        calls=Calls(_nobody),
        web=WebSettings(public_url=URL),
    )


def _nobody(publisher: Publisher) -> Any:
    raise AssertionError(f"auth calls nobody, not even {publisher}")


def an_assertion(key: Any, client_id: str, **changed: Any) -> str:
    """A signed assertion; ``header`` changes the header, None takes a claim away."""
    at = int(now().timestamp())
    header = {"alg": "ES256", "typ": "JWT"} | changed.pop("header", {})
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": ISSUER,
        "iat": at,
        "exp": at + 60,
        "jti": str(new_id()),
    } | changed
    return jwt.encode(header, {n: v for n, v in claims.items() if v is not None}, key)


def csrf_of(page: TestResponse) -> str:
    """The token of the form on a page."""
    found = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def password_form(page: TestResponse, sign_in: str, password: str = PASSWORD) -> dict[str, str]:
    """The filled-in form of the first step."""
    return {"_csrf": csrf_of(page), "sign_in": sign_in, "password": password}
