"""What intake tells of consents, and the end of every referral that rested on a withdrawn one."""

from services.referral.actions.stopping import stop_referrals
from services.referral.domain.consent import Consent, ConsentStanding
from services.referral.domain.moves import Party
from services.referral.storage.finding import find_consent, resting_on
from services.referral.storage.work import Work
from shared.contracts.intake import ConsentGiven, ConsentRefused, ConsentWithdrawn
from shared.contracts.protection import LegalBasis


def remember_consent(work: Work, told: ConsentGiven) -> None:
    """Keep a consent as it was given, or given again."""
    known = find_consent(work, told.consent_id)
    consent = Consent(
        id=told.consent_id,
        case_id=told.case_id,
        unit_id=told.unit_id,
        scope=told.scope,
        basis=told.basis,
        institution_id=told.institution_id,
        service=told.service,
        field_classes=told.field_classes,
        valid_until=told.valid_until,
        standing=ConsentStanding.GIVEN,
        sequence=known.sequence + 1 if known else 1,
        version=known.version if known else 1,
    )
    if known:
        work.consents.save(consent)
    else:
        work.consents.add(consent)


def remember_refusal(work: Work, told: ConsentRefused) -> None:
    """Keep that the person said no."""
    known = work.consent_to_use(told.consent_id)
    if known is not None:
        _change(work, known, ConsentStanding.REFUSED)
        return
    work.consents.add(
        Consent(
            id=told.consent_id,
            case_id=told.case_id,
            unit_id=told.unit_id,
            scope=told.scope,
            basis=LegalBasis.CONSENT,
            institution_id=told.institution_id,
            service=None,
            field_classes=frozenset(),
            valid_until=None,
            standing=ConsentStanding.REFUSED,
            sequence=1,
        )
    )


def withdraw_consent(work: Work, told: ConsentWithdrawn) -> None:
    """Stop whatever rests on this consent, ended or not; the partners must say they stopped."""
    known = work.consent_to_use(told.consent_id)
    if known is not None:
        _change(work, known, ConsentStanding.WITHDRAWN)
    resting = resting_on(work, told.consent_id)
    stop_referrals(work, resting, Party.INTAKE, told.happened_at)


def _change(work: Work, consent: Consent, standing: ConsentStanding) -> None:
    consent.standing = standing
    consent.sequence += 1
    work.consents.save(consent)
