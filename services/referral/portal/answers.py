"""How a partner answers on its telephone."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request

from services.referral.actions import answering, delivering
from services.referral.portal.doing import Deed, done, known, look, page_of, press, show
from services.referral.portal.forms import AnswerForm, NoteForm, RefusalForm, StoppingForm
from services.referral.portal.pages import PORTAL_PEOPLE
from services.referral.queries.directory import search_directory
from services.referral.storage.work import begin
from shared.http.guard import actor, parts
from shared.web.forms import read_form
from shared.web.front import page
from shared.web.problems import show_problems

routes = Blueprint("mitra_answers", __name__, url_prefix="/mitra/rujukan/<code>")
show_problems(routes)


@routes.get("/jawab")
@page(PORTAL_PEOPLE)
def ask_answer(code: str) -> Response:
    """Ask: accept, cannot, or ask first."""
    return show("answer", code)


@routes.post("/jawab")
@page(PORTAL_PEOPLE, changes=True)
def answer(code: str) -> Response:
    """Accept at once; the other two answers need a word more."""
    form = read_form(AnswerForm(), request.form)
    if not form.valid:
        return show("answer", code, form)
    if form.clean["answer"] != "terima":
        return make_response(redirect(f"{page_of(known(code))}/{form.clean['answer']}", code=303))
    return done(code, answering.accept_referral)


@routes.get("/tolak")
@page(PORTAL_PEOPLE)
def ask_reason(code: str) -> Response:
    """Ask why not."""
    return show("refusal", code, others=_others(code))


@routes.post("/tolak")
@page(PORTAL_PEOPLE, changes=True)
def refuse(code: str) -> Response:
    """Decline, with a reason, and another institution if one is named."""

    def deed(typed: Mapping[str, Any]) -> Deed:
        said = {name: value for name, value in typed.items() if name != "note"}
        return lambda work, hand, found: answering.decline_referral(work, hand, found, **said)

    return press("refusal", code, RefusalForm(), deed, others=_others(code))


@routes.get("/tanya")
@page(PORTAL_PEOPLE)
def ask_question(code: str) -> Response:
    """Ask what the partner wants to know."""
    return show("question", code)


@routes.post("/tanya")
@page(PORTAL_PEOPLE, changes=True)
def question(code: str) -> Response:
    """Ask first; the clock rests."""
    return press("question", code, NoteForm(), lambda typed: answering.ask_for_information)


@routes.get("/berhenti")
@page(PORTAL_PEOPLE)
def ask_stop(code: str) -> Response:
    """Say what stopping means."""
    return show("stop", code)


@routes.post("/berhenti")
@page(PORTAL_PEOPLE, changes=True)
def stop(code: str) -> Response:
    """Confirm that everything stopped and the data was put away."""
    return done(code, answering.acknowledge_stop)


@routes.get("/batal")
@page(PORTAL_PEOPLE)
def ask_stopping(code: str) -> Response:
    """The unit wishes to cancel: ask whether to stop."""
    return show("stopping", code)


@routes.post("/batal")
@page(PORTAL_PEOPLE, changes=True)
def stopping(code: str) -> Response:
    """Agree to stop, or go on."""
    ways = {"berhenti": delivering.agree_to_cancel, "teruskan": delivering.go_on}
    return press("stopping", code, StoppingForm(), lambda typed: ways[typed["answer"]])


@routes.get("/sanggah")
@page(PORTAL_PEOPLE)
def ask_contest(code: str) -> Response:
    """Ask what is not right about the recorded answer."""
    return show("contest", code)


@routes.post("/sanggah")
@page(PORTAL_PEOPLE, changes=True)
def contest(code: str) -> Response:
    """Contest an answer that was recorded for the partner."""
    return press("contest", code, NoteForm(), lambda typed: answering.contest_answer)


def _others(code: str) -> list[tuple[str, str]]:
    referral = look(code).referral
    with begin(parts().ground) as work:
        found = search_directory(work, actor(), referral.service)
    return [(str(one.id), one.name or "") for one in found if one.id != referral.institution_id]
