"""An OAuth client: a partner's system, one of our two fronts, or one of our services.

register -> active
active --stop--> stopped
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final
from uuid import UUID

from services.auth.domain.institution import Institution, a_name
from services.auth.domain.revocation import revoked
from shared.contracts.auth import AccessOf, AccessRevoked
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.validation import worded
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Conflict, Invalid, MoveNotAllowed, NotFound
from shared.identifiers import new_id

#: Two, so that a new key can be in use before the old one is taken away.
MOST_KEYS: Final = 2
_COORDINATE: Final = 32
_KID: Final = re.compile(r"[A-Za-z0-9._~-]{1,100}")


class Standing(StrEnum):
    """Where a machine stands."""

    ACTIVE = "active"
    STOPPED = "stopped"


class Move(StrEnum):
    """What may be done with a machine."""

    STOP = "stop"


STEPS: Final[Mapping[tuple[Standing, Move], Standing]] = {
    (Standing.ACTIVE, Move.STOP): Standing.STOPPED,
}


class MachineKind(StrEnum):
    """What a client is for, which decides the grants it may use."""

    PARTNER = "partner"
    FRONT = "front"
    SERVICE = "service"


class TooManyKeys(Conflict):
    """Two keys are there already; one must go first."""

    code = "too_many_keys"
    id = "Sudah ada dua kunci. Cabut satu lebih dahulu."
    en = "There are two keys already. Remove one first."


class LastKey(Conflict):
    """Without this key the machine could not sign in; it is stopped instead."""

    code = "last_key"
    id = "Ini kunci terakhir. Hentikan mesinnya bila memang itu maksudnya."
    en = "This is the last key. Stop the machine if that is what you mean."


@dataclass(eq=False, kw_only=True)
class Machine:
    """One OAuth client. Keys are public and held by value; a secret only as its digest."""

    id: UUID
    client_id: str
    kind: MachineKind
    institution_id: UUID | None
    name: str
    roles: frozenset[Role]
    audiences: frozenset[Publisher]
    standing: Standing
    registered_at: datetime
    keys: list[dict[str, str]] = field(default_factory=list)
    redirect_uris: list[str] = field(default_factory=list)
    secret_digest: str | None = None
    version: int = 0

    @classmethod
    def for_partner(cls, institution: Institution, *, name: str, at: datetime) -> "Machine":
        """Register a partner's system; it speaks to the referral service only."""
        if institution.kind is InstitutionKind.UPTD_PPA:
            raise Invalid(
                fields={"institution_id": [worded("Mesin didaftarkan untuk lembaga mitra.")]}
            )
        machine_id = new_id()
        return cls(
            id=machine_id,
            client_id=str(machine_id),
            kind=MachineKind.PARTNER,
            institution_id=institution.id,
            name=a_name(name),
            roles=frozenset({Role.MESIN_MITRA}),
            audiences=frozenset({Publisher.REFERRAL}),
            standing=Standing.ACTIVE,
            registered_at=at,
        )

    @property
    def may_act(self) -> bool:
        """Whether it was not stopped."""
        return self.standing is Standing.ACTIVE

    def add_key(self, jwk: Mapping[str, Any]) -> str:
        """Take a public key (JWK, P-256) by value and return its ``kid``; at most two."""
        key = public_p256(jwk)
        if any(thumbprint(held) == thumbprint(key) for held in self.keys):
            return key["kid"]
        if any(held["kid"] == key["kid"] for held in self.keys):
            raise Invalid(fields={"key": [worded("Kunci lain sudah memakai kid ini.")]})
        if len(self.keys) >= MOST_KEYS:
            raise TooManyKeys
        self.keys = [*self.keys, key]
        return key["kid"]

    def remove_key(self, kid: str, *, at: datetime) -> AccessRevoked:
        """Take a key away; what was signed in with it is void."""
        left = [key for key in self.keys if key["kid"] != kid]
        if len(left) == len(self.keys):
            raise NotFound
        if not left and self.secret_digest is None:
            raise LastKey
        self.keys = left
        return revoked(AccessOf.MACHINE, self.id, at=at)

    def set_secret(self, secret: str) -> None:
        """Keep the digest of a secret for one who cannot sign; the secret is 256 random bits."""
        self.secret_digest = sha256(secret.encode()).hexdigest()

    def secret_is(self, shown: str) -> bool:
        """Tell whether this is the secret, in constant time and for any letters at all."""
        found = sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
        return compare_digest(found, self.secret_digest or "-") and self.secret_digest is not None

    def stop(self, *, at: datetime) -> AccessRevoked:
        """End it for good."""
        self._step(Move.STOP)
        return revoked(AccessOf.MACHINE, self.id, at=at)

    def _step(self, move: Move) -> None:
        if (self.standing, move) not in STEPS:
            raise MoveNotAllowed("machine", move.value, self.standing.value)
        self.standing = STEPS[self.standing, move]


def public_p256(jwk: Mapping[str, Any]) -> dict[str, str]:
    """Return a public P-256 key with its own ``kid`` or its thumbprint; Invalid for all else."""
    good = jwk.get("kty") == "EC" and jwk.get("crv") == "P-256" and "d" not in jwk
    if not good or not (_coordinate(jwk.get("x")) and _coordinate(jwk.get("y"))):
        raise Invalid(fields={"key": [worded("Kunci publik EC P-256 (JWK) tanpa bagian rahasia.")]})
    key = {"crv": "P-256", "kty": "EC", "x": str(jwk["x"]), "y": str(jwk["y"])}
    given = jwk.get("kid")
    own = isinstance(given, str) and _KID.fullmatch(given)
    return {**key, "kid": str(given) if own else thumbprint(key)}


def thumbprint(key: Mapping[str, str]) -> str:
    """Return the thumbprint of an EC key (RFC 7638, section 3)."""
    needed = {name: key[name] for name in ("crv", "kty", "x", "y")}
    text = json.dumps(needed, sort_keys=True, separators=(",", ":"))
    return urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()


def _coordinate(value: object) -> bool:
    if not isinstance(value, str) or len(value) != 43 or not value.isascii():
        return False
    try:
        return len(urlsafe_b64decode(value + "=")) == _COORDINATE
    except ValueError:
        return False
