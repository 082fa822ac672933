"""Puts the safety headers on every answer and compresses pages.

Referrer-Policy is `same-origin`, not `no-referrer`: under the latter a browser sends
`Origin: null` with our own forms, and the check of their origin would be blind. Nothing
leaves our own server either way.
"""

import gzip
import secrets
from io import BytesIO
from typing import Final

from flask import Response, request

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_WORTH_COMPRESSING: Final = 1000


def protect(response: Response) -> Response:
    """Add what is not set yet; a route with other needs sets its own header."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def compress(response: Response) -> Response:
    """Compress a page for a slow line.

    A random length of padding hides how well it shrank, so that what it holds cannot be guessed
    from its size (the BREACH attack).
    """
    if not _compressible(response):
        return response
    packed = BytesIO()
    padding = "x" * secrets.randbelow(64)
    with gzip.GzipFile(filename=padding, mode="wb", fileobj=packed, mtime=0) as file:
        file.write(response.get_data())
    response.set_data(packed.getvalue())
    response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _compressible(response: Response) -> bool:
    return (
        response.mimetype == "text/html"
        and not response.direct_passthrough
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= _WORTH_COMPRESSING
        and bool(request.accept_encodings["gzip"])
    )
