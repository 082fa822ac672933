"""Between a form and an action: one press moves once, and what was typed is never lost."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request
from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from services.referral.actions.hands import Hand
from services.referral.domain.moves import Move
from services.referral.domain.referral import Referral
from services.referral.queries.inbox import Received, received_now
from services.referral.queries.tasks import id_of
from services.referral.storage.work import Work, begin
from shared.clock import now
from shared.contracts.referral_words import Door
from shared.contracts.validation import worded
from shared.errors import Conflict, Invalid, NotFound
from shared.http.guard import actor, parts
from shared.identifiers import read_code
from shared.storage.idempotency import Answer
from shared.web.forms import Filled, read_form
from shared.web.front import front
from shared.web.language import current_language, say
from shared.web.times import show_clock

Deed = Callable[[Work, Hand, UUID], Referral]

SENT: Final = worded("Terkirim {clock}. UPTD sudah diberi tahu.")
CHANGED: Final = worded("Keadaan rujukan ini sudah berubah. Lihat keadaannya sekarang di bawah.")

#: The move that each form is for.
_MOVE: Final[Mapping[str, Move]] = {
    "answer": Move.ACCEPT,
    "refusal": Move.DECLINE,
    "question": Move.ASK_INFORMATION,
    "stop": Move.ACKNOWLEDGE_STOP,
    "stopping": Move.GO_ON,
    "contest": Move.CONTEST,
    "appointment": Move.SCHEDULE,
    "session": Move.REPORT_PROGRESS,
    "completion": Move.COMPLETE,
    "result": Move.ADD_RESULT,
    "hold": Move.HOLD,
    "resumption": Move.RESUME,
    "waitlist": Move.WAITLIST,
    "failure": Move.FAIL,
}


def page_of(code: str) -> str:
    """Return the address of a referral's page."""
    return f"/mitra/rujukan/{code}"


def known(code: str) -> str:
    """Return a code as we write it, or raise NotFound."""
    found = read_code("R", code)
    if found is None:
        raise NotFound("referrals")
    return found


def look(code: str) -> Received:
    """Return what a form's page needs of its referral."""
    with begin(parts().ground) as work:
        referral = work.referrals.get(id_of(work, actor(), known(code)))
        work.audit.read(actor(), "portal.form", "referral", [referral.id])
        return received_now(work, referral)


def show(template: str, code: str, form: Filled | None = None, **more: Any) -> Response:
    """Show a form, with what was typed and what is wrong with it; or say that it is too late."""
    received = look(code)
    if _MOVE[template] not in received.moves:
        return back_to(code, say(CHANGED))
    filled = form or _typed_before()
    page = render_template(
        f"mitra/{template}.html",
        received=received,
        code=known(code),
        form=filled,
        errors=filled.errors,
        now=now(),
        **more,
    )
    return make_response(page, 422 if filled.errors else 200)


def press(
    template: str,
    code: str,
    schema: Schema,
    deed: Callable[[Mapping[str, Any]], Deed],
    **more: Any,
) -> Response:
    """Do what a form says, once, and lead back to the referral; or show the form again."""
    form = read_form(schema, request.form)
    if not form.valid:
        return show(template, code, form, **more)
    try:
        return done(code, deed(form.clean), note=form.clean.get("note"))
    except Invalid as error:
        return show(template, code, _with(form, error), **more)


def done(code: str, deed: Deed, *, note: str | None = None) -> Response:
    """Do a deed once for this form, tell so on the referral's page."""
    hand = Hand(actor=actor(), door=Door.PORTAL, note=note)
    try:
        with begin(parts().ground) as work:
            told = _once(work, hand, code, deed)
    except Conflict:
        told = say(CHANGED)
    return back_to(code, told)


def back_to(code: str, told: str) -> Response:
    """Lead back to the referral, which says what became of it."""
    front().flash("told", told)
    return make_response(redirect(page_of(known(code)), code=303))


def _once(work: Work, hand: Hand, code: str, deed: Deed) -> str:
    key = request.form.get("_once", "")[:200]
    earlier = work.once.claim(hand.actor.id, key, _digest()) if key else None
    if earlier is not None:
        return earlier.body
    moved = deed(work, hand, id_of(work, hand.actor, known(code)))
    told = say(SENT, clock=show_clock(work.clock.now(moved.unit_id)))
    if key:
        work.once.keep(hand.actor.id, key, Answer(303, {}, told))
    return told


def _digest() -> str:
    typed = sorted((name, value) for name, value in request.form.items() if name != "_csrf")
    return hashlib.sha256(f"{request.path}\n{typed}".encode()).hexdigest()


def _with(form: Filled, error: Invalid) -> Filled:
    sentence = error.says(current_language())
    wrong = dict.fromkeys(error.fields or ("_schema",), sentence)
    return Filled(form.values, {_FIELD.get(name, name): said for name, said in wrong.items()})


#: Fields of the domain that are typed in parts.
_FIELD: Final = {"appointment_at": "day", "next_appointment_at": "day"}


def _typed_before() -> Filled:
    typed: MultiDict[str, str] = front().typed()
    return Filled(dict(typed.items()))
