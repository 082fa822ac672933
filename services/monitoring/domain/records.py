"""The monitoring record (F14): one contact, what was seen, and what follows.

Seed 000, step 5, gives two tasks: "menentukan apakah rencana layanan sedang diselesaikan", and
"apakah tujuan awal tercapai atau tidak". A record is never changed once it is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.monitoring.domain.adequacy import WITH_CAUSE, Judgement
from services.monitoring.domain.calendars import WITA
from services.monitoring.domain.deadlines import LATE_ENTRY, NotYet
from shared.contracts.monitoring import AdequacyJudged
from shared.contracts.vocabulary import Adequacy, InadequacyCause, RiskLevel, Service
from shared.errors import Invalid
from shared.identifiers import new_id


class Contacted(StrEnum):
    """With whom the case manager spoke (F14)."""

    PENYEDIA = "PENYEDIA"
    KLIEN = "KLIEN"
    KELUARGA_AMAN = "KELUARGA_AMAN"


class Mode(StrEnum):
    """How they spoke (CL25)."""

    TELEPON = "TELEPON"
    SURAT = "SURAT"
    KUNJUNGAN = "KUNJUNGAN"
    PESAN = "PESAN"
    KANTOR = "KANTOR"
    MELALUI_SATGAS = "MELALUI_SATGAS"


class Action(StrEnum):
    """What the case manager means to do (F14)."""

    TERUSKAN = "TERUSKAN"
    REVISI_RENCANA = "REVISI_RENCANA"
    ASESMEN_ULANG = "ASESMEN_ULANG"
    RUJUK_ULANG = "RUJUK_ULANG"
    EVALUASI = "EVALUASI"


class ItemStatus(StrEnum):
    """How far an item of the plan is (CL38)."""

    RENCANA = "RENCANA"
    BERJALAN = "BERJALAN"
    TERCAPAI = "TERCAPAI"
    TIDAK_TERCAPAI = "TIDAK_TERCAPAI"
    DIBATALKAN = "DIBATALKAN"
    DITOLAK_KLIEN = "DITOLAK_KLIEN"


class GoalLevel(StrEnum):
    """How far a goal is reached (CL23)."""

    GAS_M2 = "GAS_M2"
    GAS_M1 = "GAS_M1"
    GAS_0 = "GAS_0"
    GAS_P1 = "GAS_P1"
    GAS_P2 = "GAS_P2"


@dataclass(frozen=True, kw_only=True)
class ItemProgress:
    """Task 1: how far this item of the plan is carried out."""

    plan_item_id: UUID
    status: ItemStatus
    sessions_done: int | None = None
    sessions_planned: int | None = None


@dataclass(frozen=True, kw_only=True)
class GoalProgress:
    """Task 2: how far this goal is reached."""

    goal_id: UUID
    level: GoalLevel


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What the case manager writes down after a contact."""

    contact_at: datetime
    contacted: Contacted
    mode: Mode
    referral_id: UUID | None
    judgements: tuple[Judgement, ...]
    items: tuple[ItemProgress, ...]
    goals: tuple[GoalProgress, ...]
    risk_now: RiskLevel
    action: Action
    next_contact_at: datetime
    new_needs: str | None = None
    person_words: str | None = None
    notes: str | None = None


class RecordNotRight(Invalid):
    """The record contradicts itself or leaves out what its judgement asks for."""

    code = "record_not_right"


