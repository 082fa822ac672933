"""The keys that sign tokens: made, rotated, shown, and used."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import ECKey

from services.auth.domain.grants import Grantee, resource_of
from services.auth.domain.signing import SigningKey, Standing, rotation_due
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.identifiers import new_id
from shared.storage.dialect import bump
from shared.storage.work import Ground

#: Decided (DESIGN 5): an access token lives five minutes; the library's own default is ten days.
TOKEN_SECONDS: Final = 300


def all_keys(work: Work) -> list[SigningKey]:
    """Return every key, the oldest first."""
    return sorted(work.signing_keys.find(), key=lambda key: key.made_at)


def ensure_keys(ground: Ground) -> list[SigningKey]:
    """Return the keys, made at the first need: one that signs and the next one."""
    with begin(ground) as work:
        keys = all_keys(work)
        if {Standing.CURRENT, Standing.NEXT} <= {key.standing for key in keys}:
            return keys
        return _complete(work, at=now())


def rotate(work: Work, *, at: datetime) -> list[SigningKey]:
    """Let the next key sign, make another next one, and drop those that are long over."""
    _one_at_a_time(work)
    _move_on(work, all_keys(work), at=at)
    keys = _complete(work, at=at)
    work.audit.wrote(None, "rotate_keys", "signing_key", [key.id for key in keys])
    return keys


def rotate_when_due(ground: Ground, at: datetime) -> None:
    """Rotate when the current key has served its time; a timer asks every hour."""
    with begin(ground) as work:
        if rotation_due(all_keys(work), at=at):
            rotate(work, at=at)


def jwks(ground: Ground) -> dict[str, Any]:
    """Return the public keys by which everybody checks our tokens."""
    return {"keys": [key.public for key in ensure_keys(ground)]}


def mint(ground: Ground, grantee: Grantee, *, issuer: str) -> str:
    """Return a signed access token (RFC 9068): ES256, one audience, five minutes."""
    current = next(key for key in ensure_keys(ground) if key.standing is Standing.CURRENT)
    header = {"alg": "ES256", "typ": "at+jwt", "kid": current.kid}
    return jwt.encode(header, _claims(grantee, issuer), _private(current.private))


def _claims(grantee: Grantee, issuer: str) -> dict[str, Any]:
    issued = int(grantee.issued_at.timestamp())
    optional = {
        "org": grantee.institution_id and str(grantee.institution_id),
        "org_kind": grantee.institution_kind and grantee.institution_kind.value,
        "sid": grantee.session_id and str(grantee.session_id),
    }
    return {
        "iss": issuer,
        "aud": resource_of(grantee.audience),
        "sub": str(grantee.subject_id),
        "client_id": grantee.client_id,
        "iat": issued,
        "exp": issued + TOKEN_SECONDS,
        "jti": str(new_id()),
        "scope": " ".join(sorted(grantee.scopes)),
        "roles": sorted(grantee.roles),
        **{name: value for name, value in optional.items() if value},
    }


def _one_at_a_time(work: Work) -> None:
    # A counter row is locked until commit, on both databases.
    bump(work.connection, work.ground.kit.outbox.counters, {"name": "signing"}, "last")


def _complete(work: Work, *, at: datetime) -> list[SigningKey]:
    _one_at_a_time(work)
    there = {key.standing for key in all_keys(work)}
    for standing in (Standing.CURRENT, Standing.NEXT):
        if standing not in there:
            _add(work, standing, at=at)
    return all_keys(work)


def _move_on(work: Work, keys: Sequence[SigningKey], *, at: datetime) -> None:
    for key in keys:
        if key.standing is Standing.CURRENT:
            key.retire(at=at)
        elif key.standing is Standing.NEXT:
            key.promote(at=at)
        elif key.over(at=at):
            work.signing_keys.remove(key.id)
            continue
        work.signing_keys.save(key)


def _add(work: Work, standing: Standing, *, at: datetime) -> None:
    pair = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    public = {name: str(value) for name, value in pair.as_dict(private=False).items()}
    private = pair.as_pem(private=True).decode()
    made = SigningKey(
        id=new_id(),
        kid=pair.thumbprint(),
        public=public,
        private=private,
        standing=standing,
        made_at=at,
        since=at,
    )
    work.signing_keys.add(made)


@lru_cache(maxsize=8)
def _private(pem: str) -> ECKey:
    return ECKey.import_key(pem)
