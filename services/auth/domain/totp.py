"""Codes from a device (RFC 6238): six digits, thirty seconds, each good once."""

from datetime import datetime
from typing import Final
from urllib.parse import quote

import pyotp

STEP_SECONDS: Final = 30
#: One step either way, for clocks that are not quite right (RFC 6238, section 5.2).
_DRIFT: Final = 1


def new_secret() -> str:
    """Return a new secret of 160 bits, in base 32."""
    return pyotp.random_base32()


def step_of(secret: str, typed: str, *, at: datetime, last_step: int | None) -> int | None:
    """Return the time step whose code was typed; None when it is wrong or was used already.

    The library accepts the same code twice; the step of the last good one is kept for that.
    """
    code = typed.replace(" ", "")
    if not secret or len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    device = pyotp.TOTP(secret)
    now = int(at.timestamp()) // STEP_SECONDS
    earliest = now - _DRIFT if last_step is None else max(now - _DRIFT, last_step + 1)
    for step in range(earliest, now + _DRIFT + 1):
        if pyotp.utils.strings_equal(device.at(step * STEP_SECONDS), code):
            return step
    return None


def address(secret: str, *, sign_in: str) -> str:
    """Return the address that a device reads from the picture."""
    label = quote(f"RAJUT:{sign_in}", safe=":")
    return f"otpauth://totp/{label}?secret={secret}&issuer=RAJUT"


def in_groups(secret: str) -> str:
    """Return the secret in groups of four, to be typed by hand."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
