"""The start page: what waits for me, most pressing first; and the small pages around it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import make_response, redirect, request
from werkzeug.wrappers import Response

from services.intake import queries
from services.intake.actions.policies import CASE_MANAGERS, CASE_WORKERS, RESPONDERS
from services.intake.outward import monitoring
from services.intake.web.task_places import done_by_hand, where_done
from services.intake.web.words import TASKS
from services.intake.web.workspace import VEIL, go, line, pages, show, tolerantly, work
from shared.contracts.event import Publisher
from shared.errors import RajutError
from shared.http.guard import actor, anyone
from shared.web.front import page
from shared.web.language import say


@pages.get("/")
@page(CASE_WORKERS)
def start() -> Any:
    """Show what waits for the one who is signed in."""
    return _start()


@pages.post("/tugas/<uuid:task_id>/selesai")
@page(CASE_MANAGERS, changes=True)
def complete_task(task_id: UUID) -> Any:
    """Say that a task is done that no event takes away by itself."""
    key = request.form.get("_once", "")
    try:
        monitoring.complete_task(line(Publisher.MONITORING), task_id, key=key)
    except RajutError as refused:
        if refused.status == 401:
            raise
        return _start(refused)
    return go("/", say("Tugas ditandai selesai."))


@pages.post("/samarkan")
@page(RESPONDERS)
def veil() -> Response:
    """Hide names on the screen, or show them again."""
    response = make_response(redirect(_back(), code=303))
    hide = request.cookies.get(VEIL) != "1"
    secure = request.is_secure
    response.set_cookie(VEIL, "1" if hide else "", httponly=True, samesite="Lax", secure=secure)
    return response


@pages.get("/bantuan")
@anyone("help must be there before anybody can sign in")
def help_page() -> Any:
    """Say whom to call, and what leaving in a hurry does and does not do."""
    return show("help.html")


def _start(refused: RajutError | None = None) -> Any:
    waiting = tolerantly(lambda: monitoring.my_tasks(line(Publisher.MONITORING)))
    with work() as opened:
        codes = {str(one.id): one.code for one in queries.cases(opened, actor(), 200, None)}
        counted = queries.counters(opened, actor())
        begun = queries.drafts(opened, actor())
        now = opened.clock.now(actor().org)
    return show(
        "start.html",
        200 if refused is None else refused.status,
        tasks=None if waiting is None else [_task(one, codes) for one in waiting],
        counted=counted,
        drafts=begun,
        now=now,
        here="/",
        clash=refused,
    )


def _task(one: dict[str, Any], codes: dict[str, str]) -> dict[str, Any]:
    return {
        "due_at": datetime.fromisoformat(str(one["due_at"])),
        "what": say(TASKS.get(str(one["kind"]), TASKS["contact"])),
        "code": codes.get(str(one.get("case_id")), ""),
        "href": where_done(one),
        "done_at": f"/tugas/{one['id']}/selesai" if done_by_hand(one, actor()) else "",
    }


def _back() -> str:
    asked = request.form.get("ke", "/")
    inside = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    return asked if inside else "/"
