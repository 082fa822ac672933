"""Asks monitoring for tasks and timelines, and hands it the case manager's judgement."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from shared.http.calls import Line

_BASE: Final = "/api/monitoring/v1"
#: Monitoring gives no more lines at a time.
MOST: Final = 200


def my_tasks(line: Line) -> list[dict[str, Any]]:
    """Return what waits for the person who asks, the most pressing first."""
    return _items(line.get(f"{_BASE}/tasks", mine="1", open="1"))


def timeline(line: Line, case_id: UUID, *, most: int) -> list[dict[str, Any]]:
    """Return what happened to a case, newest first; no more than so many lines."""
    return _items(line.get(f"{_BASE}/cases/{case_id}/timeline", limit=str(most)))


def judge(line: Line, case_id: UUID, record: Mapping[str, Any], *, key: str) -> dict[str, Any]:
    """Hand in a monitoring record (F14) with its judgement of each service."""
    return dict(line.post(f"{_BASE}/cases/{case_id}/records", dict(record), key=key))


def complete_task(line: Line, task_id: UUID, *, key: str) -> dict[str, Any]:
    """Say that a task is done."""
    return dict(line.post(f"{_BASE}/tasks/{task_id}/completion", key=key))


def missed_deadlines(line: Line, case_id: UUID) -> list[dict[str, Any]]:
    """Return the deadlines of a case that were missed and are not settled, the oldest first."""
    return _items(line.get(f"{_BASE}/deadlines", case_id=str(case_id), late="1", limit=str(MOST)))


def settle_deadline(
    line: Line, deadline_id: UUID, met: Mapping[str, Any], *, key: str
) -> dict[str, Any]:
    """Say when what was due happened, and what shows it."""
    return dict(line.post(f"{_BASE}/deadlines/{deadline_id}/settlement", dict(met), key=key))


def _items(found: Any) -> list[dict[str, Any]]:
    return list(found.get("items", ()) if isinstance(found, Mapping) else found or ())
