"""The web application of referral."""

from flask import Flask

from services.referral.api import (
    answers,
    deliveries,
    inbox,
    institutions,
    moves_of_unit,
    referrals,
)
from shared.http.factory import make_app
from shared.http.parts import Parts


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
    )
