"""Deadlines, how they are settled, and the rules by which they are set."""

from typing import Any
from uuid import UUID

from services.monitoring import queries
from services.monitoring.actions import deadlines, rules
from services.monitoring.api.policies import FOLLOWING_CASES, JUDGING, KEEPING_THE_CALENDAR
from services.monitoring.api.schemas import (
    DeadlineQuery,
    DeadlineSchema,
    DeadlinesSchema,
    LimitSchema,
    RuleSchema,
    RulesSchema,
    SettlementSchema,
)
from services.monitoring.domain.rules import AppliesIf, Rule
from services.monitoring.queries import DeadlineShown
from services.monitoring.storage.work import Work, begin
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.scopes import Scope
from shared.errors import NotFound
from shared.http import paging
from shared.http.etag import if_match, tag_of
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "deadlines",
    __name__,
    url_prefix="/api/monitoring/v1",
    description="What must happen by when, and the rules that say so.",
)


@routes.get("/deadlines")
@needs(Scope.MONITORING_READ, policy=FOLLOWING_CASES)
@reads(begin)
@routes.arguments(DeadlineQuery, location="query", unknown="raise")
@routes.response(200, DeadlinesSchema)
def list_deadlines(work: Work, query: dict[str, Any]) -> Any:
    """Show deadlines, those due first first; of one case, or only missed ones."""
    limit = paging.limit_asked()
    found = queries.deadlines(
        work,
        actor(),
        case_id=query["case_id"],
        late=query["late"],
        after=paging.cursor_asked(),
        limit=limit,
    )
    page = paging.page(found, limit, lambda one: (one.deadline.due_at.isoformat(), one.deadline.id))
    return {"items": [_shown(one) for one in page.items]}, 200, paging.link_header(page)


@routes.post("/deadlines/<uuid:deadline_id>/settlement")
@needs(Scope.MONITORING_WRITE, policy=JUDGING)
@changes(begin)
@routes.arguments(SettlementSchema)
@routes.response(200, DeadlineSchema)
def settle_deadline(work: Work, payload: dict[str, Any], deadline_id: UUID) -> Any:
    """Say when what was due happened, and by what it can be seen."""
    settled = deadlines.settle(work, actor(), deadline_id, seen=if_match(), **payload)
    (shown,) = queries.shown(work, [settled])
    return _shown(shown), 200, {"ETag": tag_of(settled.version)}


@routes.get("/deadline-rules")
@needs(Scope.MONITORING_READ, policy=FOLLOWING_CASES)
@reads(begin)
@routes.response(200, RulesSchema)
def list_rules(work: Work) -> Any:
    """Show the deadline rules of the unit, each with where its limit comes from."""
    return {"items": [_row(rule) for rule in queries.deadline_rules(work, actor())]}


@routes.put("/deadline-rules/<rule>/<applies_if>/limit")
@needs(Scope.CALENDAR_WRITE, policy=KEEPING_THE_CALENDAR)
@changes(begin)
@routes.arguments(LimitSchema)
@routes.response(200, RuleSchema)
def set_limit(work: Work, payload: dict[str, Any], rule: str, applies_if: str) -> Any:
    """Set the unit's own limit, for deadlines that begin from now on."""
    try:
        row = DeadlineRule(rule), AppliesIf(applies_if)
    except ValueError:
        raise NotFound from None
    return _row(rules.set_limit(work, actor(), *row, **payload))


def _shown(one: DeadlineShown) -> dict[str, Any]:
    seconds = int(one.remaining.total_seconds())
    return vars(one.deadline) | {"late": one.deadline.late, "remaining_seconds": seconds}


def _row(rule: Rule) -> dict[str, Any]:
    seconds = None if rule.limit is None else int(rule.limit.total_seconds())
    return vars(rule) | {"limit_seconds": seconds}
