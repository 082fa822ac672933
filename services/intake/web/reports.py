"""Reports: the list, one report, and what follows from it."""

from typing import Any
from uuid import UUID

from flask import request

from services.intake import queries
from services.intake.actions import cases as cases_actions
from services.intake.actions import reports as actions
from services.intake.actions.policies import REPORT_READERS, RESPONDERS
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.safety import SAFETY
from services.intake.domain.report import ReportEnding, overlapping, warnings
from services.intake.web.reading import Sheet, labels, read
from services.intake.web.words import ENDINGS
from services.intake.web.workspace import go, pages, show, work
from shared.errors import AlreadyThere, Invalid
from shared.http.guard import actor
from shared.web.front import page
from shared.web.language import say

_SAFETY = SAFETY.blocks[0]


@pages.get("/pengaduan")
@page(REPORT_READERS)
def reports() -> Any:
    """List the unit's reports, and the drafts of the one who asks."""
    with work() as opened:
        found = queries.reports(opened, actor(), 50, None)[:50]
        begun = queries.drafts(opened, actor())
    return show("reports.html", reports=found, drafts=begun)


@pages.get("/pengaduan/<uuid:report_id>")
@page(RESPONDERS)
def report(report_id: UUID) -> Any:
    """Show a report and the one next step."""
    with work() as opened:
        found, answers, wanted = queries.report(opened, actor(), report_id)
        opened_cases = queries.cases_of_report(opened, actor(), report_id)
        now = opened.clock.now(found.unit_id)
    return show(
        "report.html",
        report=found,
        answers=answers,
        wanted=wanted,
        warned=warnings(answers),
        overlaps=overlapping(answers),
        cases=opened_cases,
        blocks=REPORT.blocks,
        endings=[(code, say(words)) for code, words in ENDINGS.items()],
        now=now,
    )


@pages.post("/pengaduan/<uuid:report_id>/tanggapan")
@page(RESPONDERS, changes=True)
def respond(report_id: UUID) -> Any:
    """Write down that the first response was given."""
    with work() as opened:
        actions.respond(opened, actor(), report_id)
    return go(f"/pengaduan/{report_id}", say("Tanggapan pertama dicatat."))


@pages.post("/pengaduan/<uuid:report_id>/akhiri")
@page(RESPONDERS, changes=True)
def end(report_id: UUID) -> Any:
    """End a report without a case."""
    chosen = request.form.get("ending", "")
    if chosen not in set(ReportEnding):
        raise Invalid(fields={"ending": ["required"]})
    with work() as opened:
        actions.end_report(opened, actor(), report_id, ReportEnding(chosen))
    return go(f"/pengaduan/{report_id}", say("Pengaduan diakhiri."))


@pages.post("/pengaduan/<uuid:report_id>/kasus")
@page(RESPONDERS, changes=True)
def open_case(report_id: UUID) -> Any:
    """Open a case for one person of the report; pressed twice, it leads to the same case."""
    number = request.form.get("person", "0")
    person = int(number) if number.isdigit() else 0
    try:
        with work() as opened:
            case = cases_actions.open_case(opened, actor(), report_id, person=person)
    except AlreadyThere:
        with work() as opened:
            case = cases_actions.case_taken_on(opened, actor(), report_id, person=person)
    return go(f"/kasus/{case.id}", say("Kasus dibuka."))


@pages.get("/pengaduan/<uuid:report_id>/keselamatan")
@page(RESPONDERS)
def safety(report_id: UUID) -> Any:
    """Ask the nine questions of safety."""
    return _safety(report_id, Sheet(labels=labels(_SAFETY.fields)))


@pages.post("/pengaduan/<uuid:report_id>/keselamatan")
@page(RESPONDERS, changes=True)
def screen_safety(report_id: UUID) -> Any:
    """Keep the safety screening."""
    sheet = read(_SAFETY, request.form)
    if sheet.errors:
        return _safety(report_id, sheet, 422)
    with work() as opened:
        actions.screen_safety(opened, actor(), report_id, sheet.answers)
    return go(f"/pengaduan/{report_id}", say("Skrining keselamatan tersimpan."))


def _safety(report_id: UUID, sheet: Sheet, status: int = 200) -> Any:
    return show(
        "sheet.html",
        status,
        title=say("Skrining keselamatan"),
        block=_SAFETY,
        form=sheet,
        errors=sheet.errors,
        back=f"/pengaduan/{report_id}",
        button=say("Simpan"),
        references={},
        seen=None,
    )
