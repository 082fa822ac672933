"""What the API of monitoring takes and shows; unknown fields are refused."""

import marshmallow as ma
from marshmallow.validate import Length, Range

from services.monitoring.domain import deadlines as deadline
from services.monitoring.domain import tasks as task
from services.monitoring.domain.calendars import Calendar
from services.monitoring.domain.holidays import HolidaySource
from services.monitoring.domain.records import Action, Contacted, GoalLevel, ItemStatus, Mode
from services.monitoring.domain.rules import AppliesIf, Source
from services.monitoring.domain.tasks import TaskKind
from services.monitoring.domain.timeline import Verification
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.referral_words import Door
from shared.contracts.roles import Role
from shared.contracts.vocabulary import Adequacy, InadequacyCause, RiskLevel, Service
from shared.http.schemas import Strict

LONG_TEXT = 4000


class About(Strict):
    """What a line, deadline or task is about."""

    unit_id = ma.fields.UUID()
    report_id = ma.fields.UUID(allow_none=True)
    case_id = ma.fields.UUID(allow_none=True)
    referral_id = ma.fields.UUID(allow_none=True)


class PageQuery(Strict):
    """How much to show, and after what."""

    limit = ma.fields.String(metadata={"description": "1 to 200; 50 unless told."})
    cursor = ma.fields.String(metadata={"description": "Opaque; from the Link header."})


class TaskQuery(PageQuery):
    """Which tasks: one's own, and only open ones."""

    mine = ma.fields.Boolean(load_default=False)
    open = ma.fields.Boolean(load_default=False)


class DeadlineQuery(PageQuery):
    """Which deadlines: of one case, and only missed ones."""

    case_id = ma.fields.UUID(load_default=None)
    late = ma.fields.Boolean(load_default=False)


class YearQuery(Strict):
    """Which year's holidays."""

    year = ma.fields.Integer(required=True)


class LineSchema(About):
    """One line of a timeline. ``kind`` is the topic of an event; ``details`` holds codes only."""

    id = ma.fields.UUID()
    institution_id = ma.fields.UUID(allow_none=True)
    service = ma.fields.Enum(Service, by_value=True, allow_none=True)
    kind = ma.fields.String()
    happened_at = ma.fields.AwareDateTime()
    recorded_at = ma.fields.AwareDateTime()
    entered_late = ma.fields.Boolean()
    door = ma.fields.Enum(Door, by_value=True, allow_none=True)
    verification = ma.fields.Enum(Verification, by_value=True, allow_none=True)
    details = ma.fields.Dict(keys=ma.fields.String())


class TimelineSchema(Strict):
    """A page of a timeline, the latest line first."""

    items = ma.fields.List(ma.fields.Nested(LineSchema))


class TaskSchema(About):
    """Something a person of the unit has to do."""

    id = ma.fields.UUID()
    kind = ma.fields.Enum(TaskKind, by_value=True)
    owner_role = ma.fields.Enum(Role, by_value=True)
    owner_id = ma.fields.UUID(allow_none=True)
    escalated_to = ma.fields.Enum(Role, by_value=True, allow_none=True)
    made_at = ma.fields.AwareDateTime()
    due_at = ma.fields.AwareDateTime()
    deadline_id = ma.fields.UUID(allow_none=True)
    standing = ma.fields.Enum(task.Standing, by_value=True)
    ended_at = ma.fields.AwareDateTime(allow_none=True)
    ended_by = ma.fields.UUID(allow_none=True)
    version = ma.fields.Integer()


class TaskCountsSchema(Strict):
    """How many are open, and how many of those are late."""

    open = ma.fields.Integer()
    late = ma.fields.Integer()


class TasksSchema(Strict):
    """A page of tasks, the most urgent first."""

    items = ma.fields.List(ma.fields.Nested(TaskSchema))
    counts = ma.fields.Nested(TaskCountsSchema)


class DeadlineSchema(About):
    """A deadline and where it stands."""

    id = ma.fields.UUID()
    rule = ma.fields.Enum(DeadlineRule, by_value=True)
    applies_if = ma.fields.Enum(AppliesIf, by_value=True)
    calendar = ma.fields.Enum(Calendar, by_value=True)
    owner_role = ma.fields.Enum(Role, by_value=True)
    escalate_to = ma.fields.Enum(Role, by_value=True)
    began_at = ma.fields.AwareDateTime()
    due_at = ma.fields.AwareDateTime()
    standing = ma.fields.Enum(deadline.Standing, by_value=True)
    alerted = ma.fields.Enum(deadline.Alert, by_value=True)
    paused_at = ma.fields.AwareDateTime(allow_none=True)
    met_at = ma.fields.AwareDateTime(allow_none=True)
    entered_late = ma.fields.Boolean()
    late = ma.fields.Boolean()
    remaining_seconds = ma.fields.Integer()
    version = ma.fields.Integer()


class DeadlinesSchema(Strict):
    """A page of deadlines, those due first first."""

    items = ma.fields.List(ma.fields.Nested(DeadlineSchema))


class SettlementSchema(Strict):
    """When it happened, and by what it can be seen."""

    met_at = ma.fields.AwareDateTime(required=True)
    evidence = ma.fields.String(required=True, validate=Length(min=3, max=LONG_TEXT))


