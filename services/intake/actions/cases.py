"""Open a case, say who looks after it, screen it, move it on."""

from typing import Any
from uuid import UUID

from services.intake.actions.acting import (
    changed,
    place_of,
    publish,
    signature,
    the_case,
    the_open_case,
)
from services.intake.actions.reports import the_report
from services.intake.domain.case import Case
from services.intake.domain.forms.casework import SCREENING
from services.intake.domain.forms.safety import SAFETY
from services.intake.domain.reassessment import Reassessment
from services.intake.domain.report import Report
from services.intake.domain.risk import confirm_lower_risk as confirm
from services.intake.domain.risk import judge, raise_risk
from services.intake.domain.risk import screen as keep_screening
from services.intake.domain.safety import provisional_risk
from services.intake.domain.screening import screened
from services.intake.domain.sheet import fill_page
from services.intake.domain.stages import ORDER
from services.intake.storage.facts import facts_of, report_of
from services.intake.storage.finding import case_from, reassessment_of, sheets_of
from services.intake.storage.work import Work
from shared.contracts.event import Event
from shared.contracts.intake import LoopRule
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import RiskLevel, Stage
from shared.errors import AlreadyThere, Invalid, NotFound
from shared.security.actor import Actor


def open_case(work: Work, actor: Actor, report_id: UUID, *, person: int = 0) -> Case:
    """Take one person of a report on as a case; the case gets its own copy of the forms.

    Raise AlreadyThere when she or he was taken on before.
    """
    report = the_report(work, actor, report_id)
    if person >= report.persons:
        raise Invalid(fields={"person": ["out_of_range"]})
    if case_from(work, report.id, person=person) is not None:
        raise AlreadyThere
    at = work.clock.now(report.unit_id)
    number = work.next_case_number(report.unit_id, at)
    case, opened = Case.open(report, position=person, number=number, by=actor.id, at=at)
    work.add_case(case)
    work.reports.save(report)
    _take_over(work, report, case)
    publish(work, [opened], by=actor.id)
    work.audit.wrote(actor, "case.open", "case", [case.id, report.id])
    return case


def case_taken_on(work: Work, actor: Actor, report_id: UUID, *, person: int) -> Case:
    """Return the case that one person of a report has, if the actor may see it."""
    found = case_from(work, report_id, person=person)
    if found is None:
        raise NotFound("cases")
    return the_case(work, actor, found.id)


def assign(
    work: Work, actor: Actor, case_id: UUID, manager_id: UUID, *, seen: int | None = None
) -> Case:
    """Say which manager answers for the case (also when a worker leaves, R13)."""
    case = the_case(work, actor, case_id, seen=seen)
    told = case.assign(manager_id, at=work.clock.now(case.unit_id))
    return changed(work, actor, case, "case.assign", told)


def accompany(
    work: Work, actor: Actor, case_id: UUID, companion_id: UUID | None, *, seen: int | None = None
) -> Case:
    """Say who walks with the person."""
    case = the_case(work, actor, case_id, seen=seen)
    told = case.accompany(companion_id, at=work.clock.now(case.unit_id))
    return changed(work, actor, case, "case.accompany", told)


def screen(
    work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Case:
    """Make the case screening (F5)."""
    case, signed = the_open_case(work, actor, case_id, seen=seen), signature(work, actor)
    sheet = fill_page(SCREENING, answers, place=place_of(case), signed=signed)
    found = screened(answers, report_of(work, case))
    told = keep_screening(case, found, by=actor.id, at=signed.at)
    work.sheets.add(sheet)
    return changed(work, actor, case, "case.screen", *told, classes=[FieldClass.RISK])


def judge_risk(
    work: Work, actor: Actor, case_id: UUID, risk: RiskLevel, *, seen: int | None = None
) -> Case:
    """Judge the risk anew: higher counts at once, lower waits for a second person."""
    case = the_open_case(work, actor, case_id, seen=seen)
    at = work.clock.now(case.unit_id)
    told: list[Event] = list(judge(case, risk, by=actor.id, at=at))
    if told:
        told += alarm(work, case)
    return changed(work, actor, case, "case.judge_risk", *told, classes=[FieldClass.RISK])


def alarm(work: Work, case: Case, **why: Any) -> list[Event]:
    """Open the reassessment when the risk has risen to TINGGI (R4); everything else goes on.

    One that is open already for another reason becomes one of R4: it then leads to assessment.
    """
    late = ORDER.index(case.stage) >= ORDER.index(Stage.PLANNING)
    if case.risk is not RiskLevel.TINGGI or not late:
        return []
    at = work.clock.now(case.unit_id)
    if case.reassessment_id is not None:
        known = reassessment_of(work, case)
        told = known.heighten(at=at)
        work.reassessments.save(known)
        return [told] if told else []
    opened, told = Reassessment.open(case, LoopRule.R4, at=at, **why)
    work.reassessments.add(opened)
    return [told]


def screen_safety(
    work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Case:
    """Make the safety screening in the case itself, when the report came without one."""
    case, signed = the_open_case(work, actor, case_id, seen=seen), signature(work, actor)
    work.sheets.add(fill_page(SAFETY, answers, place=place_of(case), signed=signed))
    case.safety_screened = True
    risk = provisional_risk(answers)
    told: list[Event] = list(raise_risk(case, risk, at=signed.at)) if risk else []
    told += alarm(work, case) if told else []
    return changed(work, actor, case, "case.screen_safety", *told, classes=[FieldClass.HEALTH])


def confirm_lower_risk(work: Work, actor: Actor, case_id: UUID, *, seen: int | None = None) -> Case:
    """Agree, as a second person, that the danger is less than before."""
    case = the_open_case(work, actor, case_id, seen=seen)
    told = confirm(case, by=actor.id, at=work.clock.now(case.unit_id))
    return changed(work, actor, case, "case.confirm_risk", told, classes=[FieldClass.RISK])


def go_on(work: Work, actor: Actor, case_id: UUID, *, seen: int | None = None) -> Case:
    """Move the case on to its next stage, if everything is there."""
    case = the_case(work, actor, case_id, seen=seen)
    told = case.go_on(facts_of(work, case), at=work.clock.now(case.unit_id))
    return changed(work, actor, case, "case.go_on", told)


def screen_out(work: Work, actor: Actor, case_id: UUID, *, seen: int | None = None) -> Case:
    """End a case that the screening found not to be for this unit."""
    case = the_case(work, actor, case_id, seen=seen)
    told = case.screen_out(at=work.clock.now(case.unit_id))
    return changed(work, actor, case, "case.screen_out", told)


def _take_over(work: Work, report: Report, case: Case) -> None:
    """Copy the report's sheets, without those about the other persons in it."""
    for sheet in sheets_of(work, report.id):
        if sheet.block != "persons" or sheet.position == case.person_position:
            work.sheets.add(sheet.copied_to(place_of(case)))
