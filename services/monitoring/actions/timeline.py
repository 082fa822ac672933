"""Write the timeline from events."""

from uuid import UUID

from services.monitoring.domain.timeline import line_of
from services.monitoring.storage import finding
from services.monitoring.storage.work import Work
from shared.contracts.event import Event


def write_line(work: Work, told: Event) -> None:
    """Write the line of an event that another service published; once, however often it comes."""
    unit_id: UUID = vars(told)["unit_id"]
    line = line_of(told, unit_id=unit_id, recorded_at=work.clock.now(unit_id))
    if line.case_id is None and line.report_id is not None:
        case = finding.case_of_report(work, line.report_id)
        line.case_id = case.id if case else None
    finding.keep_line(work, line)
