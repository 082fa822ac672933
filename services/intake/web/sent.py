"""One referral as its unit sees it: where it stands, what was said, and what can be done now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request

from services.intake import queries
from services.intake.actions.policies import RESPONDERS
from services.intake.outward import referral as outward
from services.intake.web.partner_moves import told_by_partner
from services.intake.web.people import institution_name
from services.intake.web.reading import Sheet, labels, read, refused
from services.intake.web.referral_words import MOVES, VERIFIED
from services.intake.web.unit_moves import UNIT_MOVES, UnitMove, offers
from services.intake.web.words import DOORS, SOMETHING, STANDINGS
from services.intake.web.workspace import go, line, pages, show, tolerantly, work
from shared.contracts.event import Publisher
from shared.errors import Invalid, NotFound, RajutError
from shared.http.guard import actor, admit
from shared.web.front import front, page
from shared.web.labels import label
from shared.web.language import current_language, say

#: The partner's moves by which it waits for a word of the unit.
_ASKS = frozenset({"ask_information", "hold"})
_NAMES = ",".join(f"'{name}'" for name in UNIT_MOVES)
_MOVE = f"/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/langkah/<any({_NAMES}):name>"


@pages.get("/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>")
@page(RESPONDERS)
def referral(case_id: UUID, referral_id: UUID) -> Any:
    """Show one referral, its history, and the moves that its standing allows."""
    found = help_of_case(case_id, referral_id)
    sent, told = sent_now(referral_id), history(referral_id)
    standing = _standing(found, sent)
    return show(
        "referral.html",
        case={"id": case_id},
        help=found,
        sent=sent,
        partner=institution_name(found.institution_id),
        standing=say(STANDINGS.get(standing, STANDINGS["requested"])),
        question=question(sent, told),
        offers=offers(sent or {}, actor()),
        history=None if told is None else [_entry(one, found) for one in reversed(told)],
        answerable=bool(told_by_partner(sent)),
    )


@pages.get(_MOVE)
@page(RESPONDERS)
def ask_move(case_id: UUID, referral_id: UUID, name: str) -> Any:
    """Show the small form of one move."""
    sheet = Sheet(dict(front().typed()), labels=labels(_move(name).block.fields))
    return _form(case_id, referral_id, name, sheet)


@pages.post(_MOVE)
@page(RESPONDERS, changes=True)
def make_move(case_id: UUID, referral_id: UUID, name: str) -> Any:
    """Make the move; what the referral service refuses is said on the form, as it was typed."""
    move, key = _move(name), request.form.get("_once", "")
    sheet = read(move.block, request.form)
    if sheet.errors:
        return _form(case_id, referral_id, name, sheet, 422)
    help_of_case(case_id, referral_id)
    there = line(Publisher.REFERRAL)
    try:
        outward.make_move(there, referral_id, move.address, sheet.answers, key=key)
    except Invalid as wrong:
        told = refused(sheet, wrong.fields)
        return _form(case_id, referral_id, name, told, 422, clash=wrong)
    except RajutError as clash:
        if clash.status == 401:
            raise
        return _form(case_id, referral_id, name, sheet, clash.status, clash=clash)
    return go(f"/kasus/{case_id}/rujukan/{referral_id}", say("Tersimpan."))


def help_of_case(case_id: UUID, referral_id: UUID) -> Any:
    """Return the referral as intake knows it from its events, or raise NotFound."""
    with work() as opened:
        found = queries.help_of(opened, actor(), case_id)
    for one in found:
        if one.id == referral_id:
            return one
    raise NotFound("partner_help")


def sent_now(referral_id: UUID) -> dict[str, Any] | None:
    """Return the referral as its owner knows it now; None when nobody tells it."""
    found = tolerantly(lambda: outward.one(line(Publisher.REFERRAL), referral_id))
    return None if found is None else dict(found)


def history(referral_id: UUID) -> list[dict[str, Any]] | None:
    """Return the moves of a referral, oldest first; None when nobody tells them."""
    found = tolerantly(lambda: outward.history(line(Publisher.REFERRAL), referral_id))
    return None if found is None else list(found)


def question(sent: Mapping[str, Any] | None, told: list[dict[str, Any]] | None) -> str:
    """Return what the partner waits to hear, in its own words; empty when it waits for nothing."""
    if sent is None or "give_information" not in (sent.get("moves") or ()):
        return ""
    asked = [one for one in told or () if one["move"] in _ASKS]
    return str(asked[-1].get("note") or "") if asked else ""


def _standing(found: Any, sent: Mapping[str, Any] | None) -> str:
    state = sent.get("business_state") if sent else found.business_state
    standing = sent["standing"] if sent else found.standing.value
    return "expired" if state == "expired" else str(standing)


def _entry(one: Mapping[str, Any], found: Any) -> dict[str, Any]:
    by_partner = one["party"] == "partner"
    door, verified = str(one.get("door")), str(one.get("verified"))
    reason = label("CL19", one["reason"]) if one.get("reason") else ""
    proof = say("Bukti: {what}", what=one["evidence"]) if one.get("evidence") else ""
    known = say(VERIFIED[verified]) if verified in VERIFIED else ""
    return {
        "at": datetime.fromisoformat(str(one["happened_at"])),
        "what": say(MOVES.get(str(one["move"]), SOMETHING)),
        "who": institution_name(found.institution_id) if by_partner else "",
        "through": say(DOORS[door]) if door in DOORS else "",
        "detail": " · ".join(filter(None, (known, proof, reason, one.get("note")))),
    }


def _move(name: str) -> UnitMove:
    move = UNIT_MOVES[name]
    admit(actor(), frozenset(), move.policy)
    return move


def _form(
    case_id: UUID,
    referral_id: UUID,
    name: str,
    sheet: Sheet,
    status: int = 200,
    clash: RajutError | None = None,
) -> Any:
    found, move = help_of_case(case_id, referral_id), UNIT_MOVES[name]
    sent = sent_now(referral_id)
    offer = next((one for one in offers(sent or {}, actor()) if one.move is move), None)
    title = move.form.en if current_language() == "en" else move.form.id
    agreeing = offer is not None and offer.agreeing
    return show(
        "referral_move.html",
        status,
        title=say(move.agrees) if agreeing else title,
        block=move.block,
        form=sheet,
        back=f"/kasus/{case_id}/rujukan/{referral_id}",
        partner=institution_name(found.institution_id),
        service=found.service,
        question=question(sent, history(referral_id)) if name == "jawab" else "",
        second=bool(move.asked_by) and not agreeing,
        open=sent is None or offer is not None or clash is not None,
        clash=clash,
    )
