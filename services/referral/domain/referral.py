"""A referral: sent on a ground, answered or not, and what became of it. The table is in ``steps``.

Seed 000, step 5 (Intervensi): a case that needs further handling is referred "ke jenis layanan
yang diperlukan".
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.domain.answers import Answers
from services.referral.domain.deliveries import Deliveries
from services.referral.domain.limits import PLAN_ITEM_WITHIN, Due
from services.referral.domain.moves import Made, Move, Party
from services.referral.domain.sending_side import SendingSide
from services.referral.domain.steps import SETTLED
from shared.contracts.protection import LegalBasis
from shared.contracts.referral import ReferralConsentWithdrawn, ReferralExpired, ReferralSent
from shared.contracts.vocabulary import DeclineReason
from shared.errors import Conflict, Invalid


class NotReady(Invalid):
    """Basic counselling was not held, the person has not said yes, or no plan item is named."""

    code = "not_ready_to_send"
    id = "Rujukan perlu konseling dasar, persetujuan orangnya atas butir rencana, atau darurat."
    en = "A referral needs basic counselling and the person's yes to a plan item, or an emergency."


class NotYetExpired(Conflict):
    """The partner still has time to answer."""

    code = "not_yet_expired"
    id = "Batas waktu jawaban belum habis."
    en = "The time to answer has not run out."


class BasisIsNotConsent(Conflict):
    """The referral does not rest on consent, so withdrawing one does not end it."""

    code = "basis_is_not_consent"
    id = "Rujukan ini tidak berdasar pada persetujuan."
    en = "This referral does not rest on consent."


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What came before: counselling and the person's yes, or an emergency."""

    counselled_at: datetime | None
    person_agreed: bool
    plan_item_id: UUID | None
    emergency: bool

    @property
    def complete(self) -> bool:
        """Whether the referral may be sent now."""
        agreed = self.counselled_at is not None and self.person_agreed
        return self.emergency or (agreed and self.plan_item_id is not None)


class Referral(Answers, Deliveries, SendingSide):
    """One request for help to one partner, with every move that can be made on it."""

    def send(self, made: Made, *, due: Due, readiness: Readiness) -> ReferralSent:
        """Ask the partner to help. The ground was checked against the consent by the caller."""
        self._allowed(Move.SEND, made)
        if not readiness.complete:
            raise NotReady(fields={"plan_item_id": ["required"]})
        self._step(Move.SEND, made)
        self.requested_at, self.sent_by = made.at, made.by
        self.respond_by, self.serve_by = due.respond_by, due.serve_by
        self.expires_at = due.expires_at
        if self.plan_item_id is None:
            self.plan_item_due_at = made.at + PLAN_ITEM_WITHIN
        return self._tell(
            ReferralSent,
            made,
            urgency=self.urgency,
            emergency=self.emergency,
            respond_by=due.respond_by,
            serve_by=due.serve_by,
            plan_item_id=self.plan_item_id,
            consent_id=self.consent_id,
            previous_referral_id=self.previous_referral_id,
            at_termination=self.at_termination,
        )

    def expire(self, made: Made) -> ReferralExpired:
        """Nobody answered in time, nor in as much time again."""
        self._allowed(Move.EXPIRE, made)
        if self.expires_at is None or made.at < self.expires_at:
            raise NotYetExpired
        entry = self._step(Move.EXPIRE, made)
        entry.reason = self.reason = DeclineReason.EXPIRED
        return self._tell(ReferralExpired, made)

    def withdraw_consent(self, made: Made) -> ReferralConsentWithdrawn:
        """The ground of the referral is gone; the partner must stop and say so.

        Intake tells of a consent taken back, the clock of a consent or an override run out.

        What had ended before stays as it ended; only the partner's access is over.
        """
        self._allowed(Move.WITHDRAW_CONSENT, made)
        taken_back = made.party is Party.INTAKE
        if self.basis is LegalBasis.LEGAL_DUTY or (
            taken_back and self.basis is not LegalBasis.CONSENT
        ):
            raise BasisIsNotConsent
        over = self.standing in SETTLED
        entry = self._step(Move.WITHDRAW_CONSENT, made)
        entry.reason = DeclineReason.NO_CONSENT
        self.reason = self.reason if over else entry.reason
        self.access_ended_at = self.access_ended_at or made.at
        self.stop_asked_at, self.stop_acknowledged_at = made.at, None
        return self._tell(ReferralConsentWithdrawn, made)
