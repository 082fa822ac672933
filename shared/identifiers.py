"""Identifiers: UUIDv7 for machines, short codes with a check character for paper and phone."""

import secrets
from typing import Final
from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

#: Crockford's base 32 without its Z: no I, L, O or U, so that a code survives a bad telephone
#: line, and a prime number of letters, so that the check letter finds every slip.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_MISHEARD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_id() -> UUID:
    """Return a new identifier that sorts by the time it was made (RFC 9562, version 7)."""
    return UUID(int=uuid7().int)


def named_id(space: UUID, name: str) -> UUID:
    """Return the same identifier for the same name, for things that must not be made twice."""
    return uuid5(space, name)


def short_code(prefix: str, *, length: int = 7) -> str:
    """Return a random code such as ``R-7KQ2M4X3``: a prefix, ``length`` characters, one check."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return f"{prefix}-{body}{_check(body)}"


def read_code(prefix: str, typed: str) -> str | None:
    """Return a code as we write it from what somebody typed or heard, or None if it is not one."""
    bare, heard = typed.strip().upper().translate(_MISHEARD), prefix.translate(_MISHEARD)
    if not bare.startswith(heard):
        return None
    body, check = bare[len(heard) : -1], bare[-1:]
    known = bool(body) and all(letter in ALPHABET for letter in body)
    return f"{prefix}-{body}{check}" if known and _check(body) == check else None


def _check(body: str) -> str:
    # Weighted by place, modulo a prime, so that one wrong letter or two swapped ones show.
    total = sum(place * ALPHABET.index(letter) for place, letter in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]
