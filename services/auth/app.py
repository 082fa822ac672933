"""The web application of auth."""

from typing import Final

from flask import Flask

from services.auth.actions.pauses import NONE, Pause
from services.auth.api import (
    admin_pages,
    enrolment_pages,
    institutions,
    machines,
    oauth,
    pages,
    people,
    sessions,
)
from services.auth.api.oauth_server import Server
from services.auth.api.policies import ADMINISTRATORS
from shared.http.factory import make_app
from shared.http.guard import refuse_to_start_open
from shared.http.parts import Parts
from shared.web.front import Front
from shared.web.pages import prepare

_ADMIN: Final = "admin-web"


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
    if _ADMIN in parts.machines:
        _add_administration(app, parts)
    return app


def _add_administration(app: Flask, parts: Parts) -> None:
    """Add the administrator's pages, with a sign-in like any other front's."""
    roles = ADMINISTRATORS.roles
    Front(parts, name="kelola", machine=_ADMIN, home=admin_pages.HOME, roles=roles).join(app)
    app.register_blueprint(admin_pages.pages)
    refuse_to_start_open(app)
