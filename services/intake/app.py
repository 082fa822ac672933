"""Builds the web application of intake: its JSON edge and the staff workspace."""

from typing import Final

from flask import Flask

from services.intake.api import (
    cases,
    casework,
    codes,
    consents,
    guests,
    plans,
    reports,
    units,
)
from services.intake.web.desk import pages
from shared.contracts.roles import STAFF
from shared.http.factory import make_app
from shared.http.parts import Parts
from shared.web.front import Front
from shared.web.pages import prepare
from shared.web.quick_exit import quick_exit

ROUTES: Final = (
    units.routes,
    guests.routes,
    reports.routes,
    cases.routes,
    casework.routes,
    plans.routes,
    consents.routes,
    codes.routes,
)
STAFF_MACHINE: Final = "staff-web"


def create_app(parts: Parts) -> Flask:
    """Build the application from its parts."""
    return make_app(
        parts,
        title="RAJUT intake",
        routes=ROUTES,
        pages=(pages,),
        dress=lambda app: _open_workspace(app, parts),
    )


def _open_workspace(app: Flask, parts: Parts) -> None:
    prepare(app)
    front = Front(parts, name="staf", machine=STAFF_MACHINE, home="/", roles=STAFF)
    front.join(app)
    app.register_blueprint(quick_exit([front.cookie], forget=front.forget))
