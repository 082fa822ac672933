"""Receive a report, respond to it, screen it for danger, end it."""

from typing import Any
from uuid import UUID

from services.intake.actions.acting import publish, signature, unit_of
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.safety import SAFETY
from services.intake.domain.report import Report, ReportEnding
from services.intake.domain.sheet import Place, Signature, fill, fill_page
from services.intake.storage.visible import visible_guests, visible_reports
from services.intake.storage.work import Work
from shared.contracts.event import Event
from shared.contracts.protection import FieldClass
from shared.errors import Stale
from shared.identifiers import new_id
from shared.security.actor import Actor


def receive_report(
    work: Work,
    actor: Actor,
    answers: dict[str, Any],
    *,
    safety: dict[str, Any] | None = None,
    guest_id: UUID | None = None,
    report_id: UUID | None = None,
) -> Report:
    """Take a report in, with the safety screening if it was made already."""
    signed = signature(work, actor)
    report = Report.receive(report_id or new_id(), unit_of(actor), answers, signed=signed)
    if guest_id is not None:
        _link_guest(work, actor, report, guest_id)
    _write_down(work, report, answers, signed)
    screened = _screen(work, report, safety, signed) if safety else None
    work.reports.add(report)
    publish(work, [report.received(), screened], by=actor.id)
    work.audit.wrote(actor, "report.receive", "report", [report.id], list(FieldClass))
    return report


def screen_safety(
    work: Work, actor: Actor, report_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Report:
    """Make the safety screening, or make it again; the risk is never lowered by it."""
    report = the_report(work, actor, report_id, seen=seen)
    told = _screen(work, report, answers, signature(work, actor))
    return _changed(work, actor, report, "report.screen_safety", told)


def respond(work: Work, actor: Actor, report_id: UUID, *, seen: int | None = None) -> Report:
    """Write down that the unit gave its first response."""
    report = the_report(work, actor, report_id, seen=seen)
    told = report.respond(at=work.clock.now(report.unit_id))
    return _changed(work, actor, report, "report.respond", told)


def end_report(
    work: Work, actor: Actor, report_id: UUID, ending: ReportEnding, *, seen: int | None = None
) -> Report:
    """End a report without a case."""
    report = the_report(work, actor, report_id, seen=seen)
    told = report.end(ending, at=work.clock.now(report.unit_id))
    return _changed(work, actor, report, "report.end", told)


def the_report(work: Work, actor: Actor, report_id: UUID, *, seen: int | None = None) -> Report:
    """Return a report the actor may see."""
    report = work.reports.get(report_id, visible_reports(actor))
    if seen is not None and seen != report.version:
        raise Stale
    return report


def _write_down(work: Work, report: Report, answers: dict[str, Any], signed: Signature) -> None:
    place = Place(owner_id=report.id, unit_id=report.unit_id)
    for block in REPORT.blocks:
        given = answers.get(block.name)
        for position, one in enumerate(given if block.repeats and given else [given]):
            if one:
                sheet = fill(REPORT, block, one, place=place, signed=signed, position=position)
                work.sheets.add(sheet)


def _screen(work: Work, report: Report, answers: dict[str, Any], signed: Signature) -> Event | None:
    place = Place(owner_id=report.id, unit_id=report.unit_id)
    work.sheets.add(fill_page(SAFETY, answers, place=place, signed=signed))
    return report.screen_safety(answers, at=signed.at)


def _link_guest(work: Work, actor: Actor, report: Report, guest_id: UUID) -> None:
    guest = work.guests.get(guest_id, visible_guests(actor))
    guest.report_id = report.id
    report.guest_id = guest.id
    work.guests.save(guest)


def _changed(
    work: Work, actor: Actor, report: Report, action: str, *events: Event | None
) -> Report:
    work.reports.save(report)
    publish(work, events, by=actor.id)
    work.audit.wrote(actor, action, "report", [report.id])
    return report
