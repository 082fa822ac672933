"""What a partner reports from its telephone while it helps."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

from services.referral.actions import delivering
from services.referral.portal.doing import Deed, done, press, show
from services.referral.portal.forms import (
    AppointmentForm,
    CompletionForm,
    FailureForm,
    HoldForm,
    NoteForm,
    SessionForm,
)
from services.referral.portal.pages import PORTAL_PEOPLE
from shared.web.front import page
from shared.web.problems import show_problems

routes = Blueprint("mitra_deliveries", __name__, url_prefix="/mitra/rujukan/<code>")
show_problems(routes)


@routes.get("/janji")
@page(PORTAL_PEOPLE)
def ask_appointment(code: str) -> Response:
    """Ask when the person is to come."""
    return show("appointment", code)


@routes.post("/janji")
@page(PORTAL_PEOPLE, changes=True)
def appointment(code: str) -> Response:
    """Set a time."""

    def deed(typed: Mapping[str, Any]) -> Deed:
        at = typed["appointment_at"]
        return lambda work, hand, found: delivering.make_appointment(
            work, hand, found, appointment_at=at
        )

    return press("appointment", code, AppointmentForm(), deed)


@routes.get("/sesi")
@page(PORTAL_PEOPLE)
def ask_session(code: str) -> Response:
    """Ask how the session went: three taps."""
    return show("session", code)


@routes.post("/sesi")
@page(PORTAL_PEOPLE, changes=True)
def session(code: str) -> Response:
    """Record that the person came, or did not, and when the next session is."""
    return press("session", code, SessionForm(), _session)


def _session(typed: Mapping[str, Any]) -> Deed:
    again = typed.get("next_appointment_at")
    if typed["came"] == "ya":
        return lambda work, hand, found: delivering.report_session(
            work, hand, found, next_appointment_at=again
        )
    if again is None:
        return delivering.record_no_show
    return lambda work, hand, found: delivering.record_missed(
        work, hand, found, next_appointment_at=again
    )


@routes.get("/selesai")
@page(PORTAL_PEOPLE)
def ask_result(code: str) -> Response:
    """Ask what came of it."""
    return show("completion", code)


@routes.post("/selesai")
@page(PORTAL_PEOPLE, changes=True)
def complete(code: str) -> Response:
    """Report the result and a summary."""

    def deed(typed: Mapping[str, Any]) -> Deed:
        result = typed["result"]
        return lambda work, hand, found: delivering.complete_referral(
            work, hand, found, result=result
        )

    return press("completion", code, CompletionForm(), deed)


@routes.get("/hasil")
@page(PORTAL_PEOPLE)
def ask_late_result(code: str) -> Response:
    """Ask for what came in late."""
    return show("result", code)


@routes.post("/hasil")
@page(PORTAL_PEOPLE, changes=True)
def late_result(code: str) -> Response:
    """Add a late result."""
    return press("result", code, NoteForm(), lambda typed: delivering.add_result)


@routes.get("/tunda")
@page(PORTAL_PEOPLE)
def ask_hold(code: str) -> Response:
    """Ask what is waited for."""
    return show("hold", code)


@routes.post("/tunda")
@page(PORTAL_PEOPLE, changes=True)
def hold(code: str) -> Response:
    """Wait for the person or a document."""

    def deed(typed: Mapping[str, Any]) -> Deed:
        waiting_for = typed["waiting_for"]
        return lambda work, hand, found: delivering.put_on_hold(
            work, hand, found, waiting_for=waiting_for
        )

    return press("hold", code, HoldForm(), deed)


@routes.get("/lanjut")
@page(PORTAL_PEOPLE)
def ask_resumption(code: str) -> Response:
    """Ask whether work goes on."""
    return show("resumption", code)


@routes.post("/lanjut")
@page(PORTAL_PEOPLE, changes=True)
def resume(code: str) -> Response:
    """Go on with the work."""
    return done(code, delivering.resume_work)


@routes.post("/daftar-tunggu")
@page(PORTAL_PEOPLE, changes=True)
def waitlist(code: str) -> Response:
    """Accepted, and waiting for a place."""
    return done(code, delivering.put_on_waiting_list)


@routes.get("/daftar-tunggu")
@page(PORTAL_PEOPLE)
def ask_waitlist(code: str) -> Response:
    """Ask whether the person goes on the waiting list."""
    return show("waitlist", code)


@routes.get("/gagal")
@page(PORTAL_PEOPLE)
def ask_failure(code: str) -> Response:
    """Ask why the help cannot be finished."""
    return show("failure", code)


@routes.post("/gagal")
@page(PORTAL_PEOPLE, changes=True)
def fail(code: str) -> Response:
    """Report that the help could not be finished."""

    def deed(typed: Mapping[str, Any]) -> Deed:
        reason = typed["reason"]
        return lambda work, hand, found: delivering.report_failure(work, hand, found, reason=reason)

    return press("failure", code, FailureForm(), deed)
