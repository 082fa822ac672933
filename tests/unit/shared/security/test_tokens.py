"""Attacks on the verifier of tokens: each ends in the same answer, and none in a fault."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.errors import NotSignedIn
from shared.identifiers import new_id
from shared.security.actor import ActorKind
from shared.security.keys import PublicKeys
from shared.security.tokens import TokenVerifier, audience_of
from tests.support import issuer
from tests.support.issuer import ISSUER, KEY, a_token

INTAKE = audience_of(Publisher.INTAKE)
VERIFIER = issuer.verifier(Publisher.INTAKE)
STRANGER = ECKey.generate_key("P-256", auto_kid=True)
RSA = RSAKey.generate_key(2048, auto_kid=True)
MOMENT = int(now().timestamp())
GOOD = {
    "iss": ISSUER,
    "aud": INTAKE,
    "sub": str(new_id()),
    "client_id": "staff-web",
    "iat": MOMENT,
    "exp": MOMENT + 3600,
    "jti": str(new_id()),
    "scope": "case:read",
    "org": str(new_id()),
    "org_kind": "UPTD_PPA",
    "roles": ["SUPERVISOR"],
    "sid": str(new_id()),
}
HEADER = {"alg": "ES256", "typ": "at+jwt", "kid": KEY.kid}


def signed(key=KEY, header=(), without=(), **claims):
    whole = {name: value for name, value in HEADER.items() if name not in without} | dict(header)
    told = {name: value for name, value in (GOOD | claims).items() if name not in without}
    algorithms = ["ES256", "RS256", "HS256", "ES384"]
    registry = jws.JWSRegistry(algorithms=algorithms, strict_check_header=False)
    return jwt.encode(whole, told, key, registry=registry)


def by_hand(header, claims=GOOD, signature=b""):
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def tampered():
    head, body, tail = signed().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["roles"] = ["KEPALA_UPTD"]
    return ".".join((head, base64.urlsafe_b64encode(json.dumps(claims).encode()).decode(), tail))


ATTACKS = {
    "wrong audience": signed(aud=audience_of(Publisher.REFERRAL)),
    "audience as a list": signed(aud=[INTAKE]),
    "a second audience": signed(aud=[INTAKE, "urn:other"]),
    "no audience": signed(without=["aud"]),
    "wrong issuer": signed(iss="https://evil.example/auth"),
    "no issuer": signed(without=["iss"]),
    "expired": signed(exp=MOMENT - 1),
    "no end": signed(without=["exp"]),
    "an end that is no number": signed(exp="never"),
    "not yet issued beyond the skew": signed(iat=MOMENT + 3600, exp=MOMENT + 7200),
    "issued before all time": signed(iat=-1e300),
    "no time of issue": signed(without=["iat"]),
    "no type": signed(without=["typ"]),
    "type JWT": signed(header={"typ": "JWT"}),
    "type of an assertion": signed(header={"typ": "client-authentication+jwt"}),
    "unknown key": signed(header={"kid": "another"}),
    "no key": signed(without=["kid"]),
    "key by path": signed(header={"kid": "../../../../dev/null"}),
    "key that is no text": by_hand(HEADER | {"kid": {"$ne": 1}}, GOOD, b"x" * 64),
    "a stranger's key under our name": signed(STRANGER, header={"kid": KEY.kid}),
    "a stranger's key embedded": signed(
        STRANGER, header={"kid": STRANGER.kid, "jwk": STRANGER.as_dict(private=False)}
    ),
    "a stranger's key embedded under our name": signed(
        STRANGER, header={"jwk": STRANGER.as_dict(private=False)}
    ),
    "a key set elsewhere": signed(STRANGER, header={"jku": "https://evil.example/jwks"}),
    "alg none": by_hand(HEADER | {"alg": "none"}),
    "alg NoNe": by_hand(HEADER | {"alg": "NoNe"}),
    "alg none and an empty signature of ES256": by_hand(HEADER),
    "alg HS256 with the public key": signed(
        OctKey.import_key(json.dumps(KEY.as_dict(private=False)).encode()),
        header={"alg": "HS256"},
    ),
    "alg RS256": signed(RSA, header={"alg": "RS256", "kid": RSA.kid}),
    "a signature of zeros": by_hand(HEADER, GOOD, bytes(64)),
    "an unknown critical header": by_hand(HEADER | {"crit": ["exp"]}, GOOD, b"x" * 64),
    "too large": signed(extra="x" * 5000),
    "a header of nothing but brackets": by_hand(0).replace("MA", "W1tb" * 900, 1),
    "garbage": "garbage",
    "dots": "..",
    "many dots": "." * 50,
    "empty": "",
    "not ASCII": "ä.ö.ü",
    "half a letter": "\ud800.a.b",
    "a header that is a list": by_hand([]),
    "a header that is a number": by_hand(7),
    "unknown role": signed(roles=["DEWA"]),
    "roles as a text": signed(roles="SUPERVISOR"),
    "roles as a number": signed(roles=7),
    "unknown scope": signed(scope="case:read everything"),
    "a subject that is no id": signed(sub="svc-intake"),
    "no subject": signed(without=["sub"]),
    "an institution that is no id": signed(org="../"),
    "an unknown kind of institution": signed(org_kind="ISTANA"),
    "no client": signed(without=["client_id"]),
    "bound to a key of the sender": signed(cnf={"jkt": "x"}),
    "claims that are a list": jws.serialize_compact(HEADER, b"[]", KEY),
    "claims that are no JSON": jws.serialize_compact(HEADER, b"x", KEY),
    "tampered claims": tampered(),
    "encrypted, not signed": "a.b.c.d.e",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_is_not_signed_in(attack):
    with pytest.raises(NotSignedIn) as raised:
        VERIFIER.verify(attack)

    assert (type(raised.value), raised.value.note, raised.value.fields) == (NotSignedIn, "", {})


def test_what_the_attacks_start_from_is_good():
    actor, issued_at = VERIFIER.verify(signed())

    assert (str(actor.id), str(actor.org)) == (GOOD["sub"], GOOD["org"])
    assert (actor.kind, actor.roles) == (ActorKind.PERSON, {Role.SUPERVISOR})
    assert issued_at.timestamp() == MOMENT


def test_a_clock_that_is_a_little_ahead_is_forgiven():
    VERIFIER.verify(signed(iat=int(now().timestamp()) + 5))


@given(st.text(), st.text(), st.text())
def test_no_text_is_a_token(one, two, three):
    with pytest.raises(NotSignedIn):
        VERIFIER.verify(".".join((one, two, three)))


@given(
    st.dictionaries(
        st.sampled_from(["alg", "typ", "kid", "jwk", "crit", "b64", "x5c", "zip"]),
        st.none() | st.text() | st.integers() | st.just("ES256") | st.lists(st.text(), max_size=2),
    )
)
def test_no_header_without_our_signature_is_let_in(header):
    with pytest.raises(NotSignedIn):
        VERIFIER.verify(by_hand(HEADER | header, GOOD, b"x" * 64))


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.MESIN_MITRA, ActorKind.MACHINE),
        (Role.LAYANAN, ActorKind.SERVICE),
        (Role.PENDAMPING, ActorKind.PERSON),
    ],
)
def test_the_role_tells_what_kind_of_actor_it_is(role, kind):
    actor, _ = VERIFIER.verify(a_token(Publisher.INTAKE, role))

    assert actor.kind is kind


def test_a_token_never_shows_in_what_python_prints_of_an_actor():
    token = a_token(Publisher.INTAKE, Role.PENDAMPING)

    assert token not in repr(VERIFIER.verify(token)[0])


def test_only_keys_of_the_issuer_count():
    other = PublicKeys(lambda: KeySet([STRANGER]).as_dict(private=False))

    with pytest.raises(NotSignedIn):
        TokenVerifier(issuer=ISSUER, audience=INTAKE, keys=other).verify(signed())
