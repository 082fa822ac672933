"""The holidays of the unit, one list for each year."""

from typing import Any

from services.monitoring.actions import office
from services.monitoring.actions.office import DayOff, YearList
from services.monitoring.api.policies import FOLLOWING_CASES, KEEPING_THE_CALENDAR
from services.monitoring.api.schemas import YearListSchema, YearQuery
from services.monitoring.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.errors import NotFound
from shared.http.etag import if_match, tag_of
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "holidays",
    __name__,
    url_prefix="/api/monitoring/v1/holidays",
    description="The days on which the office is closed.",
)


@routes.get("")
@needs(Scope.MONITORING_READ, policy=FOLLOWING_CASES)
@reads(begin)
@routes.arguments(YearQuery, location="query", unknown="raise")
@routes.response(200, YearListSchema)
def read_holidays(work: Work, query: dict[str, Any]) -> Any:
    """Show the holidays of a year; a year nobody has kept yet begins from the almanac."""
    unit = actor().org
    if unit is None:
        raise NotFound
    return _shown(office.show_year(work, unit, query["year"]))


@routes.put("/<int:year>")
@needs(Scope.CALENDAR_WRITE, policy=KEEPING_THE_CALENDAR)
@changes(begin)
@routes.arguments(YearListSchema)
@routes.response(200, YearListSchema)
def replace_holidays(work: Work, payload: dict[str, Any], year: int) -> Any:
    """Put a whole list in place of the year's; a list with one wrong row changes nothing."""
    kept = office.replace_year(
        work,
        actor(),
        year=year,
        source=payload["source"],
        days=[DayOff(**one) for one in payload["days"]],
        seen=if_match(),
    )
    return _shown(kept)


def _shown(kept: YearList) -> tuple[dict[str, Any], int, dict[str, str]]:
    return vars(kept.year) | {"days": kept.days}, 200, {"ETag": tag_of(kept.year.version)}
