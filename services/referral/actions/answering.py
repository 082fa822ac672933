"""How a partner answers: it looks, takes up, asks, accepts, declines, stops, contests."""

from uuid import UUID

from services.referral.actions.hands import Hand, ground_of, kept, partner_takes
from services.referral.domain.consent import Consent, check_ground
from services.referral.domain.disclosure import CLASSES, freeze
from services.referral.domain.moves import Made, Move
from services.referral.domain.referral import Referral
from services.referral.storage.finding import find_institution
from services.referral.storage.work import Work
from shared.contracts.vocabulary import DeclineReason
from shared.errors import Invalid


def see_referral(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner opens one referral; the first time is kept as a fact of its own."""
    referral, made = partner_takes(work, hand, referral_id)
    told = referral.see(made) if referral.may_be_seen else None
    return kept(work, hand, referral, told) if told else referral


def receive_referral(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner takes it up to consider it."""
    referral, made = partner_takes(work, hand, referral_id, Move.RECEIVE)
    return kept(work, hand, referral, referral.receive(made))


def ask_for_information(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner asks before it answers."""
    referral, made = partner_takes(work, hand, referral_id, Move.ASK_INFORMATION)
    return kept(work, hand, referral, referral.ask_information(made))


def accept_referral(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner takes the referral on; what it may see is frozen now.

    Raises ConsentNoLongerHolds when the ground it was sent on is gone by now.
    """
    consent = ground_of(work, hand, referral_id)
    referral, made = partner_takes(work, hand, referral_id, Move.ACCEPT)
    told = referral.accept(made)
    check_ground(
        consent,
        basis=referral.basis,
        override_until=referral.override_until,
        at=work.clock.now(referral.unit_id),
    )
    _freeze(work, referral, made, consent)
    return kept(work, hand, referral, told)


def decline_referral(
    work: Work,
    hand: Hand,
    referral_id: UUID,
    *,
    reason: DeclineReason,
    suggested_institution_id: UUID | None = None,
) -> Referral:
    """The partner cannot help; it may name another institution of the directory."""
    referral, made = partner_takes(work, hand, referral_id, Move.DECLINE)
    if suggested_institution_id is not None:
        _check_listed(work, suggested_institution_id)
    told = referral.decline(made, reason=reason, suggested_institution_id=suggested_institution_id)
    return kept(work, hand, referral, told)


def acknowledge_stop(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner confirms that it stopped and put the data away."""
    referral, made = partner_takes(work, hand, referral_id, Move.ACKNOWLEDGE_STOP)
    return kept(work, hand, referral, referral.acknowledge_stop(made))


def contest_answer(work: Work, hand: Hand, referral_id: UUID) -> Referral:
    """The partner says that an answer recorded in its name is not right."""
    referral, made = partner_takes(work, hand, referral_id, Move.CONTEST)
    return kept(work, hand, referral, referral.contest(made))


def _check_listed(work: Work, institution_id: UUID) -> None:
    if find_institution(work, institution_id) is None:
        raise Invalid(fields={"suggested_institution_id": ["not_valid"]})


def _freeze(work: Work, referral: Referral, made: Made, consent: Consent | None) -> None:
    content = work.contents.get(referral.id)
    institution = work.institutions.get(referral.institution_id)
    # An override or a legal duty covers what was sent; consent covers what it names.
    disclosure = freeze(
        content,
        consented=consent.field_classes if consent else frozenset(CLASSES),
        institution_id=referral.institution_id,
        kind=institution.kind,
        at=made.at,
    )
    work.disclosures.add(disclosure)
