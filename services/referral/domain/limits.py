"""How soon a partner must answer and give the first service, and when silence ends a referral."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.contracts.referral_words import Urgency
from shared.contracts.vocabulary import Service

Calendar = Callable[[datetime, timedelta], datetime]


@dataclass(frozen=True)
class Limit:
    """How long a partner has to answer, and to give the first service. None: nobody set one."""

    accept: timedelta | None
    serve: timedelta | None
    source: str = "P"


@dataclass(frozen=True, kw_only=True)
class Due:
    """When an answer and the first service are due, and when silence ends the referral."""

    respond_by: datetime
    serve_by: datetime | None
    expires_at: datetime


def _hours(number: int) -> timedelta:
    return timedelta(hours=number)


def _days(number: int) -> timedelta:
    return timedelta(days=number)


#: Default limits of CL16 (accept / first service) and where each comes from; "P" is proposed here
#: and by nobody else. Where serve is None the date comes from outside: a summons, a hearing, the
#: incident and 72 hours; the sender names it.
LIMITS: Final[Mapping[Service, Limit]] = {
    Service.MED_GADAR: Limit(_hours(1), _hours(1)),
    Service.MED_72JAM: Limit(_hours(1), None, "S32"),
    Service.MED_PERIKSA: Limit(_hours(24), _days(3)),
    Service.MED_VER: Limit(_hours(3), _hours(24)),
    Service.MED_VEP: Limit(_days(3), _days(14)),
    Service.MED_JIWA: Limit(_hours(24), _days(7)),
    Service.MED_KIA: Limit(_hours(24), _days(7)),
    Service.PSI_AWAL: Limit(None, None),
    Service.PSI_DASAR: Limit(None, None),
    Service.PSI_PERIKSA: Limit(_hours(24), _days(7)),
    Service.PSI_TERAPI: Limit(_hours(24), _days(7)),
    Service.PSI_KELUARGA: Limit(_hours(24), _days(14)),
    Service.PSI_ROHANI: Limit(_days(3), _days(14)),
    Service.HKM_KONSUL: Limit(_hours(24), _days(3)),
    Service.HKM_LP: Limit(_hours(3), _hours(24)),
    Service.HKM_LINDUNG: Limit(_hours(1), _hours(24), "S25, S26"),
    Service.HKM_SIDIK: Limit(_hours(24), None),
    Service.HKM_SIDANG: Limit(_hours(24), None),
    Service.HKM_LPSK: Limit(_hours(24), None, "S25"),
    Service.HKM_RESTITUSI: Limit(_days(3), _days(30)),
    Service.HKM_DIVERSI: Limit(_hours(24), None),
    Service.HKM_MEDIASI: Limit(_days(3), _days(14)),
    Service.HKM_PERDATA: Limit(_days(3), _days(14)),
    Service.HKM_DISPENSASI: Limit(_hours(24), _days(7)),
    Service.RSO_SHELTER: Limit(_hours(1), _hours(6)),
    Service.RSO_PANTI: Limit(_hours(24), _days(7)),
    Service.RSO_LAPSOS: Limit(_hours(24), _days(3), "S27"),
    Service.RSO_KEBDASAR: Limit(_hours(24), _days(3)),
    Service.RSO_ASUH: Limit(_hours(24), _days(7)),
    Service.RSO_VOKASI: Limit(_days(7), _days(30)),
    Service.REI_PULANG: Limit(_hours(24), _days(7)),
    Service.REI_KELUARGA: Limit(_days(3), _days(14)),
    Service.REI_SEKOLAH: Limit(_days(3), _days(14)),
    Service.REI_EKONOMI: Limit(_days(7), _days(30)),
    Service.REI_MASYARAKAT: Limit(_days(7), _days(30)),
    Service.REI_ADMINDUK: Limit(_days(3), _days(14)),
}

#: How soon an answer is wanted, whatever the service; routine leaves it to the service's limit.
URGENT_WITHIN: Final[Mapping[Urgency, timedelta | None]] = {
    Urgency.SEGERA: _hours(1),
    Urgency.H24: _hours(24),
    Urgency.D3: _days(3),
    Urgency.RUTIN: None,
}

#: When neither urgency nor service sets a limit [P].
OTHERWISE: Final = _days(3)
#: Silence past the limit lasts as much again before a referral expires, and at least this.
LEAST_GRACE: Final = _hours(1)
#: A partner at work is silent when nothing was heard for the first-service limit, or this [P].
LEAST_SILENCE: Final = _days(1)
#: A person in danger is referred first; the plan item follows within this.
PLAN_ITEM_WITHIN: Final = _hours(24)


def wall_clock(start: datetime, length: timedelta) -> datetime:
    """Count round the clock, every day of the year."""
    return start + length


def due(  # noqa: PLR0913 - each is a fact of the referral that the limit depends on
    service: Service,
    urgency: Urgency,
    *,
    sent_at: datetime,
    high_risk: bool = False,
    agreed: Limit | None = None,
    needed_by: datetime | None = None,
    calendar: Calendar = wall_clock,
) -> Due:
    """Return when an answer and the first service are due: the earlier of urgency and service.

    ``agreed`` is what the institution itself agreed to for this service. Immediate and
    high-risk referrals count round the clock, whatever calendar is given.
    """
    limit = agreed or LIMITS[service]
    count = wall_clock if high_risk or urgency is Urgency.SEGERA else calendar
    wanted = [length for length in (limit.accept, URGENT_WITHIN[urgency]) if length is not None]
    respond_by = count(sent_at, min(wanted, default=OTHERWISE))
    served = count(sent_at, limit.serve) if limit.serve is not None else None
    dates = [when for when in (served, needed_by) if when is not None]
    return Due(
        respond_by=respond_by,
        serve_by=min(dates, default=None),
        expires_at=respond_by + max(respond_by - sent_at, LEAST_GRACE),
    )


def silent_past(service: Service) -> timedelta:
    """Return how long a partner at work may say nothing before it may be given up."""
    return max(LIMITS[service].serve or OTHERWISE, LEAST_SILENCE)
