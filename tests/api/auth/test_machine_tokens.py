"""client_credentials and how a client shows who it is: every trap of security.md 3 has a test."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from services.auth.actions.institutions import suspend_institution
from services.auth.actions.machines import add_key, register_machine, remove_key, stop_machine
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import GRANTED
from shared.security.actor import ActorKind
from tests.api.auth.world import ASSERTION, ISSUER, World, an_assertion

GRANT = {"grant_type": "client_credentials"}
REFUSED = {"error": "invalid_client", "error_description": "Client authentication failed."}


def basic(name: str, secret: str) -> dict[str, str]:
    given = base64.b64encode(f"{name}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {given}"}


def shown(world: World, assertion: str) -> Any:
    given = {"client_assertion_type": ASSERTION, "client_assertion": assertion}
    return world.client().post("/auth/token", data=GRANT | given)


def test_a_partners_system_gets_a_token_for_the_referral_service(world: World) -> None:
    answer = world.machine_token()

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 300)
    assert "refresh_token" not in told
    actor, _ = world.verifier(Publisher.REFERRAL).verify(told["access_token"])
    assert actor.kind is ActorKind.MACHINE
    assert (actor.id, actor.org, actor.org_kind) == (
        world.machine.id,
        world.hospital.id,
        world.hospital.kind,
    )
    assert actor.scopes == GRANTED[Role.MESIN_MITRA]
    assert actor.session_id is None


def test_the_token_has_the_shape_of_rfc_9068(world: World) -> None:
    token = world.machine_token().json["access_token"]

    header = jws.extract_compact(token.encode()).headers()
    claims = json.loads(jws.extract_compact(token.encode()).payload)

    assert (header["alg"], header["typ"]) == ("ES256", "at+jwt")
    assert claims["iss"] == ISSUER
    assert claims["aud"] == "urn:rajut:referral"
    assert claims["exp"] - claims["iat"] == 300
    assert {"sub", "client_id", "jti", "scope", "org", "org_kind", "roles"} <= claims.keys()
    assert header["kid"] in [key["kid"] for key in world.client().get("/auth/jwks").json["keys"]]


def test_a_token_may_carry_less_but_never_more(world: World) -> None:
    less = world.token(GRANT | {"scope": "referral:read"})
    more = world.token(GRANT | {"scope": "directory:write"})
    unknown = world.token(GRANT | {"scope": "everything"})

    assert less.json["scope"] == "referral:read"
    assert (more.status_code, more.json["error"]) == (400, "invalid_scope")
    assert (unknown.status_code, unknown.json["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize("resource", ["urn:rajut:intake", "urn:rajut:auth", "urn:bank", ""])
def test_a_partners_system_gets_no_token_for_another_service(world: World, resource: str) -> None:
    answer = world.token(GRANT | {"resource": resource})
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_target")


def test_a_service_names_whom_it_calls(world: World) -> None:
    named = world.token(GRANT | {"resource": "urn:rajut:auth"}, name="svc-intake")
    unnamed = world.token(GRANT, name="svc-intake")

    actor, _ = world.verifier(Publisher.AUTH).verify(named.json["access_token"])
    assert (actor.kind, actor.roles, actor.org) == (ActorKind.SERVICE, {Role.LAYANAN}, None)
    assert unnamed.json["error"] == "invalid_target"


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": f"{ISSUER}/token"},
        {"aud": [ISSUER]},
        {"aud": [ISSUER, "https://elsewhere"]},
        {"aud": None},
        {"exp": 4_000_000_000},
        {"exp": None},
        {"exp": 1},
        {"exp": True},
        {"exp": "soon"},
        {"iat": None},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"nbf": "x"},
        {"jti": None},
        {"jti": ""},
        {"jti": "short"},
        {"jti": "x" * 129},
        {"jti": 12345678},
        {"iss": "somebody"},
        {"iss": None},
        {"sub": None},
        {"sub": 7},
        {"sub": "nobody", "iss": "nobody"},
        {"header": {"typ": "dpop+jwt"}},
        {"header": {"typ": "at+jwt"}},
        {"header": {"kid": "unknown"}},
        {"header": {"kid": "../../etc/passwd"}},
    ],
    ids=str,
)
def test_an_assertion_that_is_not_right_is_refused(world: World, changed: dict[str, Any]) -> None:
    answer = shown(world, world.assertion(**changed))
    assert (answer.status_code, answer.json) == (401, REFUSED)


@pytest.mark.parametrize("typ", ["JWT", "client-authentication+jwt"])
def test_both_types_of_assertion_are_taken(world: World, typ: str) -> None:
    assert shown(world, world.assertion(header={"typ": typ})).status_code == 200


def test_a_clock_a_few_seconds_wrong_is_forgiven(world: World) -> None:
    at = int(now().timestamp())
    assert shown(world, world.assertion(iat=at + 8, nbf=at + 8)).status_code == 200
    assert shown(world, world.assertion(iat=at + 60)).status_code == 401


@pytest.mark.parametrize(
    ("key", "alg"),
    [
        (ECKey.generate_key("P-256"), "ES256"),
        (RSAKey.generate_key(2048), "RS256"),
        (OctKey.generate_key(256), "HS256"),
    ],
    ids=["another key", "RS256", "HS256"],
)
def test_only_the_registered_key_signs(world: World, key: Any, alg: str) -> None:
    forged = an_assertion(key, world.machine.client_id, header={"alg": alg})
    assert shown(world, forged).json == REFUSED


def test_an_unsigned_or_broken_assertion_is_refused(world: World) -> None:
    head, body, _ = world.assertion().split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()

    for broken in (f"{none}.{body}.", f"{head}.{body}.", "x", "a.b.c", f"{head}.bnVsbA.x"):
        answer = shown(world, broken)
        assert (answer.status_code, answer.json) == (401, REFUSED), broken
    assert shown(world, "é.é.é").json["error"] == "invalid_request"  # no letters of OAuth


def test_a_key_in_the_assertion_itself_is_not_believed(world: World) -> None:
    mine = ECKey.generate_key("P-256")
    public = mine.as_dict(private=False)
    forged = an_assertion(mine, world.machine.client_id, header={"jwk": public})
    assert shown(world, forged).json == REFUSED


def test_an_assertion_is_good_once(world: World) -> None:
    assertion = world.assertion()
    assert shown(world, assertion).status_code == 200
    assert shown(world, assertion).json == REFUSED


def test_every_refusal_of_a_client_sounds_the_same(world: World) -> None:
    secret = with_secret(world)
    bodies = set()
    for answer in (
        shown(world, world.assertion(sub="nobody", iss="nobody")),
        shown(world, world.assertion(aud="x")),
        world.client().post("/auth/token", data=GRANT),
        world.client().post("/auth/token", data=GRANT, headers=basic("nobody", "x" * 43)),
        world.client().post("/auth/token", data=GRANT, headers=basic(secret[0], "wrong")),
        world.client().post("/auth/token", data=GRANT, headers=basic(world.machine.client_id, "x")),
    ):
        assert answer.status_code == 401
        bodies.add(answer.text)
    assert len(bodies) == 1


def with_secret(world: World) -> tuple[str, str]:
    with begin(world.ground) as work:
        machine, secret = register_machine(
            work, None, institution_id=world.hospital.id, name="tua", jwks=None, at=now()
        )
    assert secret is not None
    return machine.client_id, secret


def test_a_secret_is_the_fallback_and_lies_nowhere(world: World) -> None:
    name, secret = with_secret(world)

    answer = world.client().post("/auth/token", data=GRANT, headers=basic(name, secret))

    assert answer.status_code == 200
    with world.ground.database.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM machines").all())
    assert secret not in kept


@pytest.mark.parametrize("secret", ["rahasié", "密码", "", ":", "%00", "\x00"])
def test_any_letters_at_all_are_a_wrong_secret_and_no_fault_of_ours(
    world: World, secret: str
) -> None:
    name, _ = with_secret(world)
    for client_id in (name, world.machine.client_id):
        answer = world.client().post("/auth/token", data=GRANT, headers=basic(client_id, secret))
        assert (answer.status_code, answer.json) == (401, REFUSED)


@pytest.mark.parametrize("name", ["\x00", "%00", "a\x00b", "\x7f", "é", "x" * 5000])
def test_any_letters_at_all_are_an_unknown_client(world: World, name: str) -> None:
    told = world.client().post("/auth/token", data=GRANT, headers=basic(name, "x"))
    signed = shown(world, world.assertion(sub=name, iss=name))
    assert told.json == signed.json == REFUSED


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic /w==", "Bearer x", "Basic Og=="])
def test_a_broken_header_is_refused_too(world: World, header: str) -> None:
    answer = world.client().post("/auth/token", data=GRANT, headers={"Authorization": header})
    assert (answer.status_code, answer.json) == (401, REFUSED)


def test_a_secret_in_the_body_or_two_ways_at_once_are_refused(world: World) -> None:
    name, secret = with_secret(world)
    body = {"client_id": name, "client_secret": secret}

    in_body = world.client().post("/auth/token", data=GRANT | body)
    both = world.client().post(
        "/auth/token", data=GRANT | world.as_client(), headers=basic(name, secret)
    )

    assert in_body.json == both.json == REFUSED


def test_parameters_in_the_address_are_refused(world: World) -> None:
    client = world.client()
    whole = client.post("/auth/token", query_string=GRANT | world.as_client())
    part = client.post("/auth/token?scope=referral:read", data=GRANT | world.as_client())
    assert whole.status_code == part.status_code == 400
    assert whole.json["error"] == part.json["error"] == "invalid_request"


def test_a_parameter_given_twice_or_another_kind_of_body_is_refused(world: World) -> None:
    twice = world.client().post(
        "/auth/token", data=world.as_client() | {"grant_type": ["client_credentials"] * 2}
    )
    as_json = world.client().post("/auth/token", json=GRANT | world.as_client())
    assert twice.json["error"] == as_json.json["error"] == "invalid_request"


@pytest.mark.parametrize(
    "grant", ["password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", ""]
)
def test_no_other_grant_is_known(world: World, grant: str) -> None:
    answer = world.token({"grant_type": grant})
    assert (answer.status_code, answer.json["error"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize("name", ["staff-web", "partner-portal"])
def test_a_front_never_speaks_for_itself(world: World, name: str) -> None:
    answer = world.token(GRANT | {"resource": "urn:rajut:auth"}, name=name)
    assert (answer.status_code, answer.json["error"]) == (400, "unauthorized_client")


def test_another_clients_name_beside_ones_own_proof_is_refused(world: World) -> None:
    assert world.token(GRANT | {"client_id": "svc-intake"}).json == REFUSED


def test_what_was_stopped_or_suspended_gets_nothing_more(world: World) -> None:
    with begin(world.ground) as work:
        stop_machine(work, None, world.machine.id, at=now())
    assert world.machine_token().json == REFUSED

    name, secret = with_secret(world)
    with begin(world.ground) as work:
        suspend_institution(work, None, world.hospital.id, at=now())
    answer = world.client().post("/auth/token", data=GRANT, headers=basic(name, secret))
    assert answer.json == REFUSED
    assert world.events("access.revoked") == 2


def test_keys_change_without_a_gap_and_the_old_one_is_refused_at_once(world: World) -> None:
    fresh = ECKey.generate_key("P-256")
    old_kid = world.machine.keys[0]["kid"]
    with begin(world.ground) as work:
        add_key(work, None, world.machine.id, jwk=fresh.as_dict(private=False))
    assert world.machine_token().status_code == 200

    with begin(world.ground) as work:
        remove_key(work, None, world.machine.id, kid=old_kid, at=now())

    assert world.machine_token().json == REFUSED
    assert shown(world, an_assertion(fresh, world.machine.client_id)).status_code == 200


def test_the_metadata_promises_what_is_kept(world: World) -> None:
    told = world.client().get("/.well-known/oauth-authorization-server/auth").json

    assert told["issuer"] == ISSUER
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["authorization_response_iss_parameter_supported"] is True
    assert told["response_types_supported"] == ["code"]
    assert "none" not in str(told["token_endpoint_auth_methods_supported"])
    for name in ("token", "jwks", "revocation", "introspection", "authorization"):
        key = "jwks_uri" if name == "jwks" else f"{name}_endpoint"
        assert told[key].startswith(ISSUER + "/")


def test_the_keys_shown_are_public_and_the_next_is_among_them(world: World) -> None:
    keys = world.client().get("/auth/jwks").json["keys"]
    assert len(keys) == 2
    assert all("d" not in key and key["alg"] == "ES256" for key in keys)


def test_the_host_header_changes_nothing(world: World) -> None:
    told = world.client().get(
        "/.well-known/oauth-authorization-server/auth", headers={"Host": "evil.example"}
    )
    answer = world.token(GRANT, headers={"Host": "evil.example"})
    assert told.json["issuer"] == ISSUER
    assert answer.status_code == 200


def introspected(world: World, token: str, name: str = "svc-referral") -> Any:
    given = world.as_client(name) | {"token": token}
    return world.client().post("/auth/introspect", data=given)


def test_only_a_service_may_ask_about_a_token(world: World) -> None:
    token = world.machine_token().json["access_token"]

    told = introspected(world, token).json

    assert (told["active"], told["client_id"]) == (True, world.machine.client_id)
    assert told["aud"] == "urn:rajut:referral"
    assert introspected(world, token, name="").json == REFUSED
    assert introspected(world, token, name="staff-web").json == REFUSED
    assert introspected(world, "rubbish").json == {"active": False}
    forged = jwt.encode({"alg": "ES256", "typ": "at+jwt"}, {"iss": ISSUER}, world.machine_key)
    assert introspected(world, forged).json == {"active": False}


def test_a_token_taken_back_is_not_active(world: World) -> None:
    token = world.machine_token().json["access_token"]

    answer = world.client().post("/auth/revoke", data=world.as_client() | {"token": token})

    assert answer.status_code == 200
    assert introspected(world, token).json == {"active": False}
    assert world.events("access.revoked") == 1


def test_nobody_takes_back_the_token_of_another(world: World) -> None:
    token = world.machine_token().json["access_token"]
    answer = world.client().post(
        "/auth/revoke", data=world.as_client("svc-intake") | {"token": token}
    )
    assert answer.status_code == 400
    assert introspected(world, token).json["active"] is True
    gone = world.client().post("/auth/revoke", data=world.as_client() | {"token": "unknown"})
    assert gone.status_code == 200


def test_keys_rotate_and_tokens_of_the_old_one_hold_until_they_are_over(world: World) -> None:
    from services.auth.actions.signing import rotate, rotate_when_due

    token = world.machine_token().json["access_token"]
    before = world.client().get("/auth/jwks").json["keys"]

    with begin(world.ground) as work:
        rotate(work, at=now())

    after = world.client().get("/auth/jwks").json["keys"]
    assert len(after) == 3
    world.verifier(Publisher.REFERRAL).verify(token)
    fresh = world.machine_token().json["access_token"]
    kid = jws.extract_compact(fresh.encode()).headers()["kid"]
    assert kid != jws.extract_compact(token.encode()).headers()["kid"]
    assert kid in [key["kid"] for key in before]

    rotate_when_due(world.ground, now() + timedelta(days=90))
    kids = {key["kid"] for key in world.client().get("/auth/jwks").json["keys"]}
    assert len(kids) == 3
