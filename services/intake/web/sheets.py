"""The forms of a case that fit one page, all served by the same two functions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request

from services.intake import queries
from services.intake.actions import cases, consents, looping, planning
from services.intake.actions.policies import CASE_MANAGERS, RESPONDERS, SECOND_PERSON
from services.intake.domain.forms import looping as loop_forms
from services.intake.domain.forms.casework import COUNSELLING, NEED, SCREENING
from services.intake.domain.forms.consent import CONSENT
from services.intake.domain.forms.duty import DUTY
from services.intake.domain.forms.field import Form
from services.intake.domain.forms.lists import is_child
from services.intake.domain.forms.safety import SAFETY
from services.intake.storage.work import Work
from services.intake.web.people import institutions
from services.intake.web.reading import Sheet, labels, read, refused, shown
from services.intake.web.workspace import go, once, pages, show, work
from shared.contracts.validation import worded
from shared.errors import Conflict, Invalid, NotFound
from shared.http.guard import actor, admit
from shared.security.policy import Policy
from shared.web.front import front, page
from shared.web.language import current_language, say

Do = Callable[[Work, UUID, dict[str, Any], int | None], Any]


@dataclass(frozen=True)
class Page:
    """One form of a case: its declaration, what it does, who may, and where it leads."""

    form: Form
    do: Do
    button: str
    policy: Policy = RESPONDERS
    leads: str = ""


PAGES: dict[str, Page] = {
    "keselamatan": Page(
        SAFETY,
        lambda w, c, a, seen: cases.screen_safety(w, actor(), c, a, seen=seen),
        worded("Simpan skrining"),
    ),
    "persetujuan": Page(
        CONSENT,
        lambda w, c, a, _: consents.record_consent(w, actor(), c, a),
        worded("Simpan persetujuan"),
    ),
    "skrining": Page(
        SCREENING,
        lambda w, c, a, seen: cases.screen(w, actor(), c, a, seen=seen),
        worded("Simpan skrining"),
    ),
    "kebutuhan": Page(
        NEED,
        lambda w, c, a, _: planning.record_need(w, actor(), c, a),
        worded("Simpan kebutuhan"),
        leads="/rencana",
    ),
    "konseling": Page(
        COUNSELLING,
        lambda w, c, a, seen: looping.counsel(w, actor(), c, a, seen=seen),
        worded("Simpan konseling"),
    ),
    "penilaian-ulang": Page(
        loop_forms.REASSESSMENT,
        lambda w, c, a, seen: looping.answer_reassessment(w, actor(), c, a, seen=seen),
        worded("Simpan dan pindahkan kasus"),
        CASE_MANAGERS,
    ),
    "laporan-wajib": Page(
        DUTY,
        lambda w, c, a, seen: looping.settle_duty(w, actor(), c, a, seen=seen),
        worded("Simpan laporan wajib"),
    ),
    "terminasi": Page(
        loop_forms.CLOSURE,
        lambda w, c, a, seen: looping.close_case(w, actor(), c, a, seen=seen),
        worded("Tutup kasus"),
        CASE_MANAGERS,
    ),
    "buka-kembali": Page(
        loop_forms.REOPENING,
        lambda w, c, a, seen: looping.reopen(w, actor(), c, a, seen=seen),
        worded("Buka kembali"),
        CASE_MANAGERS,
    ),
}
_NAMES = ",".join(f"'{name}'" for name in PAGES)


@pages.get(f"/kasus/<uuid:case_id>/<any({_NAMES}):name>")
@page(RESPONDERS)
def sheet(case_id: UUID, name: str) -> Any:
    """Show one form of a case."""
    which = _page(name)
    block = which.form.blocks[0]
    with work() as opened:
        started = _start(name, opened.clock.now(actor().org).isoformat())
    values = shown(block.fields, started) | dict(front().typed())
    return _show(case_id, name, Sheet(values, labels=labels(block.fields)))


@pages.post(f"/kasus/<uuid:case_id>/<any({_NAMES}):name>")
@page(RESPONDERS, changes=True)
def keep_sheet(case_id: UUID, name: str) -> Any:
    """Keep one form of a case; what does not fit comes back as it was typed."""
    which = _page(name)
    filled = read(which.form.blocks[0], request.form)
    if filled.errors:
        return _show(case_id, name, filled, 422)
    seen = request.form.get("_seen", "")
    try:
        answer = once(lambda w: _keep(which, w, case_id, filled, seen))
    except Invalid as wrong:
        return _show(case_id, name, refused(filled, wrong.fields), 422)
    except Conflict as clash:
        return _show(case_id, name, filled, 409, clash=clash)
    front().flash("said", say("Tersimpan."))
    return answer


@pages.post("/kasus/<uuid:case_id>/persetujuan/<uuid:consent_id>/cabut")
@page(RESPONDERS, changes=True)
def withdraw_consent(case_id: UUID, consent_id: UUID) -> Any:
    """The person takes a consent back."""
    with work() as opened:
        consents.withdraw_consent(opened, actor(), case_id, consent_id)
    return go(f"/kasus/{case_id}", say("Tersimpan."))


@pages.post("/kasus/<uuid:case_id>/persetujuan/<uuid:consent_id>/setuju")
@page(SECOND_PERSON, changes=True)
def approve_consent(case_id: UUID, consent_id: UUID) -> Any:
    """Agree, as a second person, to sharing without consent."""
    with work() as opened:
        consents.approve_consent(opened, actor(), case_id, consent_id)
    return go(f"/kasus/{case_id}", say("Tersimpan."))


def _keep(which: Page, opened: Work, case_id: UUID, filled: Sheet, seen: str) -> str:
    which.do(opened, case_id, filled.answers, int(seen) if seen.isdigit() else None)
    wished = request.form.get("_ke", "")
    return wished if wished.startswith("/kasus/") else f"/kasus/{case_id}{which.leads}"


def _page(name: str) -> Page:
    which = PAGES.get(name)
    if which is None:
        raise NotFound("page")
    admit(actor(), frozenset(), which.policy)
    return which


def _start(name: str, now: str) -> dict[str, Any]:
    """Return what a form holds before anybody has typed."""
    start: dict[str, Any] = {"language": "id"}
    if name == "konseling":
        start["held_at"] = now
    if name == "persetujuan":
        chosen = ("scope", "institution_id", "service")
        start |= {"scope": "LAYANAN", "basis": "consent", "giver": "CLIENT"}
        start |= {key: request.args[key] for key in chosen if request.args.get(key)}
        start["field_classes"] = request.args.getlist("field_classes")
    return start


def _show(case_id: UUID, name: str, filled: Sheet, status: int = 200, **more: Any) -> Any:
    which = PAGES[name]
    with work() as opened:
        file = queries.case_file(opened, actor(), case_id)
    partners = [(id_, str(one["name"])) for id_, one in institutions().items()]
    return show(
        "sheet.html",
        status,
        title=which.form.en if current_language() == "en" else which.form.id,
        block=which.form.blocks[0],
        form=filled,
        errors=filled.errors,
        back=f"/kasus/{case_id}",
        button=say(which.button),
        references={"institution_id": partners},
        seen=request.form.get("_seen", file.case.version),
        file=file,
        child=is_child(file.person, {"reporter": {"reported_at": file.case.opened_at.isoformat()}}),
        name=name,
        leads=request.values.get("_ke") or request.args.get("ke", ""),
        **more,
    )