@dataclass(eq=False, kw_only=True)
class Record:
    """One monitoring contact as it is kept."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    recorded_by: UUID
    recorded_at: datetime
    entered_late: bool
    contact_at: datetime
    contacted: Contacted
    mode: Mode
    referral_id: UUID | None
    items: list[dict[str, Any]]
    goals: list[dict[str, Any]]
    risk_now: RiskLevel
    action: Action
    next_contact_at: datetime
    new_needs: str | None
    person_words: str | None
    notes: str | None


@dataclass(eq=False, kw_only=True)
class Judged:
    """What a record says of one service, as it is kept and counted."""

    id: UUID
    record_id: UUID
    case_id: UUID
    unit_id: UUID
    judged_at: datetime
    risk_now: RiskLevel
    service: Service
    referral_id: UUID | None
    manager_view: Adequacy
    person_view: Adequacy
    counts: Adequacy
    cause: InadequacyCause | None
    next_check_on: date | None

    def event(self) -> AdequacyJudged:
        """Return what the other services are told."""
        return AdequacyJudged(
            case_id=self.case_id,
            unit_id=self.unit_id,
            record_id=self.record_id,
            referral_id=self.referral_id,
            service=self.service,
            adequacy=self.counts,
            cause=self.cause,
            risk_now=self.risk_now,
            happened_at=self.judged_at,
        )


def write(
    observed: Observed,
    *,
    case_id: UUID,
    unit_id: UUID,
    by: UUID,
    at: datetime,
    interval: timedelta,
) -> tuple[Record, list[Judged]]:
    """Write a contact down; raise NotYet or RecordNotRight, naming the fields.

    ``interval`` is how long a case of this danger may go without being looked at (T22).
    """
    _check(observed, at=at, interval=interval)
    said = vars(observed) | {
        "items": [_plain(one) for one in observed.items],
        "goals": [_plain(one) for one in observed.goals],
        "contact_at": observed.contact_at.astimezone(UTC),
        "next_contact_at": observed.next_contact_at.astimezone(UTC),
    }
    judgements = said.pop("judgements")
    record = Record(
        id=new_id(),
        case_id=case_id,
        unit_id=unit_id,
        recorded_by=by,
        recorded_at=at,
        entered_late=at - observed.contact_at > LATE_ENTRY,
        **said,
    )
    return record, [_judged(one, record) for one in judgements]


def _judged(judgement: Judgement, record: Record) -> Judged:
    return Judged(
        id=new_id(),
        record_id=record.id,
        case_id=record.case_id,
        unit_id=record.unit_id,
        judged_at=record.recorded_at,
        risk_now=record.risk_now,
        counts=judgement.counts,
        **vars(judgement),
    )


def _plain(progress: ItemProgress | GoalProgress) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, UUID) else value
        for name, value in vars(progress).items()
    }


def _check(observed: Observed, *, at: datetime, interval: timedelta) -> None:
    if observed.contact_at > at:
        raise NotYet(fields={"contact_at": ["not_yet"]})
    wrong = {field: [message] for field, message in _wrong(observed, interval=interval)}
    if wrong:
        raise RecordNotRight(fields=wrong)


def _wrong(observed: Observed, *, interval: timedelta) -> Iterator[tuple[str, str]]:
    yield from _misjudged(observed)
    if observed.next_contact_at <= observed.contact_at:
        yield "next_contact_at", "not_after"
    if observed.next_contact_at > _latest_contact(observed, interval=interval):
        yield "next_contact_at", "too_far_ahead"
    # "Go on as planned" cannot be what follows from too little or too much (R1, R2).
    back = any(one.counts in WITH_CAUSE for one in observed.judgements)
    if back and observed.action is Action.TERUSKAN:
        yield "action", "contradicts_judgement"


def _latest_contact(observed: Observed, *, interval: timedelta) -> datetime:
    # Danger sets the interval; what could not be judged yet is looked at on the day promised.
    checks = [one.next_check_on for one in observed.judgements if one.next_check_on is not None]
    ends = [datetime.combine(day + timedelta(days=1), time(), tzinfo=WITA) for day in checks]
    return min([observed.contact_at + interval, *ends])


def _misjudged(observed: Observed) -> Iterator[tuple[str, str]]:
    if not observed.judgements:
        yield "judgements", "required"
    on = observed.contact_at.astimezone(WITA).date()
    before: set[tuple[Service, UUID | None]] = set()
    for place, one in enumerate(observed.judgements):
        yield from ((f"judgements.{place}.{field}", code) for field, code in one.wrong(on=on))
        if (one.service, one.referral_id) in before:
            yield f"judgements.{place}.service", "said_twice"
        before.add((one.service, one.referral_id))
