"""Shows times as an office in Bima reads them: its own zone, its own words."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from shared.web.language import current_language, say

#: The zone of the first unit; every screen names it (WITA).
OFFICE: Final = ZoneInfo("Asia/Makassar")


def show_date(moment: datetime) -> str:
    """A day in the office's zone, such as "24 November 2026"."""
    return format_date(moment.astimezone(OFFICE), "d MMMM y", locale=current_language())


def show_time(moment: datetime) -> str:
    """A moment in the office's zone, such as "24 November 2026, 12.00 WITA"."""
    between = "." if current_language() == "id" else ":"
    return f"{show_date(moment)}, {moment.astimezone(OFFICE):%H{between}%M} WITA"


def show_clock(moment: datetime) -> str:
    """Only the time of day, such as "09.14 WITA"."""
    return show_time(moment).rpartition(", ")[2]


def show_left(until: datetime, now: datetime) -> str:
    """How long is left, "2 j 14 m lagi", or how late it is, "terlambat 40 m"."""
    late = now > until
    span = _span(now - until if late else until - now)
    return say("terlambat {span}", span=span) if late else say("{span} lagi", span=span)


def urgency(until: datetime, now: datetime, soon: float = 24) -> str:
    """One of late, soon (within so many hours) and calm."""
    if now > until:
        return "late"
    return "soon" if until - now <= timedelta(hours=soon) else "calm"


def iso(moment: datetime) -> str:
    """The moment for machines, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _span(length: timedelta) -> str:
    """Its two largest parts: days and hours, or hours and minutes."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [
        say("{days} hari", days=days) if days else "",
        say("{hours} j", hours=hours) if hours else "",
        say("{minutes} m", minutes=minutes) if minutes and not days else "",
    ]
    return " ".join(filter(None, parts)) or say("{minutes} m", minutes=0)
