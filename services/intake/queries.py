"""What people can ask intake: lists, pages and the file of a case. Reading leaves a trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from services.intake.domain.case import Case
from services.intake.domain.consent import Consent
from services.intake.domain.draft import Draft
from services.intake.domain.facts import Facts, Guard, blockers, lacking
from services.intake.domain.forms.check import missing
from services.intake.domain.forms.report import REPORT
from services.intake.domain.guest import Guest
from services.intake.domain.history import StageMove
from services.intake.domain.missed import MissedDeadline
from services.intake.domain.need import Need
from services.intake.domain.partner_help import PartnerHelp
from services.intake.domain.plan import PlanItem, ServicePlan
from services.intake.domain.reassessment import Reassessment
from services.intake.domain.report import Report
from services.intake.domain.sheet import Sheet
from services.intake.storage import tables
from services.intake.storage.facts import facts_of, person_of
from services.intake.storage.visible import (
    own_drafts,
    visible_cases,
    visible_guests,
    visible_reports,
)
from services.intake.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import Stage
from shared.security.actor import Actor

#: Standings in which a partner's answer, or its work, is waited for.
WAITING: Final = ("requested", "received")
RUNNING: Final = ("accepted", "in-progress", "on-hold")


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """Everything the page of a case shows from intake's own rows."""

    case: Case
    facts: Facts
    person: dict[str, Any]
    lacks: list[Guard]
    blocks: list[Guard]
    moves: list[StageMove]
    consents: list[Consent]
    needs: list[Need]
    items: list[PlanItem]
    plans: list[ServicePlan]
    help: list[PartnerHelp]
    reassessments: list[Reassessment]
    missed: list[MissedDeadline]


def guests(work: Work, actor: Actor, limit: int, after: UUID | None) -> list[Guest]:
    """Return the guest book, newest first; one row more than asked tells that more follow."""
    older = tables.guests.c.id < after if after else true()
    found = work.guests.find(
        visible_guests(actor), older, order=tables.guests.c.id.desc(), limit=limit + 1
    )
    ids = [one.id for one in found[:limit]]
    work.audit.read(actor, "guests.list", "guest", ids, [FieldClass.REPORTER])
    return found


def reports(work: Work, actor: Actor, limit: int, after: UUID | None) -> list[Report]:
    """Return the unit's reports, newest first."""
    older = tables.reports.c.id < after if after else true()
    found = work.reports.find(
        visible_reports(actor), older, order=tables.reports.c.id.desc(), limit=limit + 1
    )
    work.audit.read(actor, "reports.list", "report", [one.id for one in found[:limit]])
    return found


def report(work: Work, actor: Actor, report_id: UUID) -> tuple[Report, dict[str, Any], list[str]]:
    """Return a report, what was told, and what the official form still wants."""
    found = work.reports.get(report_id, visible_reports(actor))
    answers = blocks_of(_sheets(work, found.id))
    work.audit.read(actor, "report.read", "report", [found.id], list(FieldClass))
    return found, answers, missing(REPORT, answers)


def cases(
    work: Work, actor: Actor, limit: int, after: UUID | None, stage: Stage | None = None
) -> list[Case]:
    """Return the cases the actor may see, newest first."""
    where: list[ColumnElement[bool]] = [visible_cases(actor)]
    if after:
        where.append(tables.cases.c.id < after)
    if stage:
        where.append(tables.cases.c.stage == stage)
    found = work.cases.find(*where, order=tables.cases.c.id.desc(), limit=limit + 1)
    ids = [one.id for one in found[:limit]]
    work.audit.read(actor, "cases.list", "case", ids, [FieldClass.RISK])
    return found


def cases_of_report(work: Work, actor: Actor, report_id: UUID) -> list[Case]:
    """Return the cases that came out of a report, as far as the actor may see them."""
    of = tables.cases.c.report_id == report_id
    return work.cases.find(visible_cases(actor), of, order=tables.cases.c.person_position)


