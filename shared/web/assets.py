"""Serves the style, the scripts and the icon from our own server, compressed and for a year.

The address holds a digest of everything served, `/static/<digest>/<name>`, so a new release
is fetched at once and an old one never asked for again. What pages name is put together from
a few files, to cost few requests on a slow line.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, request

from shared.http.guard import anyone

STATIC: Final = Path(__file__).parent / "static"
_GOVUK: Final = "vendor/govuk-frontend-6.6.0/govuk-frontend.min"
#: Name in a page's address -> the files it is made of.
SERVED: Final = {
    "rajut.css": (f"{_GOVUK}.css", "styles.css"),
    "rajut.js": ("exit.js", "pages.js"),
    f"{_GOVUK}.js": (f"{_GOVUK}.js",),
    "htmx.js": ("vendor/htmx-2.0.11/htmx.min.js",),
    "favicon.svg": ("favicon.svg",),
}
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One thing served: as it is, compressed, and of which kind."""

    plain: bytes
    compressed: bytes
    kind: str


@cache
def assets() -> dict[str, Asset]:
    """Everything that is served, read once."""
    return {name: _read(name, parts) for name, parts in SERVED.items()}


@cache
def digest() -> str:
    """What changes when any asset does."""
    whole = hashlib.sha256(b"".join(each.plain for each in assets().values()))
    return whole.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of an asset; raises KeyError for one that is not served."""
    assets()[name]
    return f"/static/{digest()}/{name}"


def blueprint() -> Blueprint:
    """The route of the assets."""
    routes = Blueprint("assets", __name__)
    routes.add_url_rule("/static/<release>/<path:name>", "asset", _serve)
    return routes


@anyone("styles and scripts are the same for everybody")
def _serve(release: str, name: str) -> Response:
    found = assets().get(name)
    if found is None:
        abort(404)
    shrunk = bool(request.accept_encodings["gzip"])
    response = Response(found.compressed if shrunk else found.plain, content_type=found.kind)
    response.vary.add("Accept-Encoding")
    if shrunk:
        response.content_encoding = "gzip"
    # While two releases run side by side a page may ask the older server for a newer file.
    response.headers["Cache-Control"] = _FOR_EVER if release == digest() else "no-cache"
    return response


def _read(name: str, parts: tuple[str, ...]) -> Asset:
    plain = b"\n".join((STATIC / part).read_bytes() for part in parts)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return Asset(plain, gzip.compress(plain, 9, mtime=0), kind)
