"""Record what a person allows, refuses or takes back."""

from typing import Any
from uuid import UUID

from services.intake.actions.acting import changed, place_of, publish, signature, the_case
from services.intake.domain.case import Case
from services.intake.domain.consent import Consent
from services.intake.domain.forms.consent import CONSENT
from services.intake.domain.sheet import fill_page
from services.intake.storage.facts import speaker_of
from services.intake.storage.finding import consent_of, consents_towards
from services.intake.storage.work import Work
from shared.contracts.event import Event
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import ConsentScope, Service
from shared.security.actor import Actor


def record_consent(work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any]) -> Consent:
    """Write a decision down: given, refused, or cannot be asked now.

    A referral that is refused now was perhaps allowed before: that is taken back by it.
    """
    case, signed = the_case(work, actor, case_id), signature(work, actor)
    consent = Consent.record(answers, of=speaker_of(work, case), signed=signed)
    sheet = fill_page(CONSENT, answers, place=place_of(case), signed=signed)
    consent.sheet_id = work.sheets.add(sheet).id
    taken_back = _take_back(work, case, consent)
    work.consents.add(consent)
    publish(work, [consent.told(), *taken_back], by=actor.id)
    work.audit.wrote(actor, "consent.record", "consent", [consent.id], [FieldClass.IDENTITY])
    return consent


def approve_consent(work: Work, actor: Actor, case_id: UUID, consent_id: UUID) -> Consent:
    """Agree, as a second person, that it was right to share without consent."""
    case, consent = _consent(work, actor, case_id, consent_id)
    told = consent.approve(by=actor.id, at=work.clock.now(case.unit_id))
    work.consents.save(consent)
    publish(work, [told], by=actor.id)
    work.audit.wrote(actor, "consent.approve", "consent", [consent.id])
    return consent


def withdraw_consent(work: Work, actor: Actor, case_id: UUID, consent_id: UUID) -> Consent:
    """The person takes it back (R7): partners stop; without services the case ends."""
    case, consent = _consent(work, actor, case_id, consent_id)
    at = work.clock.now(case.unit_id)
    told = consent.withdraw(at=at)
    work.consents.save(consent)
    publish(work, [told], by=actor.id)
    work.audit.wrote(actor, "consent.withdraw", "consent", [consent.id])
    if consent.scope is ConsentScope.LAYANAN:
        changed(work, actor, case, "case.withdraw", case.withdraw(at=at))
    return consent


def consent_for(work: Work, case: Case, institution_id: UUID, service: Service) -> Consent | None:
    """Return the consent that covers a referral of this service to this partner, or None.

    The latest decision counts, whatever it was: an older yes does not outlive a later no.
    """
    found = consents_towards(work, case, institution_id)
    latest = next((one for one in found if one.concerns(institution_id, service)), None)
    in_force = latest is not None and latest.in_force(work.clock.now(case.unit_id))
    return latest if in_force else None


def _take_back(work: Work, case: Case, refusal: Consent) -> list[Event]:
    if refusal.institution_id is None:
        return []
    told: list[Event] = []
    for earlier in consents_towards(work, case, refusal.institution_id):
        if refusal.takes_back(earlier):
            told.append(earlier.withdraw(at=refusal.decided_at))
            work.consents.save(earlier)
    return told


def _consent(work: Work, actor: Actor, case_id: UUID, consent_id: UUID) -> tuple[Case, Consent]:
    case = the_case(work, actor, case_id)
    return case, consent_of(work, case, consent_id)
