"""What a token that somebody shows us is: revoked by its client, or asked about by a service."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.auth.actions.sessions import end_session
from services.auth.actions.sign_in import digest
from services.auth.actions.signing import jwks
from services.auth.domain.machine import Machine
from services.auth.domain.revocation import revoked
from services.auth.domain.session import EndedBy
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.contracts.auth import AccessOf
from shared.storage.revocations import revoked_since
from shared.storage.work import Ground


@dataclass(frozen=True, kw_only=True)
class FoundToken:
    """A token of ours: whose, of which client and session, and whether it still holds."""

    client_id: str
    session_id: UUID | None
    active: bool
    claims: dict[str, Any]


def find_token(ground: Ground, token: str, *, issuer: str) -> FoundToken | None:
    """Return what a refresh or access token is; None when it is none of ours."""
    return _refresh_token(ground, token) or _access_token(ground, token, issuer=issuer)


def take_back(ground: Ground, machine: Machine, found: FoundToken) -> None:
    """End the session of a token; without one, void all that the machine holds now.

    Our tokens are not kept one by one, so a machine's are taken back together (RFC 7009, 2.1).
    """
    with begin(ground) as work:
        if found.session_id is None:
            work.tell(revoked(AccessOf.MACHINE, machine.id, at=now()))
            work.audit.wrote(None, "revoke", "machine", [machine.id])
            return
        session = work.sessions.get(found.session_id)
        if end_session(work, session, EndedBy.SIGN_OUT, at=now()):
            work.audit.wrote(None, "end_session", "session", [session.id])


def _refresh_token(ground: Ground, token: str) -> FoundToken | None:
    with begin(ground) as work:
        kept = work.refresh_tokens.by_digest(digest(token))
        if kept is None:
            return None
        session = work.sessions.get(kept.session_id)
        machine = work.machines.get(session.machine_id)
        return FoundToken(
            client_id=machine.client_id,
            session_id=session.id,
            active=kept.used_at is None and session.good(at=now()),
            claims={"sub": str(session.person_id), "token_type": "refresh_token"},
        )


def _access_token(ground: Ground, token: str, *, issuer: str) -> FoundToken | None:
    claims = _claims(ground, token, issuer=issuer)
    if claims is None:
        return None
    with begin(ground) as work:
        active = claims["exp"] > now().timestamp() and not _taken_back(work, claims)
    return FoundToken(
        client_id=claims["client_id"],
        session_id=UUID(claims["sid"]) if "sid" in claims else None,
        active=active,
        claims=claims | {"token_type": "Bearer"},
    )


def _claims(ground: Ground, token: str, *, issuer: str) -> dict[str, Any] | None:
    keys = KeySet.import_key_set(jwks(ground))  # type: ignore[arg-type]
    try:
        if jws.extract_compact(token.encode()).headers().get("typ") != "at+jwt":
            return None
        claims = dict(jwt.decode(token, keys, algorithms=["ES256"]).claims)
    except (JoseError, ValueError):
        return None
    return claims if claims.get("iss") == issuer else None


def _taken_back(work: Work, claims: dict[str, Any]) -> bool:
    subjects = [UUID(claims[name]) for name in ("sub", "sid", "org") if name in claims]
    since = revoked_since(work.connection, work.ground.kit.revocations, subjects)
    return since is not None and datetime.fromtimestamp(claims["iat"], UTC) <= since
