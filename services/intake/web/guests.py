"""The guest book: one line for every visit, and from it straight to a report."""

from typing import Any

from flask import request

from services.intake import queries
from services.intake.actions.drafts import begin_draft
from services.intake.actions.guests import receive_guest
from services.intake.actions.policies import COUNTER
from services.intake.domain.forms.guest import GUEST
from services.intake.storage.work import Work
from services.intake.web.reading import Sheet, labels, read, shown
from services.intake.web.workspace import once, pages, show, work
from shared.http.guard import actor
from shared.web.front import front, page

_BLOCK = GUEST.blocks[0]


@pages.get("/tamu")
@page(COUNTER)
def guest_book() -> Any:
    """Show the guest book, with a new line at the top."""
    with work() as opened:
        now = opened.clock.now(actor().org)
    start = {"arrived_at": now.isoformat(), "channel": "LANGSUNG", "purpose": "PENGADUAN"}
    values = shown(_BLOCK.fields, start) | dict(front().typed())
    return _page(Sheet(values, labels=labels(_BLOCK.fields)))


@pages.post("/tamu")
@page(COUNTER, changes=True)
def receive() -> Any:
    """Write a visit down; a complaint goes on to its form with nothing typed twice."""
    sheet = read(_BLOCK, request.form)
    if sheet.errors:
        return _page(sheet, 422)

    def write(opened: Work) -> str:
        guest = receive_guest(opened, actor(), sheet.answers)
        if guest.purpose != "PENGADUAN":
            return "/tamu"
        draft = begin_draft(opened, actor(), guest_id=guest.id)
        return f"/pengaduan/tulis/{draft.id}"

    return once(write)


def _page(sheet: Sheet, status: int = 200) -> Any:
    with work() as opened:
        found = queries.guests(opened, actor(), 30, None)[:30]
    return show("guests.html", status, guests=found, block=_BLOCK, form=sheet, errors=sheet.errors)
