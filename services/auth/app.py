"""The web application of auth."""

from flask import Flask

from services.auth.actions.pauses import NONE, Pause
from services.auth.api import (
    enrolment_pages,
    institutions,
    machines,
    oauth,
    pages,
    people,
    sessions,
)
from services.auth.api.oauth_server import Server
from shared.http.factory import make_app
from shared.http.parts import Parts
from shared.web.pages import prepare


def create_app(parts: Parts, *, pause: Pause = NONE) -> Flask:
    """Build the application. ``pause`` lets a test make requests meet where it matters."""
    server = Server(parts, pause=pause)
    app = make_app(
        parts,
        title="RAJUT auth",
        routes=[institutions.routes, people.routes, machines.routes, sessions.routes],
        pages=[
            oauth.blueprint(server),
            pages.blueprint(server),
            enrolment_pages.blueprint(parts),
        ],
    )
    prepare(app)
    return app
