"""Write a monitoring record (F14) down: judgements go out, the next contact is expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.monitoring.actions.contacts import contact_made
from services.monitoring.actions.deadlines import tell
from services.monitoring.domain.records import Judged, Observed, Record, write
from services.monitoring.domain.watched import WatchedCase
from services.monitoring.storage import finding
from services.monitoring.storage.visible import visible_cases
from services.monitoring.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.errors import Conflict, Invalid
from shared.security.actor import Actor

CLASSES: Final = (FieldClass.NARRATIVE, FieldClass.INTERNAL_NOTES, FieldClass.RISK)


class CaseIsClosed(Conflict):
    """A closed case is not monitored any more; it is reopened first (rule R9)."""

    code = "case_is_closed"
    id = "Kasus ini sudah ditutup."
    en = "This case is closed."


@dataclass(frozen=True, kw_only=True)
class Written:
    """A record with what it says of each service."""

    record: Record
    judgements: list[Judged]


def judge(work: Work, actor: Actor, case_id: UUID, observed: Observed) -> Written:
    """Write a contact down; raise NotFound, CaseIsClosed, NotYet, Invalid or RecordNotRight."""
    case = work.cases.get(case_id, visible_cases(actor))
    if case.closed_at is not None:
        raise CaseIsClosed
    _check_referrals(work, case, observed)
    now = work.clock.now(case.unit_id)
    row = finding.rules_of(work, case.unit_id).contact(observed.risk_now)
    record, judged = write(
        observed, case_id=case.id, unit_id=case.unit_id, by=actor.id, at=now, interval=row.given
    )
    work.records.add(record)
    for one in judged:
        work.judgements.add(one)
        tell(work, one.event(), unit_id=case.unit_id)
    contact_made(
        work, case, at=record.contact_at, risk=record.risk_now, next_at=record.next_contact_at
    )
    work.audit.wrote(actor, "write monitoring record", "record", [record.id], CLASSES)
    return Written(record=record, judgements=judged)


def _check_referrals(work: Work, case: WatchedCase, observed: Observed) -> None:
    wrong = {
        field: ["not_of_this_case"]
        for field, referral_id in _named(observed)
        if not _is_of(work, case, referral_id)
    }
    if wrong:
        raise Invalid(fields=wrong)


def _named(observed: Observed) -> Iterator[tuple[str, UUID]]:
    if observed.referral_id is not None:
        yield "referral_id", observed.referral_id
    for place, one in enumerate(observed.judgements):
        if one.referral_id is not None:
            yield f"judgements.{place}.referral_id", one.referral_id


def _is_of(work: Work, case: WatchedCase, referral_id: UUID) -> bool:
    watched = finding.referral_of(work, referral_id)
    return watched is not None and watched.case_id == case.id