def case_file(work: Work, actor: Actor, case_id: UUID) -> CaseFile:
    """Return a case with all that belongs to it, and write down that it was read."""
    case = work.cases.get(case_id, visible_cases(actor))
    facts = facts_of(work, case)
    work.audit.read(actor, "case.read", "case", [case.id], list(FieldClass))
    t = tables
    return CaseFile(
        case=case,
        facts=facts,
        person=person_of(work, case),
        lacks=lacking(case.stage, facts),
        blocks=blockers(facts),
        moves=work.stage_moves.find(_of(t.stage_moves, case), order=t.stage_moves.c.id.desc()),
        consents=work.consents.find(_of(t.consents, case), order=t.consents.c.id.desc()),
        needs=work.needs.find(_of(t.needs, case), order=t.needs.c.id),
        items=work.plan_items.find(_of(t.plan_items, case), order=t.plan_items.c.id),
        plans=work.plans.find(_of(t.plans, case), order=t.plans.c.plan_version.desc()),
        help=work.partner_help.find(_of(t.partner_help, case), order=t.partner_help.c.id.desc()),
        reassessments=work.reassessments.find(
            _of(t.reassessments, case), order=t.reassessments.c.id.desc()
        ),
        missed=work.missed_deadlines.find(
            _of(t.missed_deadlines, case), order=t.missed_deadlines.c.due_at.desc()
        ),
    )


def help_of(work: Work, actor: Actor, case_id: UUID) -> list[PartnerHelp]:
    """Return the referrals of a case, newest first."""
    case = work.cases.get(case_id, visible_cases(actor))
    work.audit.read(actor, "case.referrals", "case", [case.id])
    rows = tables.partner_help
    return work.partner_help.find(_of(rows, case), order=rows.c.id.desc())


def help_standing(
    work: Work, actor: Actor, standings: Sequence[str]
) -> list[tuple[PartnerHelp, str]]:
    """Return the referrals that stand so, with the codes of their cases, the most urgent first."""
    rows = tables.partner_help
    mine = select(tables.cases.c.id).where(visible_cases(actor))
    found = work.partner_help.find(
        rows.c.case_id.in_(mine), rows.c.standing.in_(standings), order=rows.c.respond_by, limit=200
    )
    known = {one.id: one.code for one in cases(work, actor, 500, None)}
    return [(one, known.get(one.case_id, "")) for one in found]


def drafts(work: Work, actor: Actor) -> list[Draft]:
    """Return the reports the actor has begun and not finished."""
    return work.drafts.find(own_drafts(actor), order=tables.drafts.c.saved_at.desc(), limit=20)


def counters(work: Work, actor: Actor) -> dict[str, int]:
    """Return the numbers of the start page; each is the length of a list behind it."""
    open_help = tables.partner_help.c.standing.in_(WAITING)
    running = tables.partner_help.c.standing.in_(RUNNING)
    joined = tables.partner_help.join(
        tables.cases, tables.cases.c.id == tables.partner_help.c.case_id
    )
    mine = visible_cases(actor)
    return {
        "cases": _count(work, tables.cases, mine, tables.cases.c.stage != Stage.FOLLOW_UP),
        "waiting": _count(work, joined, mine, open_help),
        "running": _count(work, joined, mine, running),
        "follow_up": _count(work, tables.cases, mine, tables.cases.c.stage == Stage.FOLLOW_UP),
    }


def blocks_of(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the answers of a complaint form, block by block."""
    answers: dict[str, Any] = {}
    for sheet in sheets:
        if sheet.block in ("persons", "alleged_perpetrators"):
            answers.setdefault(sheet.block, []).append(sheet.answers)
        elif sheet.form == "F2":
            answers[sheet.block] = sheet.answers
        else:
            answers["safety"] = sheet.answers
    return answers


def _sheets(work: Work, owner_id: UUID) -> list[Sheet]:
    rows = tables.sheets
    return work.sheets.find(rows.c.owner_id == owner_id, order=(rows.c.recorded_at, rows.c.id))


def _of(table: Any, case: Case) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.c.case_id == case.id
    return found


def _count(work: Work, of: Any, *where: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(of).where(*where)
    return int(work.connection.execute(query).scalar_one())