class JudgementSchema(Strict):
    """Whether one service is too little, enough or too much."""

    service = ma.fields.Enum(Service, by_value=True, required=True)
    referral_id = ma.fields.UUID(load_default=None, allow_none=True)
    manager_view = ma.fields.Enum(Adequacy, by_value=True, required=True)
    person_view = ma.fields.Enum(Adequacy, by_value=True, required=True)
    cause = ma.fields.Enum(InadequacyCause, by_value=True, load_default=None, allow_none=True)
    next_check_on = ma.fields.Date(load_default=None, allow_none=True)
    counts = ma.fields.Enum(Adequacy, by_value=True, dump_only=True)


class ItemSchema(Strict):
    """Task 1: how far an item of the plan is carried out."""

    plan_item_id = ma.fields.UUID(required=True)
    status = ma.fields.Enum(ItemStatus, by_value=True, required=True)
    sessions_done = ma.fields.Integer(load_default=None, allow_none=True, validate=Range(0, 999))
    sessions_planned = ma.fields.Integer(load_default=None, allow_none=True, validate=Range(0, 999))


class GoalSchema(Strict):
    """Task 2: how far a goal is reached."""

    goal_id = ma.fields.UUID(required=True)
    level = ma.fields.Enum(GoalLevel, by_value=True, required=True)


def _text() -> ma.fields.String:
    return ma.fields.String(load_default=None, allow_none=True, validate=Length(max=LONG_TEXT))


class ObservedSchema(Strict):
    """A monitoring record (F14) as it is sent; one record judges one service or several."""

    contact_at = ma.fields.AwareDateTime(required=True)
    contacted = ma.fields.Enum(Contacted, by_value=True, required=True)
    mode = ma.fields.Enum(Mode, by_value=True, required=True)
    referral_id = ma.fields.UUID(load_default=None, allow_none=True)
    judgements = ma.fields.List(
        ma.fields.Nested(JudgementSchema), required=True, validate=Length(max=40)
    )
    items = ma.fields.List(
        ma.fields.Nested(ItemSchema), load_default=list, validate=Length(max=100)
    )
    goals = ma.fields.List(ma.fields.Nested(GoalSchema), load_default=list, validate=Length(max=40))
    risk_now = ma.fields.Enum(RiskLevel, by_value=True, required=True)
    action = ma.fields.Enum(Action, by_value=True, required=True)
    next_contact_at = ma.fields.AwareDateTime(required=True)
    new_needs = _text()
    person_words = _text()
    notes = _text()


class RecordSchema(Strict):
    """A monitoring record as it is kept."""

    id = ma.fields.UUID()
    case_id = ma.fields.UUID()
    unit_id = ma.fields.UUID()
    recorded_by = ma.fields.UUID()
    recorded_at = ma.fields.AwareDateTime()
    entered_late = ma.fields.Boolean()
    contact_at = ma.fields.AwareDateTime()
    contacted = ma.fields.Enum(Contacted, by_value=True)
    mode = ma.fields.Enum(Mode, by_value=True)
    referral_id = ma.fields.UUID(allow_none=True)
    judgements = ma.fields.List(ma.fields.Nested(JudgementSchema))
    items = ma.fields.List(ma.fields.Dict())
    goals = ma.fields.List(ma.fields.Dict())
    risk_now = ma.fields.Enum(RiskLevel, by_value=True)
    action = ma.fields.Enum(Action, by_value=True)
    next_contact_at = ma.fields.AwareDateTime()
    new_needs = ma.fields.String(allow_none=True)
    person_words = ma.fields.String(allow_none=True)
    notes = ma.fields.String(allow_none=True)


class RecordsSchema(Strict):
    """A page of records, the latest first."""

    items = ma.fields.List(ma.fields.Nested(RecordSchema))


class DayOffSchema(Strict):
    """One day on which the office is closed."""

    day = ma.fields.Date(required=True)
    name = ma.fields.String(required=True, validate=Length(max=120))
    source = ma.fields.Enum(HolidaySource, by_value=True, dump_only=True)


class YearListSchema(Strict):
    """The holidays of one year."""

    year = ma.fields.Integer(dump_only=True)
    changed_by = ma.fields.UUID(dump_only=True, allow_none=True)
    changed_at = ma.fields.AwareDateTime(dump_only=True)
    version = ma.fields.Integer(dump_only=True)
    source = ma.fields.Enum(HolidaySource, by_value=True, required=True, load_only=True)
    days = ma.fields.List(ma.fields.Nested(DayOffSchema), required=True, validate=Length(max=120))


class RuleSchema(Strict):
    """A row of the deadline rules, as it stands in the unit."""

    rule = ma.fields.Enum(DeadlineRule, by_value=True)
    applies_if = ma.fields.Enum(AppliesIf, by_value=True)
    trigger = ma.fields.String()
    limit_seconds = ma.fields.Integer(allow_none=True)
    calendar = ma.fields.Enum(Calendar, by_value=True)
    owner = ma.fields.Enum(Role, by_value=True)
    escalate_to = ma.fields.Enum(Role, by_value=True)
    source = ma.fields.Enum(Source, by_value=True)
    reference = ma.fields.String(allow_none=True)


class RulesSchema(Strict):
    """The deadline rules of a unit."""

    items = ma.fields.List(ma.fields.Nested(RuleSchema))


class LimitSchema(Strict):
    """A limit that the unit sets. In working days, one day counts 86400 seconds."""

    limit_seconds = ma.fields.Integer(required=True, strict=True)


class OverviewSchema(Strict):
    """The counters of a start page."""

    tasks_open = ma.fields.Integer()
    tasks_late = ma.fields.Integer()
    deadlines_missed = ma.fields.Integer()
    referrals_waiting = ma.fields.Integer()
    referrals_running = ma.fields.Integer()
