"""The portal's two places: the desk with what is to do, and one referral."""

from typing import Any, Final

from flask import Blueprint, Response, g, make_response, redirect, render_template, request

from services.referral.actions.answering import see_referral
from services.referral.actions.hands import Hand
from services.referral.domain.moves import Move
from services.referral.portal import words
from services.referral.portal.doing import known, page_of
from services.referral.queries.inbox import entries_for_partner, get_received
from services.referral.queries.place import name_of, only_trains
from services.referral.queries.tasks import Pile, due_of, id_of, look_at_desk
from services.referral.storage.work import begin
from shared.contracts.referral_words import Door, ReferralStanding
from shared.contracts.roles import PARTNERS, Role
from shared.http.guard import actor, parts
from shared.identifiers import read_code
from shared.security.policy import Policy
from shared.web.front import front, page
from shared.web.problems import show_problems

PORTAL_PEOPLE: Final = Policy(
    "portal_people",
    "People who work at a partner; their machines have a door of their own.",
    PARTNERS - {Role.MESIN_MITRA},
)

routes = Blueprint("mitra", __name__)
show_problems(routes)


@routes.get("/mitra")
@page(PORTAL_PEOPLE)
def home() -> Response:
    """Lead to the desk."""
    return make_response(redirect("/mitra/tugas", code=303))


@routes.get("/mitra/tugas")
@page(PORTAL_PEOPLE)
def tasks() -> str:
    """Show what is to do, what is under way, what has ended."""
    wished = request.args.get("lihat", "")
    pile = Pile(wished) if wished in set(Pile) else Pile.TO_DO
    with begin(parts().ground) as work:
        desk = look_at_desk(work, actor(), pile)
        at = {one.id: work.clock.now(one.unit_id) for one in desk.referrals}
    return render_template("mitra/tasks.html", desk=desk, due_of=due_of, at=at, piles=Pile)


@routes.get("/mitra/rujukan/<code>")
@page(PORTAL_PEOPLE)
def one(code: str) -> str:
    """Show one referral; the first time is kept as the moment it was seen."""
    with begin(parts().ground) as work:
        referral_id = id_of(work, actor(), known(code))
        see_referral(work, Hand(actor=actor(), door=Door.PORTAL), referral_id)
        received = get_received(work, actor(), referral_id)
        entries = entries_for_partner(work, received.referral)
        present = work.clock.now(received.referral.unit_id)
    told = front().flashed("told")
    return render_template(
        "mitra/referral.html",
        received=received,
        code=received.referral.code,
        entries=entries,
        due=due_of(received.referral),
        now=present,
        told=told,
        form=None,
    )


@routes.get("/j/<code>")
@page(PORTAL_PEOPLE)
def short(code: str) -> Response:
    """Lead from the code on a letter to its referral."""
    return make_response(redirect(page_of(known(code)), code=303))


@routes.app_context_processor
def vocabulary() -> dict[str, Any]:
    """Give the portal's templates their words."""
    return {
        "home": "/mitra/tugas",
        "quick_exit_address": lambda: "/mitra/keluar-cepat",
        "state_words": words.STATES,
        "move_words": words.MOVES,
        "party_words": words.PARTIES,
        "door_words": words.DOORS,
        "urgency_words": words.URGENCIES,
        "result_words": words.RESULTS,
        "field_words": words.FIELDS,
        "in_words": words.in_words,
        "Move": Move,
        "tag_colour": _COLOURS.get,
    }


@routes.app_context_processor
def place() -> dict[str, Any]:
    """Say on every page whose portal this is, and whether it is only training."""
    if g.get("actor") is None:
        return {}
    asked = str((request.view_args or {}).get("code", ""))
    with begin(parts().ground) as work:
        training = only_trains(work, actor(), read_code("R", asked) if asked else None)
        return {"unit_name": name_of(work, actor()), "training": training}


_COLOURS: Final = {
    ReferralStanding.REQUESTED: "blue",
    ReferralStanding.RECEIVED: "blue",
    ReferralStanding.ACCEPTED: "turquoise",
    ReferralStanding.IN_PROGRESS: "turquoise",
    ReferralStanding.ON_HOLD: "yellow",
    ReferralStanding.COMPLETED: "green",
    ReferralStanding.REJECTED: "grey",
    ReferralStanding.FAILED: "orange",
    ReferralStanding.CANCELLED: "grey",
    ReferralStanding.ENTERED_IN_ERROR: "grey",
}
