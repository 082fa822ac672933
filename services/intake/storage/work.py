"""A unit of work of intake: its rows, beside what the kit gives."""

from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from services.intake.domain.case import Case
from services.intake.domain.consent import Consent
from services.intake.domain.draft import Draft
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
from shared.errors import AlreadyThere
from shared.storage.dialect import bump
from shared.storage.rows import Rows
from shared.storage.work import Ground, begin_with
from shared.storage.work import Work as KitWork


class Work(KitWork):
    """What an action of intake may read and change."""

    def __init__(self, ground: Ground, connection: Connection) -> None:
        super().__init__(ground, connection)
        self.guests = Rows(self, tables.guests, Guest, sealed_for="id")
        self.drafts = Rows(self, tables.drafts, Draft, sealed_for="id")
        self.reports = Rows(self, tables.reports, Report)
        self.sheets = Rows(self, tables.sheets, Sheet, sealed_for="owner_id")
        self.cases = Rows(self, tables.cases, Case, sealed_for="id")
        self.stage_moves = Rows(self, tables.stage_moves, StageMove)
        self.consents = Rows(self, tables.consents, Consent)
        self.needs = Rows(self, tables.needs, Need, sealed_for="case_id")
        self.plans = Rows(self, tables.plans, ServicePlan)
        self.plan_items = Rows(self, tables.plan_items, PlanItem, sealed_for="case_id")
        self.reassessments = Rows(self, tables.reassessments, Reassessment)
        self.partner_help = Rows(self, tables.partner_help, PartnerHelp)
        self.missed_deadlines = Rows(self, tables.missed_deadlines, MissedDeadline)

    def add_case(self, case: Case) -> None:
        """Put a new case on file; AlreadyThere when the person of the report has one."""
        try:
            with self.connection.begin_nested():
                self.cases.add(case)
        except IntegrityError:
            raise AlreadyThere from None

    def next_case_number(self, unit_id: UUID, at: datetime) -> int:
        """Return the next number in the unit's register of this year."""
        key = {"unit_id": unit_id, "year": at.year}
        return bump(self.connection, tables.case_numbers, key, "last")


def begin(ground: Ground) -> AbstractContextManager[Work]:
    """Open a unit of work: everything in it commits together, or nothing does."""
    return begin_with(Work, ground)
