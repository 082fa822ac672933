"""A unit of work of monitoring: its rows, and the lines of its own events."""

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from services.monitoring.domain.deadlines import Deadline, Settlement
from services.monitoring.domain.holidays import Holiday, HolidayYear
from services.monitoring.domain.records import Judged, Record
from services.monitoring.domain.rules import Limit
from services.monitoring.domain.tasks import Task
from services.monitoring.domain.timeline import Line
from services.monitoring.domain.watched import WatchedCase, WatchedReferral
from services.monitoring.storage import tables
from shared.storage.rows import Rows
from shared.storage.work import Ground, begin_with
from shared.storage.work import Work as BaseWork


class Work(BaseWork):
    """What an action of monitoring may read and change."""

    def __init__(self, ground: Ground, connection: Connection) -> None:
        super().__init__(ground, connection)
        self.cases = Rows(self, tables.cases, WatchedCase)
        self.referrals = Rows(self, tables.referrals, WatchedReferral)
        self.lines = Rows(self, tables.lines, Line)
        self.deadlines = Rows(self, tables.deadlines, Deadline)
        self.settlements = Rows(self, tables.settlements, Settlement, sealed_for="owner_id")
        self.tasks = Rows(self, tables.tasks, Task)
        self.records = Rows(self, tables.records, Record, sealed_for="case_id")
        self.judgements = Rows(self, tables.judgements, Judged)
        self.limits = Rows(self, tables.limits, Limit)
        self.holiday_years = Rows(self, tables.holiday_years, HolidayYear)
        self.holidays = Rows(self, tables.holidays, Holiday)


def begin(ground: Ground) -> AbstractContextManager[Work]:
    """Open a unit of work; it commits whole or not at all."""
    return begin_with(Work, ground)
