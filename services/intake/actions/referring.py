"""Get a referral ready: what may be sent, on which consent, for which agreed plan item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.intake.actions.acting import the_case, the_open_case
from services.intake.actions.consents import consent_for
from services.intake.domain.case import Case
from services.intake.domain.consent import Consent
from services.intake.domain.plan import PlanItem
from services.intake.domain.summary import age_band, contents, known, offered
from services.intake.storage.facts import person_of, report_of
from services.intake.storage.finding import ended_help_for, item_of, open_help_for
from services.intake.storage.work import Work
from shared.contracts.intake import CounsellingDecision
from shared.contracts.protection import FieldClass
from shared.contracts.referral_words import ContentField, Urgency
from shared.contracts.vocabulary import RiskLevel, Stage
from shared.errors import Conflict, Invalid, MoveNotAllowed
from shared.security.actor import Actor


class NoConsent(Conflict):
    """Nobody has allowed that this partner learns of the person."""

    code = "no_consent"
    id = "Belum ada persetujuan untuk berbagi data dengan lembaga ini."
    en = "There is no consent to share with this institution."


class NotCounselled(Conflict):
    """Basic counselling of this loop has not found that more help is needed."""

    code = "not_counselled"
    id = "Konseling dasar belum menyatakan perlu penanganan lanjut. Catat konseling lebih dulu."
    en = "Basic counselling has not said that more help is needed. Record counselling first."


class AlreadyReferred(Conflict):
    """The partner was asked for this service of the plan already, and has not ended it."""

    code = "already_referred"
    id = "Rujukan untuk bagian rencana ini ke mitra ini sudah dikirim."
    en = "A referral for this part of the plan has been sent to this partner already."

    def __init__(self, referral_id: UUID) -> None:
        super().__init__()
        self.referral_id = referral_id


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the case manager chose on the four screens of a referral."""

    item_id: UUID
    institution_id: UUID
    template: frozenset[ContentField]
    urgency: Urgency
    question: str
    content: Mapping[str, Any] = field(default_factory=dict)
    accommodation: str = ""
    emergency: bool = False
    at_termination: bool = False


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What the partner would see: the fields on offer, filled in where intake knows them."""

    consent: Consent
    offered: list[ContentField]
    filled_in: Mapping[ContentField, str]


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A referral that may be sent: the body for the referral service, and the key of its kind."""

    body: dict[str, Any]
    key: str


def preview(
    work: Work, actor: Actor, case_id: UUID, item_id: UUID, to: tuple[UUID, frozenset[ContentField]]
) -> Preview:
    """Return what a partner (its id and template) would see; raise NoConsent or NotAgreed."""
    case = the_open_case(work, actor, case_id)
    item = item_of(work, case, item_id)
    item.require_referable()
    institution_id, template = to
    consent = _consent(work, case, item, institution_id)
    on = work.clock.now(case.unit_id).date()
    filled_in = known(person_of(work, case), report_of(work, case), risk=case.risk, on=on)
    return Preview(
        consent=consent, offered=offered(template, consent.field_classes), filled_in=filled_in
    )


def prepare(work: Work, actor: Actor, case_id: UUID, wish: Wish) -> Ready:
    """Return the body to send; what it shows is written into the audit trail here.

    Raise what ``preview`` raises, NotCounselled unless it is an emergency, MoveNotAllowed for
    one that is said to be for the end of a case that is not there, and AlreadyReferred.
    """
    if not wish.question.strip():
        raise Invalid(fields={"question": ["required"]})
    seen = preview(work, actor, case_id, wish.item_id, (wish.institution_id, wish.template))
    case = the_case(work, actor, case_id)
    if wish.at_termination and case.stage is not Stage.TERMINATION:
        raise MoveNotAllowed("case", "refer_at_termination", case.stage)
    _require_counselling(case, wish)
    item = item_of(work, case, wish.item_id)
    running = open_help_for(work, item, wish.institution_id)
    if running is not None:
        raise AlreadyReferred(running.id)
    sent = contents(seen.offered, wish.content, seen.filled_in)
    work.audit.read(actor, "referral.prepare", "case", [case.id], list(FieldClass))
    body = _body(work, case, item, wish) | {
        "content": sent,
        "consent_id": str(seen.consent.id),
        "consent_sequence": seen.consent.sequence,
    }
    after = body["previous_referral_id"] or "first"
    return Ready(body=body, key=f"{item.id}-{wish.institution_id}-{after}")


def _require_counselling(case: Case, wish: Wish) -> None:
    """At the end of a case any counselling will do; before it, one that said to go on."""
    goes_on = case.counselling is CounsellingDecision.LANJUT
    held = wish.at_termination and case.counselling is not None
    if not (goes_on or held or wish.emergency):
        raise NotCounselled


def _consent(work: Work, case: Case, item: PlanItem, institution_id: UUID) -> Consent:
    found = consent_for(work, case, institution_id, item.service)
    if found is None:
        raise NoConsent
    return found


def _body(work: Work, case: Case, item: PlanItem, wish: Wish) -> dict[str, Any]:
    on = work.clock.now(case.unit_id).date()
    body: dict[str, Any] = {
        "case_id": str(case.id),
        "institution_id": str(wish.institution_id),
        "service": item.service.value,
        "urgency": wish.urgency.value,
        "age_band": age_band(person_of(work, case), on=on).value,
        "question": wish.question.strip(),
        "with_companion": item.escort,
        "high_risk": case.risk is RiskLevel.TINGGI,
        "plan_item_id": str(item.id),
        "plan_item_version": item.version + 1,
        "person_agreed": True,
        "emergency": wish.emergency,
        "at_termination": wish.at_termination,
        "sessions_planned": item.planned_sessions,
        "previous_referral_id": _previous(work, item),
    }
    if wish.accommodation.strip():
        body["accommodation"] = wish.accommodation.strip()
    if case.counselled_at is not None:
        body["counselled_at"] = case.counselled_at.isoformat()
    return body


def _previous(work: Work, item: PlanItem) -> str | None:
    """Return the ended referral of the same plan item that this one takes the place of (R3).

    An open one is not meant: to the same partner it is refused, to another it stands beside.
    """
    earlier = ended_help_for(work, item)
    return str(earlier.id) if earlier else None
