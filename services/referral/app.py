"""The web application of referral: its API, and the partners' portal."""

from flask import Flask

from services.referral.api import (
    answers,
    deliveries,
    inbox,
    institutions,
    moves_of_unit,
    referrals,
)
from services.referral.portal import answers as portal_answers
from services.referral.portal import deliveries as portal_deliveries
from services.referral.portal import pages
from shared.contracts.roles import PARTNERS, Role
from shared.http.factory import make_app
from shared.http.parts import Parts
from shared.web.front import Front
from shared.web.pages import prepare
from shared.web.quick_exit import quick_exit

PORTAL_MACHINE = "partner-portal"


def create_app(parts: Parts) -> Flask:
    """Build the application over its parts."""
    return make_app(
        parts,
        title="RAJUT referral",
        routes=(
            referrals.routes,
            moves_of_unit.routes,
            inbox.routes,
            answers.routes,
            deliveries.routes,
            institutions.routes,
        ),
        pages=(pages.routes, portal_answers.routes, portal_deliveries.routes),
        dress=lambda app: _open_portal(app, parts),
    )


def _open_portal(app: Flask, parts: Parts) -> None:
    prepare(app)
    front = Front(
        parts,
        name="mitra",
        machine=PORTAL_MACHINE,
        home="/mitra/tugas",
        roles=PARTNERS - {Role.MESIN_MITRA},
    )
    front.join(app)
    leaving = quick_exit([front.cookie], forget=front.forget)
    app.register_blueprint(leaving, url_prefix="/mitra")
