"""Passwords: long enough, not on the list, and kept only as Argon2id.

The parameters are the least that OWASP names (19 MiB, two passes, one lane); at most two are
worked out at once, so that a flood of sign-ins cannot take the memory (security.md 4.9).
"""

import re
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.contracts.validation import worded
from shared.errors import Invalid

SHORTEST: Final = 12
LONGEST: Final = 128
_GUESSABLE: Final = worded(
    "Kata sandi ini terlalu mudah ditebak. Pakai beberapa kata yang tidak berkaitan."
)
_EDGES: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_COMMON: Final = Path(__file__).with_name("common_passwords.txt")
_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_two_at_once: Final = BoundedSemaphore(2)


def hashed(password: str) -> str:
    """Return the Argon2id hash that is kept of a password."""
    with _two_at_once:
        return _hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Tell whether the password is right; for nobody it takes as long and says no."""
    with _two_at_once:
        try:
            _hasher.verify(kept or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def check_password(password: str, *, sign_in: str) -> None:
    """Raise Invalid when a password is too short, too long or among the first to be guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(fields={"password": [worded("Pakai sedikitnya 12 huruf atau angka.")]})
    if _guessable(password.casefold(), sign_in):
        raise Invalid(fields={"password": [_GUESSABLE]})


def _guessable(password: str, sign_in: str) -> bool:
    stem = _EDGES.sub("", password)
    few = len(set(password)) < 5
    known = {password, stem} & _guessed_first() or stem.replace(" ", "") in _guessed_first()
    return few or bool(known) or (len(sign_in) > 3 and sign_in in password) or _runs(password)


def _runs(password: str) -> bool:
    # "abcdefghijkl", "123456789012", "qwertyuiopas": neighbours on the keyboard or in order.
    rows = "abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiopasdfghjklzxcvbnm"
    pairs = [password[place : place + 2] for place in range(len(password) - 1)]
    return sum(pair in rows or pair[::-1] in rows for pair in pairs) > 0.8 * len(pairs)


@cache
def _guessed_first() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split())


@cache
def _nobody() -> str:
    return _hasher.hash("a password that nobody has")
