"""On what ground a referral may be sent: a consent that covers it, or a recorded override."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts.protection import FieldClass, LegalBasis
from shared.contracts.vocabulary import ConsentScope, Service
from shared.errors import Conflict, Invalid, NotYetKnown

#: An override for danger to life ends by itself; a legal duty does not (DESIGN, section 5).
OVERRIDE_LASTS: Final = timedelta(hours=3)


class ConsentStanding(StrEnum):
    """What intake last told us of a consent."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ConsentNotYetKnown(NotYetKnown):
    """Intake has not told us of this consent yet; intake tries again shortly."""

    code = "consent_not_yet_known"
    id = "Persetujuan ini belum sampai di layanan rujukan. Coba lagi sebentar."
    en = "This consent has not reached the referral service yet. Try again shortly."


class ConsentDoesNotCover(Conflict):
    """The consent is not for this partner, this purpose, these fields or this time."""

    code = "consent_does_not_cover"
    id = "Persetujuan tidak mencakup rujukan ini (lembaga, layanan, isi, atau waktunya)."
    en = "The consent does not cover this referral (partner, service, fields or time)."


class ConsentNoLongerHolds(Conflict):
    """The ground on which the referral was sent is gone; the partner cannot take it on."""

    code = "consent_no_longer_holds"
    id = "Persetujuan atau pengecualian untuk rujukan ini sudah tidak berlaku."
    en = "The consent or override for this referral no longer holds."


class OverrideNotValid(Invalid):
    """An override needs a legal basis other than consent, a reason, and is short-lived."""

    code = "override_not_valid"
    id = "Pengecualian persetujuan perlu dasar hukum, alasan, dan hanya berlaku 3 jam."
    en = "An override of consent needs a legal basis and a reason, and lasts only 3 hours."


@dataclass(eq=False, kw_only=True)
class Consent:
    """What we know, from intake's events, of one consent. ``sequence`` counts those events."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    scope: ConsentScope
    basis: LegalBasis
    institution_id: UUID | None
    service: Service | None
    field_classes: frozenset[FieldClass]
    valid_until: datetime | None
    standing: ConsentStanding
    sequence: int
    version: int = 1

    def names(self, *, case_id: UUID, institution_id: UUID, service: Service) -> bool:
        """Whether it is about this case, this partner and this service, for a referral."""
        return (
            self.scope is ConsentScope.RUJUKAN
            and self.case_id == case_id
            and self.institution_id in (None, institution_id)
            and (self.service is None or _within(service, self.service))
        )

    def holds(self, at: datetime) -> bool:
        """Whether it was given, not taken back, and has not run out."""
        return self.standing is ConsentStanding.GIVEN and self.lasts(at)

    def lasts(self, at: datetime) -> bool:
        """Whether it has not run out."""
        return self.valid_until is None or at < self.valid_until

    def allows(self, wanted: frozenset[FieldClass]) -> bool:
        """Whether every class of field that is wanted was allowed."""
        return wanted - {FieldClass.NONE} <= self.field_classes


@dataclass(frozen=True, kw_only=True)
class Override:
    """Somebody of the unit shares without consent, on a ground that the law gives."""

    basis: LegalBasis
    reason: str
    recorded_at: datetime

    @property
    def until(self) -> datetime | None:
        """When it ends by itself; a legal duty does not."""
        lasting = self.basis is LegalBasis.LEGAL_DUTY
        return None if lasting else self.recorded_at + OVERRIDE_LASTS

    def check(self, at: datetime) -> None:
        """Raise OverrideNotValid when it has no ground, no reason, is over or not yet made."""
        now_or_before = self.recorded_at <= at and (self.until is None or at < self.until)
        if self.basis is LegalBasis.CONSENT or not self.reason.strip() or not now_or_before:
            raise OverrideNotValid(fields={"override": ["not_valid"]})


def check_consent(  # noqa: PLR0913 - partner, purpose, fields and time are what consent is about
    consent: Consent | None,
    *,
    sequence: int,
    case_id: UUID,
    institution_id: UUID,
    service: Service,
    wanted: frozenset[FieldClass],
    at: datetime,
) -> Consent:
    """Return the consent when it covers the referral.

    Raise ConsentNotYetKnown when intake knows more than we do, ConsentDoesNotCover otherwise.
    """
    if consent is None or consent.sequence < sequence:
        raise ConsentNotYetKnown
    named = consent.names(case_id=case_id, institution_id=institution_id, service=service)
    if not (named and consent.holds(at) and consent.allows(wanted)):
        raise ConsentDoesNotCover
    return consent


def check_ground(
    consent: Consent | None, *, basis: LegalBasis, override_until: datetime | None, at: datetime
) -> None:
    """Raise ConsentNoLongerHolds unless what a referral was sent on holds at this moment.

    Without a consent it was sent on an override. A legal duty does not end.
    """
    if basis is LegalBasis.LEGAL_DUTY:
        return
    overridden = override_until is not None and at < override_until
    if not (consent.holds(at) if consent is not None else overridden):
        raise ConsentNoLongerHolds


def _within(service: Service, allowed: Service) -> bool:
    return service is allowed or service.value.startswith(f"{allowed.value}_")
