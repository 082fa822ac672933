"""The blueprint of the staff pages, and what all of them do the same way."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from services.intake.storage.work import Work, begin
from services.intake.web.opening import asked
from shared.contracts.event import Publisher
from shared.contracts.protection import UnitKind
from shared.errors import RajutError
from shared.http.calls import Line
from shared.http.guard import actor, parts
from shared.storage.idempotency import Answer
from shared.web.front import front
from shared.web.language import current_language
from shared.web.problems import show_problems

pages = Blueprint("staff", __name__)
show_problems(pages)

#: The cookie that hides names while a visitor sits beside the screen; it holds nothing else.
VEIL: Final = "samar"


@pages.context_processor
def _about_the_page() -> dict[str, Any]:
    return {
        "veiled": request.cookies.get(VEIL) == "1",
        "language": current_language(),
        "token": front().csrf(),
        "said": None if _fragment() else front().flashed("said"),
        "here": request.path,
        "training": _training(),
        "read_time": datetime.fromisoformat,
        "in_order": asked,
    }


def work() -> Any:
    """Open a unit of work for a page."""
    return begin(parts().ground)


def line(to: Publisher) -> Line:
    """Return a line to another service, speaking for who is signed in. Not in a unit of work."""
    return parts().calls.to(to, token=front().token_for(to))


def show(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """Render a page; none of them is kept by the browser."""
    return render_template(f"staf/{template}", **values), status


def go(address: str, said: str = "") -> Response:
    """Send the browser on after something was done, with one calm line about it."""
    if said:
        front().flash("said", said)
    return redirect(address, code=303)


def once(change: Callable[[Work], str]) -> Response:
    """Do what a form asks once, however often it is sent, and go where ``change`` says."""
    key = request.form.get("_once", "")[:200]
    with work() as opened:
        earlier = opened.once.claim(actor().id, key, _digest()) if key else None
        if earlier is not None:
            return redirect(earlier.headers["Location"], code=303)
        address = change(opened)
        if key:
            opened.once.keep(actor().id, key, Answer(303, {"Location": address}, ""))
    return redirect(address, code=303)


def tolerantly(ask: Callable[[], Any]) -> Any:
    """Return what another service says, or None: its panel is missing, the page stays."""
    try:
        return ask()
    except RajutError:
        return None


def _digest() -> str:
    typed = sorted((name, value) for name, value in request.form.items(multi=True))
    kept = [pair for pair in typed if pair[0] != "_csrf"]
    return hashlib.sha256(f"{request.path}{kept}".encode()).hexdigest()


def _training() -> bool:
    """Whether the unit of who is signed in only trains; every page then says so."""
    found = g.get("actor")
    if found is None or _fragment():
        return False
    with work() as opened:
        return bool(opened.clock.kind(found.org) is not UnitKind.REAL)


def _fragment() -> bool:
    """Whether only a part of a page is asked for, or nobody is signed in: nothing is said then."""
    return "HX-Request" in request.headers or g.get("actor") is None
