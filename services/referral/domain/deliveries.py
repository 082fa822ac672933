"""What a partner tells while it helps: appointments, sessions, pauses, results."""

from datetime import datetime
from typing import Final

from services.referral.domain.machine import Machine
from services.referral.domain.moves import Made, Move
from services.referral.domain.reasons import PARTNERS, check_note, check_reason
from shared.contracts.referral import (
    ReferralAppointmentCancelled,
    ReferralCancelled,
    ReferralCompleted,
    ReferralContinued,
    ReferralFailed,
    ReferralHeld,
    ReferralNoShowRecorded,
    ReferralProgressReported,
    ReferralResultAdded,
    ReferralResumed,
    ReferralScheduled,
    ReferralWaitlisted,
)
from shared.contracts.referral_words import BusinessState, ReferralResult
from shared.contracts.vocabulary import DeclineReason
from shared.errors import Conflict, Invalid

#: What a partner may wait for.
WAITING_FOR: Final = frozenset({BusinessState.WAITING_PERSON, BusinessState.WAITING_DOCUMENT})


class NoAppointment(Conflict):
    """There is no appointment that could be missed or called off."""

    code = "no_appointment"
    id = "Belum ada janji temu."
    en = "There is no appointment."


class AppointmentPast(Invalid):
    """The appointment lies before the moment it was made."""

    code = "appointment_past"
    id = "Waktu janji temu sudah lewat."
    en = "The appointment lies in the past."


class SessionsWrong(Invalid):
    """Fewer sessions than before, or less than none."""

    code = "sessions_wrong"
    id = "Jumlah sesi tidak boleh berkurang."
    en = "The number of sessions cannot go down."


class WaitingForWhat(Invalid):
    """A pause must say whether the person or a document is waited for."""

    code = "waiting_for_what"
    id = "Pilih apa yang ditunggu: orangnya atau dokumen."
    en = "Say what is waited for: the person or a document."


class Deliveries(Machine):
    """The partner's moves from acceptance to the end."""

    def waitlist(self, made: Made) -> ReferralWaitlisted:
        """Accepted, and waiting for a place."""
        self._step(Move.WAITLIST, made)
        return self._tell(ReferralWaitlisted, made)

    def schedule(self, made: Made, *, appointment_at: datetime) -> ReferralScheduled:
        """There is an appointment."""
        _check_ahead(appointment_at, made)
        entry = self._step(Move.SCHEDULE, made)
        entry.appointment_at = self.appointment_at = appointment_at
        return self._tell(ReferralScheduled, made, appointment_at=appointment_at)

    def record_no_show(self, made: Made) -> ReferralNoShowRecorded:
        """The person did not come."""
        self._check_appointment(Move.RECORD_NO_SHOW, made)
        entry = self._step(Move.RECORD_NO_SHOW, made)
        entry.appointment_at, self.appointment_at = self.appointment_at, None
        return self._tell(ReferralNoShowRecorded, made)

    def cancel_appointment(self, made: Made) -> ReferralAppointmentCancelled:
        """Either side calls the appointment off."""
        self._check_appointment(Move.CANCEL_APPOINTMENT, made)
        entry = self._step(Move.CANCEL_APPOINTMENT, made)
        entry.appointment_at, self.appointment_at = self.appointment_at, None
        return self._tell(ReferralAppointmentCancelled, made)

    def report_progress(
        self,
        made: Made,
        *,
        sessions_done: int | None = None,
        sessions_planned: int | None = None,
        next_appointment_at: datetime | None = None,
    ) -> ReferralProgressReported:
        """The partner reports what was done, and when the next session is."""
        done = self._count(sessions_done)
        if next_appointment_at is not None:
            _check_ahead(next_appointment_at, made)
        entry = self._step(Move.REPORT_PROGRESS, made)
        entry.sessions_done = self.sessions_done = done
        self.sessions_planned = sessions_planned or self.sessions_planned
        entry.sessions_planned = self.sessions_planned
        entry.appointment_at = self.appointment_at = next_appointment_at
        self.first_service_at = self.first_service_at or made.at
        return self._tell(
            ReferralProgressReported,
            made,
            sessions_done=done,
            sessions_planned=self.sessions_planned,
        )

    def hold(self, made: Made, *, waiting_for: BusinessState) -> ReferralHeld:
        """The partner waits for the person or a document."""
        if waiting_for not in WAITING_FOR:
            raise WaitingForWhat(fields={"waiting_for": ["wrong_code"]})
        check_note(made)
        self._step(Move.HOLD, made, told=waiting_for)
        return self._tell(ReferralHeld, made)

    def resume(self, made: Made) -> ReferralResumed:
        """Work goes on where it stood."""
        self._step(Move.RESUME, made)
        return self._tell(ReferralResumed, made)

    def agree_to_cancel(self, made: Made) -> ReferralCancelled:
        """The partner agrees to stop."""
        entry = self._step(Move.AGREE_TO_CANCEL, made)
        entry.reason = self.reason
        return self._tell(ReferralCancelled, made, reason=self.reason)

    def go_on(self, made: Made) -> ReferralContinued:
        """The partner goes on in spite of the wish to cancel, as it was before."""
        self._step(Move.GO_ON, made)
        self.reason = None
        return self._tell(ReferralContinued, made)

    def complete(
        self, made: Made, *, result: ReferralResult, sessions_done: int | None = None
    ) -> ReferralCompleted:
        """The partner delivered what was asked; the note is the summary, without identity."""
        check_note(made)
        done = self._count(sessions_done)
        entry = self._step(Move.COMPLETE, made)
        entry.result = self.result = result
        entry.sessions_done = self.sessions_done = done
        self.reason = None
        self.first_service_at = self.first_service_at or made.at
        return self._tell(ReferralCompleted, made, result=result, sessions_done=done)

    def add_result(self, made: Made) -> ReferralResultAdded:
        """A late document or result came in."""
        check_note(made)
        self._step(Move.ADD_RESULT, made)
        return self._tell(ReferralResultAdded, made)

    def fail(self, made: Made, *, reason: DeclineReason) -> ReferralFailed:
        """The help was tried and could not be finished."""
        check_reason(reason, PARTNERS, made)
        entry = self._step(Move.FAIL, made)
        entry.reason = self.reason = reason
        return self._tell(ReferralFailed, made, reason=reason)

    def _check_appointment(self, move: Move, made: Made) -> None:
        self._allowed(move, made)
        if self.appointment_at is None:
            raise NoAppointment

    def _count(self, sessions_done: int | None) -> int:
        done = self.sessions_done if sessions_done is None else sessions_done
        if done < self.sessions_done:
            raise SessionsWrong(fields={"sessions_done": ["out_of_range"]})
        return done


def _check_ahead(appointment_at: datetime, made: Made) -> None:
    if appointment_at <= made.at:
        raise AppointmentPast(fields={"appointment_at": ["out_of_range"]})
