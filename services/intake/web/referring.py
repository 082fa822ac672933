"""Sending a referral in four screens: service, partner, what will they see, check and send."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import redirect, request

from services.intake import queries
from services.intake.actions import referring as actions
from services.intake.actions.policies import RESPONDERS
from services.intake.actions.referring import AlreadyReferred, NoConsent, Preview, Wish
from services.intake.outward import referral as outward
from services.intake.queries import CaseFile
from services.intake.web.people import institution_name, institutions
from services.intake.web.words import FIELDS
from services.intake.web.workspace import go, line, pages, show, work
from shared.contracts.event import Publisher
from shared.contracts.referral_words import CLASS_OF, ContentField, Urgency
from shared.errors import NotFound, RajutError
from shared.http.guard import actor
from shared.web.front import page
from shared.web.language import current_language, say


@pages.get("/kasus/<uuid:case_id>/rujukan/baru")
@page(RESPONDERS)
def choose_item(case_id: UUID) -> Any:
    """Screen 1: for which agreed plan item."""
    chosen = request.args.get("item", "")
    file = _file(case_id)
    items = [item for item in file.items if item.referable]
    if chosen in {str(item.id) for item in items}:
        return redirect(f"/kasus/{case_id}/rujukan/{chosen}/mitra", code=303)
    errors = {"item": "required"} if "item" in request.args else {}
    return show("refer_item.html", case=file.case, items=items, errors=errors)


@pages.get("/kasus/<uuid:case_id>/rujukan/<uuid:item_id>/mitra")
@page(RESPONDERS)
def choose_partner(case_id: UUID, item_id: UUID) -> Any:
    """Screen 2: to which partner; those that gave no answer before are marked."""
    file = _file(case_id)
    item = _item(file, item_id)
    found = [one for one in institutions().values() if item.service in one.get("services", ())]
    chosen = request.args.get("mitra", "")
    if chosen in {str(one["id"]) for one in found}:
        return redirect(f"/kasus/{case_id}/rujukan/{item_id}/{chosen}/isi", code=303)
    tried = {str(one.institution_id) for one in file.help if one.plan_item_id == item_id}
    errors = {"mitra": "required"} if "mitra" in request.args else {}
    return show(
        "refer_partner.html",
        case=file.case,
        item=item,
        partners=found,
        known=bool(institutions()),
        tried=tried,
        errors=errors,
    )


@pages.get("/kasus/<uuid:case_id>/rujukan/<uuid:item_id>/<uuid:to>/isi")
@page(RESPONDERS)
def choose_content(case_id: UUID, item_id: UUID, to: UUID) -> Any:
    """Screen 3: what will they see. Without consent it leads to the consent form first."""
    return _content(case_id, item_id, to, {}, {})


@pages.post("/kasus/<uuid:case_id>/rujukan/<uuid:item_id>/<uuid:to>/isi")
@page(RESPONDERS)
def look_over_referral(case_id: UUID, item_id: UUID, to: UUID) -> Any:
    """Screen 4: look it over; or back to screen 3 with what was typed."""
    typed = request.form.to_dict()
    errors = {} if typed.get("question", "").strip() else {"question": "required"}
    if errors or "_ubah" in typed:
        return _content(case_id, item_id, to, typed, {} if "_ubah" in typed else errors)
    return _check(case_id, item_id, to)


@pages.post("/kasus/<uuid:case_id>/rujukan/<uuid:item_id>/<uuid:to>/kirim")
@page(RESPONDERS, changes=True)
def send(case_id: UUID, item_id: UUID, to: UUID) -> Any:
    """Send it. The units of work end before the referral service is asked."""
    wish = _wish(item_id, to)
    try:
        with work() as opened:
            ready = actions.prepare(opened, actor(), case_id, wish)
        outward.send(line(Publisher.REFERRAL), ready.body, key=ready.key)
    except AlreadyReferred as known:
        return go(f"/kasus/{case_id}/rujukan/{known.referral_id}", known.says(current_language()))
    except RajutError as refused:
        if refused.status in (401, 404):
            raise
        return _check(case_id, item_id, to, refused)
    return go(f"/kasus/{case_id}", say("Rujukan dikirim ke {name}.", name=institution_name(to)))


def _content(
    case_id: UUID, item_id: UUID, to: UUID, typed: dict[str, str], errors: dict[str, str]
) -> Any:
    file, partner = _file(case_id), _partner(to)
    item = _item(file, item_id)
    try:
        seen = _preview(case_id, item_id, partner)
    except NoConsent:
        asked = _consent_form(case_id, item, partner)
        return show("refer_consent.html", case=file.case, item=item, partner=partner, asked=asked)
    hidden = [name for name in partner["template"] if ContentField(name) not in seen.offered]
    return show(
        "refer_content.html",
        422 if errors else 200,
        case=file.case,
        item=item,
        partner=partner,
        seen=seen,
        fields=FIELDS,
        hidden=[say(FIELDS[ContentField(name)]) for name in hidden],
        urgencies=_urgencies(),
        form=typed,
        errors=errors,
    )


def _consent_form(case_id: UUID, item: Any, partner: dict[str, Any]) -> str:
    """Return the address of the consent form for this partner, with what it needs ticked."""
    to = f"{partner['id']}"
    classes = {CLASS_OF[ContentField(name)].value for name in partner["template"]} - {"none"}
    asked = {
        "scope": "RUJUKAN",
        "institution_id": to,
        "service": item.service.value,
        "field_classes": sorted(classes),
        "ke": f"/kasus/{case_id}/rujukan/{item.id}/{to}/isi",
    }
    return f"/kasus/{case_id}/persetujuan?{urlencode(asked, doseq=True)}"


def _check(case_id: UUID, item_id: UUID, to: UUID, refused: RajutError | None = None) -> Any:
    file, partner = _file(case_id), _partner(to)
    seen = _preview(case_id, item_id, partner)
    typed = {name: value for name, value in request.form.items() if name != "_csrf"}
    chosen = _chosen()
    shown = [
        (say(FIELDS[field]), _text(chosen[field.value], seen.filled_in.get(field, "")))
        for field in seen.offered
        if field.value in chosen
    ]
    return show(
        "refer_check.html",
        200 if refused is None else refused.status,
        case=file.case,
        item=_item(file, item_id),
        partner=partner,
        shown=[row for row in shown if row[1]],
        typed=typed,
        urgency=dict(_urgencies()).get(typed.get("urgency", ""), ""),
        refused=refused,
    )


def _wish(item_id: UUID, to: UUID) -> Wish:
    urgency = request.form.get("urgency", "")
    return Wish(
        item_id=item_id,
        institution_id=to,
        template=frozenset(ContentField(name) for name in _partner(to)["template"]),
        urgency=Urgency(urgency) if urgency in set(Urgency) else Urgency.D3,
        question=request.form.get("question", ""),
        content=_chosen(),
        accommodation=request.form.get("accommodation", ""),
        emergency=request.form.get("emergency") == "yes",
    )


def _chosen() -> dict[str, Any]:
    """Return what is to be sent: texts that were written, and ticked fields from the file."""
    known = set(ContentField)
    written = {
        name.removeprefix("text_"): value
        for name, value in request.form.items()
        if name.startswith("text_") and value.strip()
    }
    ticked = {name.removeprefix("send_"): True for name in request.form if name[:5] == "send_"}
    return {name: said for name, said in (ticked | written).items() if name in known}


def _text(said: Any, known: str) -> str:
    return said if isinstance(said, str) else known


def _urgencies() -> list[tuple[str, str]]:
    return [
        (Urgency.SEGERA.value, say("Segera: jawaban dalam 1 jam")),
        (Urgency.H24.value, say("Jawaban dalam 24 jam")),
        (Urgency.D3.value, say("Jawaban dalam 3 hari")),
        (Urgency.RUTIN.value, say("Tidak mendesak")),
    ]


def _preview(case_id: UUID, item_id: UUID, partner: dict[str, Any]) -> Preview:
    template = frozenset(ContentField(name) for name in partner["template"])
    with work() as opened:
        return actions.preview(
            opened, actor(), case_id, item_id, (UUID(str(partner["id"])), template)
        )


def _file(case_id: UUID) -> CaseFile:
    with work() as opened:
        return queries.case_file(opened, actor(), case_id)


def _item(file: CaseFile, item_id: UUID) -> Any:
    found = next((item for item in file.items if item.id == item_id), None)
    if found is None:
        raise NotFound("plan_items")
    return found


def _partner(to: UUID) -> dict[str, Any]:
    found = institutions().get(str(to))
    if found is None:
        raise NotFound("institutions")
    return found
