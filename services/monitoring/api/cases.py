"""The timeline of a case, and its monitoring records (F14)."""

from typing import Any
from uuid import UUID

from flask import Response

from services.monitoring import queries
from services.monitoring.actions import records
from services.monitoring.api.policies import FOLLOWING_CASES, JUDGING
from services.monitoring.api.schemas import (
    ObservedSchema,
    PageQuery,
    RecordSchema,
    RecordsSchema,
    TimelineSchema,
)
from services.monitoring.domain.adequacy import Judgement
from services.monitoring.domain.records import GoalProgress, ItemProgress, Judged, Observed, Record
from services.monitoring.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http import etag, paging
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "cases",
    __name__,
    url_prefix="/api/monitoring/v1/cases",
    description="What happened in a case, and whether the help is enough.",
)


@routes.get("/<uuid:case_id>/timeline")
@needs(Scope.MONITORING_READ, policy=FOLLOWING_CASES)
@reads(begin)
@routes.arguments(PageQuery, location="query", unknown="raise")
@routes.response(200, TimelineSchema)
def read_timeline(work: Work, _query: dict[str, Any], case_id: UUID) -> Response | Any:
    """Show the timeline of a case, the latest line first."""
    queries.case_seen(work, actor(), case_id)
    version = queries.lines_of(work, actor(), case_id)
    same = etag.unchanged(version)
    if same is not None:
        return same
    limit = paging.limit_asked()
    after = paging.cursor_asked()
    lines = queries.timeline(work, actor(), case_id, after=after, limit=limit)
    page = paging.page(lines, limit, lambda line: (line.happened_at.isoformat(), line.id))
    tagged = {"ETag": etag.tag_of(version), "Cache-Control": "private, no-cache"}
    return page, 200, paging.link_header(page) | tagged


@routes.get("/<uuid:case_id>/records")
@needs(Scope.MONITORING_READ, policy=FOLLOWING_CASES)
@reads(begin)
@routes.arguments(PageQuery, location="query", unknown="raise")
@routes.response(200, RecordsSchema)
def read_records(work: Work, _query: dict[str, Any], case_id: UUID) -> Any:
    """Show the monitoring records of a case, the latest first."""
    limit = paging.limit_asked()
    after = paging.cursor_asked()
    found = queries.records(work, actor(), case_id, after=after, limit=limit)
    page = paging.page(found, limit, lambda one: (one.record.contact_at.isoformat(), one.record.id))
    shown = [_shown(one.record, one.judgements) for one in page.items]
    return {"items": shown}, 200, paging.link_header(page)


@routes.post("/<uuid:case_id>/records")
@needs(Scope.MONITORING_WRITE, policy=JUDGING)
@changes(begin)
@routes.arguments(ObservedSchema)
@routes.response(201, RecordSchema)
def write_record(work: Work, payload: dict[str, Any], case_id: UUID) -> Any:
    """Write a contact down: what was seen, and whether each service is enough."""
    written = records.judge(work, actor(), case_id, _observed(payload))
    return _shown(written.record, written.judgements)


def _observed(payload: dict[str, Any]) -> Observed:
    return Observed(
        **payload
        | {
            "judgements": tuple(Judgement(**one) for one in payload["judgements"]),
            "items": tuple(ItemProgress(**one) for one in payload["items"]),
            "goals": tuple(GoalProgress(**one) for one in payload["goals"]),
        }
    )


def _shown(record: Record, judgements: list[Judged]) -> dict[str, Any]:
    return vars(record) | {"judgements": judgements}
