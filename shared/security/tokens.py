"""Verifying bearer tokens: RFC 9068 JWT, ES256, one audience, a life of minutes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from joserfc import jws, jwt
from joserfc.errors import JoseError

from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import Scope
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import NotSignedIn
from shared.security.actor import Actor, ActorKind
from shared.security.keys import PublicKeys

#: How far the clocks of two services may be apart.
_SKEW_SECONDS: Final = 10
_LONGEST: Final = 4096


def audience_of(publisher: Publisher) -> str:
    """Return the audience (and RFC 8707 resource) of a service's tokens."""
    return f"urn:rajut:{publisher}"


class TokenVerifier:
    """Verifies the tokens of one issuer for one audience."""

    def __init__(self, *, issuer: str, audience: str, keys: PublicKeys) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys

    def verify(self, token: str) -> tuple[Actor, datetime]:
        """Return the actor and when the token was issued; raise NotSignedIn for any flaw."""
        try:
            claims = self._claims(token)
            return actor_of(claims, token), datetime.fromtimestamp(claims["iat"], UTC)
        except (JoseError, ValueError, KeyError, TypeError, OverflowError):
            raise NotSignedIn from None

    def _claims(self, token: str) -> Mapping[str, Any]:
        if len(token) > _LONGEST:
            raise ValueError("too long")
        header = jws.extract_compact(token.encode()).headers()
        if header.get("typ") != "at+jwt" or header.get("alg") != "ES256":
            raise ValueError("not an access token")
        keys = self._keys.for_key(str(header["kid"]))
        claims = jwt.decode(token, keys, algorithms=["ES256"]).claims
        moment = now().timestamp()
        fits = claims["iss"] == self._issuer and claims["aud"] == self._audience
        timely = claims["iat"] - _SKEW_SECONDS <= moment < claims["exp"]
        if not (fits and timely) or "cnf" in claims:  # cnf: bound to a key, so no bearer token
            raise ValueError("not for us, not now, or not for whoever bears it")
        return claims


def actor_of(claims: Mapping[str, Any], token: str) -> Actor:
    """Return the actor a token's claims describe; KeyError or ValueError when they are not ours."""
    kinds = {Role.MESIN_MITRA: ActorKind.MACHINE, Role.LAYANAN: ActorKind.SERVICE}
    roles = frozenset(Role(role) for role in claims.get("roles", ()))
    return Actor(
        id=UUID(claims["sub"]),
        kind=next((kinds[role] for role in roles if role in kinds), ActorKind.PERSON),
        org=UUID(claims["org"]) if claims.get("org") else None,
        org_kind=InstitutionKind(claims["org_kind"]) if claims.get("org_kind") else None,
        roles=roles,
        scopes=frozenset(Scope(scope) for scope in str(claims.get("scope", "")).split()),
        machine_id=str(claims["client_id"]),
        session_id=UUID(claims["sid"]) if claims.get("sid") else None,
        token=token,
    )
