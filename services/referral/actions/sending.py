"""Sending a referral: on a ground that holds, with no more than the partner may see."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from services.referral.actions.hands import Hand
from services.referral.domain.consent import Override, OverrideNotValid, check_consent
from services.referral.domain.disclosure import Content, by_class, check_template, classes_in
from services.referral.domain.institution import Institution
from services.referral.domain.limits import Due, due
from services.referral.domain.moves import Made, Party
from services.referral.domain.nameless import check_nameless
from services.referral.domain.referral import Readiness, Referral
from services.referral.storage.finding import find_sent_before
from services.referral.storage.work import Work
from shared.clock import now
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import ContentField, Urgency
from shared.contracts.vocabulary import AgeBand, Service
from shared.errors import NotAllowed
from shared.identifiers import named_id, new_id, short_code

#: The space of the keys by which the same plan item is not sent twice.
_SENDING: Final = UUID("0197a000-0000-7000-8000-00000000f12a")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a unit asks of a partner (F12), and on what ground."""

    case_id: UUID
    institution_id: UUID
    service: Service
    urgency: Urgency
    age_band: AgeBand
    question: str
    with_companion: bool
    content: Mapping[ContentField, str] = field(default_factory=dict)
    accommodation: str | None = None
    high_risk: bool = False
    needed_by: datetime | None = None
    sessions_planned: int | None = None
    consent_id: UUID | None = None
    consent_sequence: int | None = None
    override: Override | None = None
    plan_item_id: UUID | None = None
    plan_item_version: int | None = None
    counselled_at: datetime | None = None
    person_agreed: bool = False
    emergency: bool = False
    at_termination: bool = False
    previous_referral_id: UUID | None = None

    @property
    def send_key(self) -> UUID | None:
        """The key of "the same referral": plan item and version, partner, and what it follows."""
        if self.plan_item_id is None:
            return None
        parts = (
            self.plan_item_id,
            self.plan_item_version,
            self.institution_id,
            self.service,
            self.previous_referral_id,
        )
        return named_id(_SENDING, "|".join(str(part) for part in parts))


def send_referral(work: Work, hand: Hand, order: Order) -> tuple[Referral, bool]:
    """Send a referral once; return it and whether it is new.

    Raises the refusals of the directory, the consent, the template and the machine.
    """
    if hand.actor.org is None:
        raise NotAllowed
    earlier = _sent_before(work, hand, order)
    if earlier is not None:
        return earlier, False
    institution = work.institutions.get(order.institution_id)
    institution.check_gives(order.service)
    check_template(institution.kind, order.content)
    check_nameless(order.content, question=order.question, accommodation=order.accommodation)
    at = work.clock.now(hand.actor.org)
    basis = _ground(work, order, at)
    referral = _drafted(work, order, unit_id=hand.actor.org, basis=basis)
    told = referral.send(
        _made(hand, at), due=_due(order, institution, at), readiness=_readiness(order)
    )
    work.add_referral(referral, _content(order, referral))
    work.tell(referral, told)
    work.audit.wrote(
        hand.actor, "referral.send", "referral", [referral.id], classes_in(order.content)
    )
    return referral, True


def _sent_before(work: Work, hand: Hand, order: Order) -> Referral | None:
    if order.send_key is None:
        return None
    return find_sent_before(work, hand.actor, order.send_key)


def _ground(work: Work, order: Order, at: datetime) -> LegalBasis:
    if order.override is not None:
        order.override.check(at)
        return order.override.basis
    if order.consent_id is None or order.consent_sequence is None:
        raise OverrideNotValid(fields={"consent_id": ["not_valid"]})
    consent = check_consent(
        work.consent_to_use(order.consent_id),
        sequence=order.consent_sequence,
        case_id=order.case_id,
        institution_id=order.institution_id,
        service=order.service,
        wanted=classes_in(order.content),
        at=at,
    )
    return consent.basis


def _drafted(work: Work, order: Order, *, unit_id: UUID, basis: LegalBasis) -> Referral:
    return Referral(
        id=new_id(),
        code=short_code("R"),
        send_key=order.send_key,
        person_code=work.person_code(order.case_id, order.institution_id),
        case_id=order.case_id,
        unit_id=unit_id,
        institution_id=order.institution_id,
        service=order.service,
        urgency=order.urgency,
        high_risk=order.high_risk,
        age_band=order.age_band,
        with_companion=order.with_companion,
        basis=basis,
        consent_id=None if order.override else order.consent_id,
        consent_sequence=None if order.override else order.consent_sequence,
        override_until=order.override.until if order.override else None,
        plan_item_id=order.plan_item_id,
        plan_item_version=order.plan_item_version,
        emergency=order.emergency,
        at_termination=order.at_termination,
        previous_referral_id=order.previous_referral_id,
        sessions_planned=order.sessions_planned,
    )


def _due(order: Order, institution: Institution, at: datetime) -> Due:
    return due(
        order.service,
        order.urgency,
        sent_at=at,
        high_risk=order.high_risk,
        agreed=institution.limit_for(order.service),
        needed_by=order.needed_by,
    )


def _readiness(order: Order) -> Readiness:
    return Readiness(
        counselled_at=order.counselled_at,
        person_agreed=order.person_agreed,
        plan_item_id=order.plan_item_id,
        emergency=order.emergency,
    )


def _content(order: Order, referral: Referral) -> Content:
    return Content(
        id=referral.id,
        case_id=referral.case_id,
        salt=secrets.token_hex(16),
        question=order.question,
        accommodation=order.accommodation,
        override_reason=order.override.reason if order.override else None,
        **by_class(order.content),
    )


def _made(hand: Hand, at: datetime) -> Made:
    return Made(party=Party.UNIT, door=hand.door, at=at, by=hand.actor.id, recorded_at=now())
