"""The web application of monitoring: JSON only; the staff workspace is intake's."""

from flask import Flask

from services.monitoring.api import cases, deadlines, holidays, tasks
from shared.http.factory import make_app
from shared.http.parts import Parts


def create_app(parts: Parts) -> Flask:
    """Build the application; raises RouteWithoutAccess when a route names no access."""
    return make_app(
        parts,
        title="RAJUT monitoring",
        routes=[cases.routes, tasks.routes, deadlines.routes, holidays.routes],
    )
