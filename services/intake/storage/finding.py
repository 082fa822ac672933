"""Finds rows for the actions: what belongs to a case, and what an event is about."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from services.intake.domain.case import Case
from services.intake.domain.consent import Consent
from services.intake.domain.need import Need
from services.intake.domain.partner_help import SETTLED, PartnerHelp
from services.intake.domain.plan import PlanItem, ServicePlan
from services.intake.domain.reassessment import Reassessment
from services.intake.domain.sheet import Sheet
from services.intake.storage import tables
from services.intake.storage.work import Work


def of_case(table: Any, case_id: UUID) -> ColumnElement[bool]:
    """Return the predicate that a row belongs to a case."""
    found: ColumnElement[bool] = table.c.case_id == case_id
    return found


def case_of(work: Work, case_id: UUID) -> Case | None:
    """Return the case an event is about; None when it was never here."""
    return work.cases.first(tables.cases.c.id == case_id)


def case_from(work: Work, report_id: UUID, *, person: int) -> Case | None:
    """Return the case of one person of a report; None when she or he has none."""
    rows = tables.cases
    return work.cases.first(rows.c.report_id == report_id, rows.c.person_position == person)


def sheets_of(work: Work, owner_id: UUID) -> list[Sheet]:
    """Return the sheets of a report or case, in the order they were written."""
    return work.sheets.find(tables.sheets.c.owner_id == owner_id, order=tables.sheets.c.id)


def consent_of(work: Work, case: Case, consent_id: UUID) -> Consent:
    """Return one decision of a case, or raise NotFound."""
    return work.consents.get(consent_id, of_case(tables.consents, case.id))


def consents_towards(work: Work, case: Case, institution_id: UUID) -> list[Consent]:
    """Return the decisions about sharing with one institution, newest first."""
    rows = tables.consents
    towards = rows.c.institution_id == institution_id
    newest_first = (rows.c.decided_at.desc(), rows.c.id.desc())
    return work.consents.find(of_case(rows, case.id), towards, order=newest_first)


def need_of(work: Work, case: Case, need_id: UUID) -> Need:
    """Return one need of a case, or raise NotFound."""
    return work.needs.get(need_id, of_case(tables.needs, case.id))


def item_of(work: Work, case: Case, item_id: UUID) -> PlanItem:
    """Return one plan item of a case, or raise NotFound."""
    return work.plan_items.get(item_id, of_case(tables.plan_items, case.id))


def items_of(work: Work, case: Case) -> list[PlanItem]:
    """Return the plan items of a case."""
    rows = tables.plan_items
    return work.plan_items.find(of_case(rows, case.id), order=rows.c.id)


def latest_plan(work: Work, case_id: UUID) -> ServicePlan | None:
    """Return the latest version of the plan of a case."""
    rows = tables.plans
    return work.plans.first(of_case(rows, case_id), order=rows.c.plan_version.desc())


def reassessment_of(work: Work, case: Case) -> Reassessment:
    """Return the reassessment that is open, or raise NotFound."""
    wanted = case.reassessment_id or case.id
    return work.reassessments.get(wanted, of_case(tables.reassessments, case.id))


def help_known(work: Work, referral_id: UUID | None) -> PartnerHelp | None:
    """Return what is known of a referral; None when nothing is."""
    return work.partner_help.first(tables.partner_help.c.id == referral_id)


def open_help_for(work: Work, item: PlanItem, institution_id: UUID) -> PartnerHelp | None:
    """Return the referral of a plan item to a partner from which something is expected, or None."""
    rows = tables.partner_help
    same = (rows.c.plan_item_id == item.id) & (rows.c.institution_id == institution_id)
    still = same & (rows.c.service == item.service) & rows.c.standing.not_in(SETTLED)
    return work.partner_help.first(still, order=rows.c.sent_at.desc())


def ended_help_for(work: Work, item: PlanItem) -> PartnerHelp | None:
    """Return the latest referral of a plan item from which nothing more comes, or None."""
    rows = tables.partner_help
    ended = (rows.c.plan_item_id == item.id) & rows.c.standing.in_(SETTLED)
    return work.partner_help.first(ended, order=rows.c.sent_at.desc())


def forget_drafts(work: Work, saved_before: datetime) -> None:
    """Throw away drafts that nobody went on with."""
    rows = tables.drafts
    work.connection.execute(rows.delete().where(rows.c.saved_at < saved_before))
