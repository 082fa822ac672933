"""The missed deadlines of a case, and the small form that says when each was met after all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request

from services.intake import queries
from services.intake.actions.policies import CASE_MANAGERS
from services.intake.domain.forms.field import Field, Kind, Needed, one_page
from services.intake.outward import monitoring
from services.intake.web.reading import Sheet, labels, read, refused
from services.intake.web.words import DEADLINES
from services.intake.web.workspace import go, line, pages, show, tolerantly, work
from shared.contracts.event import Publisher
from shared.errors import Invalid, NotFound, RajutError
from shared.http.guard import actor
from shared.web.front import front, page
from shared.web.labels import label
from shared.web.language import say

MET = one_page(
    "deadline-met",
    "Catat kapan dipenuhi",
    "Write down when it was met",
    Field("met_at", "Waktu dipenuhi", "Met at", Kind.MOMENT, needed=Needed.MUST),
    Field(
        "evidence",
        "Bukti: nomor laporan atau surat, tanpa nama",
        "Evidence: number of the report or letter, without names",
        needed=Needed.MUST,
        most=500,
    ),
)
_BLOCK = MET.blocks[0]


@pages.get("/kasus/<uuid:case_id>/tenggat")
@page(CASE_MANAGERS)
def deadlines(case_id: UUID) -> Any:
    """List the missed deadlines of a case that nobody has settled."""
    found = tolerantly(lambda: _missed(case_id))
    return show("deadlines.html", case={"id": case_id}, deadlines=found)


@pages.get("/kasus/<uuid:case_id>/tenggat/<uuid:deadline_id>")
@page(CASE_MANAGERS)
def ask_met(case_id: UUID, deadline_id: UUID) -> Any:
    """Ask when it was met, and what shows it."""
    sheet = Sheet(dict(front().typed()), labels=labels(_BLOCK.fields))
    return _form(case_id, _one(case_id, deadline_id)["what"], sheet)


@pages.post("/kasus/<uuid:case_id>/tenggat/<uuid:deadline_id>")
@page(CASE_MANAGERS, changes=True)
def settle(case_id: UUID, deadline_id: UUID) -> Any:
    """Hand it to monitoring; what it refuses is said on the form, as it was typed."""
    what = _one(case_id, deadline_id)["what"]
    sheet, key = read(_BLOCK, request.form), request.form.get("_once", "")
    if sheet.errors:
        return _form(case_id, what, sheet, 422)
    there = line(Publisher.MONITORING)
    try:
        monitoring.settle_deadline(there, deadline_id, sheet.answers, key=key)
    except Invalid as wrong:
        return _form(case_id, what, refused(sheet, wrong.fields), 422, clash=wrong)
    except RajutError as clash:
        if clash.status == 401:
            raise
        return _form(case_id, what, sheet, clash.status, clash=clash)
    return go(f"/kasus/{case_id}", say("Tenggat dicatat sudah dipenuhi."))


def _one(case_id: UUID, deadline_id: UUID) -> dict[str, Any]:
    for one in _missed(case_id):
        if one["id"] == str(deadline_id):
            return one
    raise NotFound("deadlines")


def _missed(case_id: UUID) -> list[dict[str, Any]]:
    with work() as opened:
        helps = {str(one.id): one for one in queries.help_of(opened, actor(), case_id)}
    found = monitoring.missed_deadlines(line(Publisher.MONITORING), case_id)
    return [_worded(one, helps.get(str(one.get("referral_id")))) for one in found]


def _worded(one: Mapping[str, Any], help_: Any) -> dict[str, Any]:
    rule = str(one["rule"])
    due_at = datetime.fromisoformat(str(one["due_at"]))
    if help_ is not None and due_at in (help_.respond_by, help_.serve_by):
        rule = "T24-respond" if due_at == help_.respond_by else "T24-serve"
    said = say(DEADLINES.get(rule, DEADLINES["other"]))
    service = f" · {label('CL16', help_.service)}" if help_ else ""
    return {"id": str(one["id"]), "what": f"{said}{service}", "due_at": due_at}


def _form(
    case_id: UUID, what: str, sheet: Sheet, status: int = 200, clash: RajutError | None = None
) -> Any:
    return show(
        "sheet.html",
        status,
        title=say("Tenggat terlewat: {what}", what=what),
        block=_BLOCK,
        form=sheet,
        errors=sheet.errors,
        back=f"/kasus/{case_id}/tenggat",
        button=say("Catat kapan dipenuhi"),
        references={},
        seen=None,
        clash=clash,
    )
