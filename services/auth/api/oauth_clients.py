"""How a client shows who it is: a signed assertion, or as a fallback a secret.

Every refusal sounds the same, whether the client is unknown, stopped, or shows the wrong thing.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import isfinite
from typing import Any, Final, TypeGuard
from urllib.parse import unquote

from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from services.auth.actions.pauses import Pause
from services.auth.actions.tokens import note_assertion
from services.auth.domain.machine import Machine, MachineKind
from shared.clock import now
from shared.storage.work import Ground

SIGNED: Final = "private_key_jwt"
SECRET: Final = "client_secret_basic"  # noqa: S105 - the name of a method, not a secret
_GRANTS: Final[Mapping[MachineKind, frozenset[str]]] = {
    MachineKind.PARTNER: frozenset({"client_credentials"}),
    MachineKind.SERVICE: frozenset({"client_credentials"}),
    MachineKind.FRONT: frozenset({"authorization_code", "refresh_token"}),
}
_TYPES: Final = frozenset({None, "JWT", "client-authentication+jwt"})
#: FAPI 2.0: ten seconds of another clock are forgiven, and no assertion lives over five minutes.
_SKEW: Final = 10
_LONGEST: Final = 300


class OAuthClient(ClientMixin):  # type: ignore[misc] # Authlib has no types
    """A machine, as the library asks about it."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def get_client_id(self) -> str:
        """Return its identifier."""
        return self.machine.client_id

    def get_default_redirect_uri(self) -> str | None:
        """Return nothing: a request has to name its address (RFC 9700, 2.1)."""
        return None

    def get_allowed_scope(self, scope: str | None) -> str:
        """Return what was asked; what is granted is worked out when the token is made."""
        return scope or ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Tell whether browsers may be sent there: letter by letter the registered address."""
        return redirect_uri in self.machine.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """Tell whether this is its secret."""
        return self.machine.secret_is(client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Tell whether it may show itself so, there; only services may introspect."""
        if endpoint == "introspection" and self.machine.kind is not MachineKind.SERVICE:
            return False
        if method == SIGNED:
            return bool(self.machine.keys)
        return method == SECRET and self.machine.secret_digest is not None

    def check_response_type(self, response_type: str) -> bool:
        """Tell whether it may send browsers here."""
        return response_type == "code" and self.machine.kind is MachineKind.FRONT

    def check_grant_type(self, grant_type: str) -> bool:
        """Tell whether it may use this grant."""
        return grant_type in _GRANTS[self.machine.kind]


class SignedAssertion(JWTBearerClientAssertion):  # type: ignore[misc] # Authlib has no types
    """``private_key_jwt``: ES256, our issuer as the one audience, good once, five minutes."""

    CLIENT_AUTH_METHOD = SIGNED

    def __init__(self, ground: Ground, *, issuer: str, pause: Pause) -> None:
        super().__init__(validate_jti=False)  # it is noted below, after everything else
        self._ground = ground
        self._issuer = issuer
        self._pause = pause

    def get_audiences(self) -> list[str]:
        """Return the one audience: the issuer (rfc7523bis)."""
        return [self._issuer]

    def resolve_client_public_key(self, client: OAuthClient) -> KeySet:
        """Return the registered keys; none is ever fetched or taken from the assertion."""
        return _key_set(json.dumps(client.machine.keys, sort_keys=True))

    def process_assertion_claims(self, assertion: str, keys: KeySet) -> dict[str, Any]:
        """Return the claims of an assertion that holds, and use it up."""
        claims = _signed_claims(assertion, keys)
        if not _fit(claims, issuer=self._issuer, at=now().timestamp()):
            raise refused()
        self._pause("assertion")
        if not note_assertion(self._ground, claims["sub"], claims["jti"], at=now()):
            raise refused()
        return claims


def basic_secret(query_client: Callable[[str], OAuthClient | None], request: Any) -> Any:
    """Return the client of a Basic header whose secret is right; None otherwise.

    The library's own answers some letters with a fault of the server.
    """
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        client_id, _, secret = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return None
    client = query_client(unquote(client_id))
    return client if client and client.check_client_secret(unquote(secret)) else None


def refused() -> InvalidClientError:
    """Return the one refusal there is."""
    return InvalidClientError(description="Client authentication failed.", status_code=401)


def _signed_claims(assertion: str, keys: KeySet) -> dict[str, Any]:
    try:
        header = jws.extract_compact(assertion.encode()).headers()
        if header.get("typ") not in _TYPES or header.get("alg") != "ES256":
            raise refused()
        for key in _candidates(keys, header.get("kid")):
            claims = _decoded(assertion, key)
            if claims is not None:
                return claims
    except (JoseError, ValueError):
        raise refused() from None
    raise refused()


def _decoded(assertion: str, key: Any) -> dict[str, Any] | None:
    try:
        return dict(jwt.decode(assertion, key, algorithms=["ES256"]).claims)
    except JoseError:
        return None


def _candidates(keys: KeySet, kid: object) -> list[Any]:
    if kid is None:
        return list(keys.keys)
    return [key for key in keys.keys if kid in (key.kid, key.thumbprint())]


def _fit(claims: Mapping[str, Any], *, issuer: str, at: float) -> bool:
    # aud as one string: an array could hold another server's name as well (CVE-2025-27370).
    named = claims.get("iss") == claims.get("sub") and claims.get("aud") == issuer
    exp, iat, nbf = (claims.get(name) for name in ("exp", "iat", "nbf"))
    jti = claims.get("jti")
    once = isinstance(jti, str) and 8 <= len(jti) <= 128
    begun = _number(iat) and iat <= at + _SKEW
    begun = begun and (nbf is None or (_number(nbf) and nbf <= at + _SKEW))
    timely = _number(exp) and at - _SKEW < exp <= at + _LONGEST + _SKEW
    return bool(named and once and begun and timely)


def _number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


@lru_cache(maxsize=256)
def _key_set(keys: str) -> KeySet:
    return KeySet([ECKey.import_key(key) for key in json.loads(keys)])
