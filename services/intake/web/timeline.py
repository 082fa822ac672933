"""The lines of a case's timeline in words; what came last, or everything when it is asked for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import request

from services.intake.actions.policies import CASE_MANAGERS
from services.intake.domain.partner_help import PartnerHelp
from services.intake.outward import monitoring
from services.intake.web.people import institution_name
from services.intake.web.words import DEADLINES, DOORS, LINES, SOMETHING
from services.intake.web.workspace import line, tolerantly
from shared.contracts.event import Publisher
from shared.contracts.vocabulary import Stage
from shared.http.guard import actor
from shared.web.labels import label
from shared.web.language import say
from shared.web.times import show_time

#: As many lines as are read at a glance; the others are one link away.
LATEST: Final = 15


def timeline(case_id: UUID, found: Iterable[PartnerHelp]) -> dict[str, Any]:
    """Return the lines of a page, None when monitoring is silent, and whether more follow."""
    whole = request.args.get("linimasa") == "semua"
    most = monitoring.MOST if whole else LATEST + 1
    lines = tolerantly(lambda: monitoring.timeline(line(Publisher.MONITORING), case_id, most=most))
    if lines is None:
        return {"timeline": None, "older": False, "whole": whole}
    shown = lines if whole else lines[:LATEST]
    helps = {str(one.id): one for one in found}
    return {
        "timeline": [_line(one, helps) for one in shown],
        "older": len(shown) < len(lines),
        "whole": whole,
    }


def _line(one: dict[str, Any], helps: dict[str, PartnerHelp]) -> dict[str, Any]:
    door, institution = str(one.get("door")), one.get("institution_id")
    details = one.get("details") or {}
    at = datetime.fromisoformat(str(one["happened_at"]))
    said = {
        "at": at,
        "what": say(LINES.get(str(one["kind"]), SOMETHING)),
        "who": institution_name(institution) if institution else "",
        "through": say(DOORS[door]) if door in DOORS else "",
        "detail": label("CL16", one["service"]) if one.get("service") else _stage(details),
    }
    if one["kind"] == "deadline.missed":
        said |= _missed(details, helps.get(str(one.get("referral_id"))))
        said["href"] = _settling(one)
    return said


def _missed(details: dict[str, Any], help_: PartnerHelp | None) -> dict[str, str]:
    """Say which deadline it was, of which service, and when it ended."""
    rule = str(details.get("rule"))
    due = datetime.fromisoformat(str(details["due_at"])) if details.get("due_at") else None
    if help_ is not None and due is not None and due in (help_.respond_by, help_.serve_by):
        rule = "T24-respond" if due == help_.respond_by else "T24-serve"
    what = say(DEADLINES.get(rule, DEADLINES["other"]))
    until = say("Paling lambat {at}", at=show_time(due)) if due else ""
    service = label("CL16", help_.service) if help_ else ""
    return {
        "what": say("Tenggat terlewat: {what}", what=what),
        "detail": " · ".join(filter(None, (service, until))),
    }


def _settling(one: dict[str, Any]) -> str:
    """Return where a case's missed deadline is settled, for those who may."""
    case_id = one.get("case_id")
    return f"/kasus/{case_id}/tenggat" if case_id and actor().holds(CASE_MANAGERS.roles) else ""


def _stage(details: dict[str, Any]) -> str:
    code = details.get("to_stage")
    return label("CL30", code) if code in set(Stage) else ""
