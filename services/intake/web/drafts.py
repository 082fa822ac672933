"""Writing a report: each screen is kept at once, and an interrupted one goes on where it was."""

from typing import Any
from uuid import UUID

from flask import redirect, request
from werkzeug.wrappers import Response

from services.intake.actions import drafts as actions
from services.intake.actions.policies import COUNTER, RESPONDERS
from services.intake.actions.reports import the_report
from services.intake.domain.draft import Draft
from services.intake.domain.forms.check import Problems, check_form, missing
from services.intake.domain.forms.report import REPORT
from services.intake.domain.report import warnings
from services.intake.domain.safety import alarms
from services.intake.web.drafting import Screen, screens
from services.intake.web.reading import Sheet, labels, read, shown
from services.intake.web.workspace import go, pages, show, work
from shared.errors import Invalid, NotFound, Stale
from shared.http.guard import actor
from shared.web.front import front, page
from shared.web.language import say

_AT = "/pengaduan/tulis"


@pages.post("/pengaduan/baru")
@page(COUNTER, changes=True)
def begin_report() -> Response:
    """Begin a report without a line in the guest book (a call, a letter)."""
    with work() as opened:
        draft = actions.begin_draft(opened, actor())
    return go(f"{_AT}/{draft.id}")


@pages.get("/pengaduan/tulis/<uuid:draft_id>")
@page(COUNTER)
def go_on_with(draft_id: UUID) -> Response:
    """Go on at the question where the work stopped."""
    draft = _draft(draft_id)
    keys = [screen.key for screen in screens(draft)]
    at = draft.question if draft.question in [*keys, "periksa"] else keys[0]
    return redirect(f"{_AT}/{draft_id}/{at}", code=303)


@pages.get("/pengaduan/tulis/<uuid:draft_id>/<path>/<question>")
@page(COUNTER)
def ask(draft_id: UUID, path: str, question: str) -> Any:
    """Ask one question."""
    draft = _draft(draft_id)
    screen = _screen(draft, path, question)
    values = shown(screen.fields, screen.answers(draft)) | dict(front().typed())
    return _question(draft, screen, Sheet(values, labels=labels(screen.fields)))


@pages.post("/pengaduan/tulis/<uuid:draft_id>/<path>/<question>")
@page(COUNTER, changes=True)
def answer(draft_id: UUID, path: str, question: str) -> Any:
    """Keep the answers of one question and go on to the next."""
    draft = _draft(draft_id)
    screen = _screen(draft, path, question)
    sheet = read(screen.block, request.form, only=screen.fields, whole=draft.answers)
    if sheet.errors:
        return _question(draft, screen, sheet, 422)
    answers = dict.fromkeys(field.name for field in screen.fields) | sheet.answers
    with work() as opened:
        kept = actions.keep_answers(
            opened, actor(), draft_id, path, answers, next_question=screen.key
        )
        kept.question = _after(kept, screen.key)
        opened.drafts.save(kept)
    if path == "safety" and alarms(sheet.answers):
        return go(f"{_AT}/{draft_id}/bahaya")
    return go(f"{_AT}/{draft_id}/{kept.question}")


@pages.get("/pengaduan/tulis/<uuid:draft_id>/bahaya")
@page(COUNTER)
def danger(draft_id: UUID) -> Any:
    """Say that somebody is in danger now, and what comes first."""
    return show("draft_danger.html", draft=_draft(draft_id))


@pages.get("/pengaduan/tulis/<uuid:draft_id>/periksa")
@page(COUNTER)
def look_over(draft_id: UUID) -> Any:
    """Show everything once more before it is filed."""
    return _summary(_draft(draft_id), {})


@pages.post("/pengaduan/tulis/<uuid:draft_id>/tambah")
@page(COUNTER, changes=True)
def add_person(draft_id: UUID) -> Any:
    """Make room for one more person, and ask about her or him."""
    block = request.form.get("bagian", "")
    if block not in ("persons", "alleged_perpetrators"):
        raise NotFound("draft")
    with work() as opened:
        draft = actions.add_person(opened, actor(), draft_id, block)
    return go(f"{_AT}/{draft_id}/{block}.{len(draft.answers[block]) - 1}/who")


@pages.post("/pengaduan/tulis/<uuid:draft_id>/simpan")
@page(COUNTER, changes=True)
def file_report(draft_id: UUID) -> Any:
    """File the report. What the minimum set still lacks is shown with links to it.

    Pressed twice, it leads to the report that was filed; a report keeps the id of its draft.
    """
    try:
        with work() as opened:
            actions.finish_draft(opened, actor(), draft_id)
    except Invalid as refused:
        return _summary(_draft(draft_id), refused.fields, 422)
    except (NotFound, Stale):
        with work() as opened:
            the_report(opened, actor(), draft_id)
    return go(f"/pengaduan/{draft_id}", say("Pengaduan tersimpan."))


@pages.post("/pengaduan/tulis/<uuid:draft_id>/buang")
@page(RESPONDERS, changes=True)
def throw_away(draft_id: UUID) -> Any:
    """Throw the draft away."""
    with work() as opened:
        actions.throw_away(opened, actor(), draft_id)
    return go("/pengaduan", say("Rancangan pengaduan dibuang."))


def _draft(draft_id: UUID) -> Draft:
    with work() as opened:
        return actions.the_draft(opened, actor(), draft_id)


def _screen(draft: Draft, path: str, question: str) -> Screen:
    for screen in screens(draft):
        if screen.key == f"{path}/{question}":
            return screen
    raise NotFound("question")


def _after(draft: Draft, key: str) -> str:
    keys = [screen.key for screen in screens(draft)]
    place = keys.index(key) + 1 if key in keys else len(keys)
    return keys[place] if place < len(keys) else "periksa"


def _question(draft: Draft, screen: Screen, sheet: Sheet, status: int = 200) -> Any:
    keys = [each.key for each in screens(draft)]
    place = keys.index(screen.key)
    back = f"{_AT}/{draft.id}/{keys[place - 1]}" if place else "/pengaduan"
    return show(
        "draft_question.html",
        status,
        draft=draft,
        screen=screen,
        form=sheet,
        errors=sheet.errors,
        back=back,
        place=place + 1,
        total=len(keys),
    )


def _summary(draft: Draft, problems: Problems, status: int = 200) -> Any:
    answers = draft.finished()
    found = problems or check_form(REPORT, {k: v for k, v in answers.items() if k != "safety"})
    return show(
        "draft_summary.html",
        status,
        draft=draft,
        screens=screens(draft),
        problems=problems,
        lacking=set(found),
        wanted=missing(REPORT, answers),
        warned=warnings(answers),
        errors=problems,
    )
