"""How a partner answers a referral, and what it says once the referral is over."""

from uuid import UUID

from services.referral.domain.machine import Machine
from services.referral.domain.moves import Made, Move, NotYourMove, Party
from services.referral.domain.reasons import PARTNERS, check_note, check_reason
from shared.contracts.referral import (
    ReferralAccepted,
    ReferralAnswerContested,
    ReferralDeclined,
    ReferralInformationAsked,
    ReferralReceived,
    ReferralSeen,
    ReferralStopAcknowledged,
)
from shared.contracts.vocabulary import DeclineReason
from shared.errors import Conflict


class NothingToStop(Conflict):
    """The partner was not told to stop, or has already said that it did."""

    code = "nothing_to_stop"
    id = "Tidak ada permintaan berhenti yang menunggu jawaban."
    en = "No request to stop is waiting for an answer."


class NothingRecorded(Conflict):
    """No answer was recorded in the partner's name since it last contested one."""

    code = "nothing_recorded"
    id = "Tidak ada jawaban yang dicatat atas nama Anda yang dapat disanggah."
    en = "There is no answer recorded in your name to contest."


class Answers(Machine):
    """The partner's moves before work begins, and after everything ended."""

    @property
    def may_be_seen(self) -> bool:
        """Whether opening it now is the first time, and still means something."""
        return self.first_seen_at is None and self.may(Move.SEE, Party.PARTNER)

    def see(self, made: Made) -> ReferralSeen | None:
        """The partner opens the referral; only the first time is a fact."""
        if self.first_seen_at is not None:
            return None
        _check_own_door(made)
        self._step(Move.SEE, made)
        self.first_seen_at = made.at
        return self._tell(ReferralSeen, made)

    def receive(self, made: Made) -> ReferralReceived:
        """The partner takes it up to consider it."""
        self._step(Move.RECEIVE, made)
        return self._tell(ReferralReceived, made)

    def ask_information(self, made: Made) -> ReferralInformationAsked:
        """The partner asks first; its response clock rests until the unit answers."""
        check_note(made)
        self._step(Move.ASK_INFORMATION, made)
        self.resting_since = made.at
        return self._tell(ReferralInformationAsked, made)

    def accept(self, made: Made) -> ReferralAccepted:
        """The partner takes the referral on."""
        self._step(Move.ACCEPT, made)
        self.answered_at = made.at
        return self._tell(ReferralAccepted, made)

    def decline(
        self, made: Made, *, reason: DeclineReason, suggested_institution_id: UUID | None = None
    ) -> ReferralDeclined:
        """The partner cannot help; it may name another who can."""
        check_reason(reason, PARTNERS, made)
        entry = self._step(Move.DECLINE, made)
        entry.reason = self.reason = reason
        self.answered_at = self.answered_at or made.at
        self.suggested_institution_id = suggested_institution_id
        return self._tell(
            ReferralDeclined,
            made,
            reason=reason,
            suggested_institution_id=suggested_institution_id,
        )

    def acknowledge_stop(self, made: Made) -> ReferralStopAcknowledged:
        """The partner confirms that it stopped and put the data away."""
        if not self.stop_outstanding:
            raise NothingToStop
        self._step(Move.ACKNOWLEDGE_STOP, made)
        self.stop_acknowledged_at = made.at
        return self._tell(ReferralStopAcknowledged, made)

    def contest(self, made: Made) -> ReferralAnswerContested:
        """The partner says that an answer an officer recorded for it is not right."""
        _check_own_door(made)
        check_note(made)
        if self.recorded_answer_no is None or self.contested_no == self.recorded_answer_no:
            raise NothingRecorded
        self._step(Move.CONTEST, made)
        self.contested_no = self.recorded_answer_no
        return self._tell(ReferralAnswerContested, made)


def _check_own_door(made: Made) -> None:
    if made.transcribed:
        raise NotYourMove
