"""Builds the web application of intake: its JSON edge and the staff workspace."""

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
from shared.http.factory import make_app
from shared.http.parts import Parts

ROUTES = (
    units.routes,
    guests.routes,
    reports.routes,
    cases.routes,
    casework.routes,
    plans.routes,
    consents.routes,
    codes.routes,
)


def create_app(parts: Parts) -> Flask:
    """Build the application from its parts."""
    return make_app(parts, title="RAJUT intake", routes=ROUTES)
