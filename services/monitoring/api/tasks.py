"""What people of the unit have to do, and the counters of their start page."""

from typing import Any
from uuid import UUID

from services.monitoring import queries
from services.monitoring.actions import tasks
from services.monitoring.api.policies import HAVING_TASKS, JUDGING
from services.monitoring.api.schemas import OverviewSchema, TaskQuery, TaskSchema, TasksSchema
from services.monitoring.domain.tasks import Task
from services.monitoring.queries import Overview
from services.monitoring.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http import paging
from shared.http.etag import if_match, tag_of
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "tasks",
    __name__,
    url_prefix="/api/monitoring/v1",
    description="What has to be done, by whom, by when.",
)


@routes.get("/tasks")
@needs(Scope.MONITORING_READ, policy=HAVING_TASKS)
@reads(begin)
@routes.arguments(TaskQuery, location="query", unknown="raise")
@routes.response(200, TasksSchema)
def list_tasks(work: Work, query: dict[str, Any]) -> Any:
    """Show tasks, the most urgent first, with how many are open and late."""
    limit = paging.limit_asked()
    found = queries.tasks(
        work,
        actor(),
        mine=query["mine"],
        open_only=query["open"],
        after=paging.cursor_asked(),
        limit=limit,
    )
    page = paging.page(found, limit, lambda task: (task.due_at.isoformat(), task.id))
    counts = queries.task_counts(work, actor(), mine=query["mine"])
    return {"items": page.items, "counts": counts}, 200, paging.link_header(page)


@routes.post("/tasks/<uuid:task_id>/completion")
@needs(Scope.MONITORING_WRITE, policy=JUDGING)
@changes(begin)
@routes.response(200, TaskSchema)
def complete_task(work: Work, task_id: UUID) -> tuple[Task, int, dict[str, str]]:
    """Say that a task is done."""
    done = tasks.complete(work, actor(), task_id, seen=if_match())
    return done, 200, {"ETag": tag_of(done.version)}


@routes.get("/overview")
@needs(Scope.MONITORING_READ, policy=HAVING_TASKS)
@reads(begin)
@routes.response(200, OverviewSchema)
def read_overview(work: Work) -> Overview:
    """Count for the start page: tasks, missed deadlines, referrals waiting and running."""
    return queries.overview(work, actor())
