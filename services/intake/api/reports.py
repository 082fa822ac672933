"""/reports: complaints (F2), their safety screening (F4), first response and ending."""

from typing import Any
from uuid import UUID

from services.intake import queries
from services.intake.actions import reports as actions
from services.intake.actions.policies import REPORT_READERS, REPORT_WRITERS, RESPONDERS
from services.intake.api.answers import asked, paged, tagged
from services.intake.api.schemas import EndingSchema, Nothing, PageQuery, ReportSchema, SafetySchema
from services.intake.api.shapes import FullReportShape, ReceiptShape, ReportShape
from services.intake.domain.report import warnings
from services.intake.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.http.etag import if_match, tag_of
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "reports", __name__, url_prefix="/api/intake/v1/reports", description="Complaints (F2)."
)


@routes.post("")
@needs(Scope.REPORT_WRITE, policy=REPORT_WRITERS)
@changes(begin)
@routes.arguments(ReportSchema)
@routes.response(201, ReceiptShape)
def receive(work: Work, payload: dict[str, Any]) -> Any:
    """File a report. Only the minimum set is required; odd things come back as warnings."""
    safety, guest_id = payload.pop("safety", None), payload.pop("guest_id", None)
    report = actions.receive_report(work, actor(), payload, safety=safety, guest_id=guest_id)
    receipt = {name: getattr(report, name) for name in _RECEIPT} | {"warnings": warnings(payload)}
    return receipt, 201, {"ETag": tag_of(report.version)}


_RECEIPT = ("id", "code", "received_at", "risk", "entered_late", "version")


@routes.get("")
@needs(Scope.REPORT_READ, policy=REPORT_READERS)
@reads(begin)
@routes.arguments(PageQuery, location="query")
@routes.response(200, ReportShape(many=True))
def listed(work: Work, _query: dict[str, Any]) -> Any:
    """List the unit's reports, newest first, without what was told."""
    limit, after = asked()
    return paged(queries.reports(work, actor(), limit, after), limit)


@routes.get("/<uuid:report_id>")
@needs(Scope.REPORT_READ, policy=RESPONDERS)
@reads(begin)
@routes.response(200, FullReportShape)
def one(work: Work, report_id: UUID) -> Any:
    """Read a report with everything that was told."""
    report, answers, missing = queries.report(work, actor(), report_id)
    named = vars(report) | {"answers": answers, "missing": missing}
    named |= {"entered_late": report.entered_late, "warnings": warnings(answers)}
    return named, 200, {"ETag": tag_of(report.version)}


@routes.post("/<uuid:report_id>/response")
@needs(Scope.REPORT_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(Nothing)
@routes.response(200, ReportShape)
def respond(work: Work, _payload: dict[str, Any], report_id: UUID) -> Any:
    """Say that the first response was given."""
    return tagged(actions.respond(work, actor(), report_id, seen=if_match()))


@routes.post("/<uuid:report_id>/safety-screening")
@needs(Scope.REPORT_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(SafetySchema)
@routes.response(200, ReportShape)
def screen(work: Work, answers: dict[str, Any], report_id: UUID) -> Any:
    """Make the safety screening; danger now makes the risk TINGGI at once."""
    return tagged(actions.screen_safety(work, actor(), report_id, answers, seen=if_match()))


@routes.post("/<uuid:report_id>/ending")
@needs(Scope.REPORT_WRITE, policy=RESPONDERS)
@changes(begin)
@routes.arguments(EndingSchema)
@routes.response(200, ReportShape)
def end(work: Work, payload: dict[str, Any], report_id: UUID) -> Any:
    """End a report without a case."""
    return tagged(actions.end_report(work, actor(), report_id, **payload, seen=if_match()))
