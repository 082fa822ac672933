"""A stand-in for auth in the tests of the other services: issues tokens with a key of its own."""

from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import AUDIENCE, GRANTED
from shared.contracts.vocabulary import InstitutionKind
from shared.identifiers import new_id
from shared.security.keys import PublicKeys
from shared.security.tokens import TokenVerifier, audience_of

ISSUER = "http://127.0.0.1:8000/auth"
KEY = ECKey.generate_key("P-256", auto_kid=True)


def verifier(publisher: Publisher) -> TokenVerifier:
    """The verifier of a service that trusts this issuer."""
    keys = PublicKeys(lambda: KeySet([KEY]).as_dict(private=False))
    return TokenVerifier(issuer=ISSUER, audience=audience_of(publisher), keys=keys)


def a_token(
    publisher: Publisher,
    *roles: Role,
    org: UUID | None = None,
    org_kind: InstitutionKind = InstitutionKind.UPTD_PPA,
    person: UUID | None = None,
    session: UUID | None = None,
    **changed: Any,
) -> str:
    """A token for one service with what the roles grant; ``changed`` overrides claims."""
    moment = int(now().timestamp())
    scopes = frozenset().union(*(GRANTED[role] for role in roles)) & AUDIENCE[publisher]
    claims = {
        "iss": ISSUER,
        "aud": audience_of(publisher),
        "sub": str(person or new_id()),
        "client_id": "staff-web",
        "iat": moment,
        "exp": moment + 300,
        "jti": str(new_id()),
        "scope": " ".join(sorted(scopes)),
        "org": str(org or new_id()),
        "org_kind": org_kind.value,
        "roles": [role.value for role in roles],
        "sid": str(session or new_id()),
    }
    header = {"alg": "ES256", "typ": "at+jwt", "kid": KEY.kid}
    return jwt.encode(header, claims | changed, KEY)


def bearer(token: str, **more: str) -> dict[str, str]:
    """The headers of a caller with this token."""
    return {"Authorization": f"Bearer {token}"} | {
        name.replace("_", "-"): value for name, value in more.items()
    }
