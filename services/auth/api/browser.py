"""What the pages know of a browser: its cookie, the form's token, and where it comes from."""

import secrets
from typing import Final

from flask import Response, request

from shared.http.parts import WebSettings
from shared.web.csrf import check_csrf, csrf_token

_BYTES: Final = 32
_LIFE: Final = 600


def cookie_name(web: WebSettings) -> str:
    """Return the name of our cookie; the prefix that binds it to the host needs TLS."""
    return "__Host-auth" if web.secure else "auth"


def cookie(web: WebSettings) -> str:
    """Return what the browser keeps for us, or something new for it to keep."""
    given = request.cookies.get(cookie_name(web), "")
    return given if len(given) >= _BYTES else secrets.token_urlsafe(_BYTES)


def keep(response: Response, web: WebSettings, value: str) -> Response:
    """Let the browser keep a value for ten minutes, out of the reach of scripts."""
    response.set_cookie(
        cookie_name(web), value, max_age=_LIFE, secure=web.secure, httponly=True, samesite="Lax"
    )
    return response


def drop(response: Response, web: WebSettings) -> Response:
    """Let the browser forget it."""
    response.delete_cookie(cookie_name(web), secure=web.secure, httponly=True, samesite="Lax")
    return response


def form_token(value: str) -> str:
    """Return the token that binds a form to this browser."""
    return csrf_token(value.encode())


def check_form(web: WebSettings) -> None:
    """Raise ForgedForm unless the form was shown to this very browser."""
    value = request.cookies.get(cookie_name(web), "")
    check_csrf(
        value.encode(), request.form.get("_csrf"), dict(request.headers), origin=web.public_url
    )


def address() -> str:
    """Return where the browser calls from, as the trusted proxies tell it."""
    return request.remote_addr or "?"
