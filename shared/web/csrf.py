"""Binds a form to the session that asked for it (CSRF), in two independent ways.

The token is an HMAC of a random salt under the session's secret, so it differs on every page
(nothing to guess from compressed sizes) and needs no storage. The browser's own account of where
a request came from (Origin, Sec-Fetch-Site) is checked besides.
"""

import hmac
import secrets
from collections.abc import Mapping
from typing import Final

from shared.errors import NotAllowed

FIELD: Final = "_csrf"
_SALT: Final = 16


class ForgedForm(NotAllowed):
    """The form did not come from a page of this session; showing it again gives a fresh one."""

    code = "forged_form"
    id = "Halaman ini sudah terlalu lama terbuka. Buka lagi, lalu kirim sekali lagi."
    en = "This page has been open too long. Open it again, then send it once more."


def csrf_token(session_secret: bytes) -> str:
    """A token for one page of the session."""
    salt = secrets.token_hex(_SALT)
    return salt + _seal(session_secret, salt)


def check_csrf(
    session_secret: bytes, token: str | None, headers: Mapping[str, str], *, origin: str
) -> None:
    """Raise ForgedForm unless the token is the session's and the request came from `origin`."""
    if not (same_origin(headers, origin=origin) and token_fits(session_secret, token)):
        raise ForgedForm


def token_fits(session_secret: bytes, token: str | None) -> bool:
    """Whether the token was made with this session's secret."""
    if not token or not token.isascii():
        return False
    salt, seal = token[: 2 * _SALT], token[2 * _SALT :]
    return hmac.compare_digest(_seal(session_secret, salt), seal)


def same_origin(headers: Mapping[str, str], *, origin: str) -> bool:
    """What the browser says about where the request began; an old one that is silent passes.

    `Origin: null` (a privacy setting, a redirect) counts as silence, since Sec-Fetch-Site, which no
    page can forge, then decides.
    """
    site = headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin"):
        return False
    said = headers.get("Origin")
    return said in (None, origin) or (said == "null" and site == "same-origin")


def _seal(session_secret: bytes, salt: str) -> str:
    return hmac.new(session_secret, b"rajut csrf " + salt.encode(), "sha256").hexdigest()
