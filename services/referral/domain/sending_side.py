"""What the unit that sent a referral may do with it afterwards."""

from datetime import datetime
from uuid import UUID

from services.referral.domain.limits import silent_past
from services.referral.domain.machine import Machine
from services.referral.domain.moves import Made, Move
from services.referral.domain.reasons import UNITS, check_note, check_reason
from shared.contracts.referral import (
    ReferralAbandoned,
    ReferralAbandonmentAsked,
    ReferralCancellationAsked,
    ReferralCancelled,
    ReferralHandedOver,
    ReferralInformationGiven,
    ReferralLoopClosed,
    ReferralPlanItemAttached,
    ReferralRetracted,
    ReferralRetractionAsked,
    ReferralRevised,
)
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.vocabulary import DeclineReason
from shared.errors import Conflict, Invalid, SecondPersonNeeded


class NotSilent(Conflict):
    """The partner has been heard of recently; it cannot be given up yet."""

    code = "partner_not_silent"
    id = "Mitra belum melewati batas diam. Rujukan belum dapat ditinggalkan."
    en = "The partner has not been silent past its limit. It cannot be given up yet."


class PlanItemThere(Conflict):
    """The referral already follows from a plan item."""

    code = "plan_item_there"
    id = "Rujukan ini sudah terhubung dengan butir rencana."
    en = "This referral already belongs to a plan item."


class HandoverNotAccepted(Conflict):
    """Another unit has not accepted the case, or it is the same unit."""

    code = "handover_not_accepted"
    id = "Pelimpahan belum diterima oleh unit lain."
    en = "No other unit has accepted the handover."


class UnitNotKnown(Invalid):
    """The unit that should take the case over is not one of the network."""

    code = "unit_not_known"
    id = "Unit tujuan pelimpahan tidak dikenal."
    en = "The unit that should take the case over is not known."


class SendingSide(Machine):
    """The unit's moves after sending."""

    def give_information(self, made: Made) -> ReferralInformationGiven:
        """The unit answers; the response clock, or the work, goes on."""
        check_note(made)
        self._step(Move.GIVE_INFORMATION, made)
        asked = self.standing is not ReferralStanding.IN_PROGRESS
        due = self.respond_by if asked else None
        return self._tell(ReferralInformationGiven, made, respond_by=due)

    def cancel(self, made: Made, *, reason: DeclineReason) -> ReferralCancelled:
        """The unit takes the referral back before work has begun."""
        check_reason(reason, UNITS, made)
        entry = self._step(Move.CANCEL, made)
        entry.reason = self.reason = reason
        return self._tell(ReferralCancelled, made, reason=reason)

    def revise(self, made: Made, *, sessions_planned: int | None = None) -> ReferralRevised:
        """The unit asks for another dose or frequency; the partner may say no (rule R2)."""
        check_note(made)
        entry = self._step(Move.REVISE, made)
        self.sessions_planned = sessions_planned or self.sessions_planned
        entry.sessions_planned = self.sessions_planned
        return self._tell(ReferralRevised, made, sessions_planned=self.sessions_planned)

    def ask_cancellation(self, made: Made, *, reason: DeclineReason) -> ReferralCancellationAsked:
        """Work has begun; the unit asks the partner to stop."""
        check_reason(reason, UNITS, made)
        entry = self._step(Move.ASK_CANCELLATION, made)
        entry.reason = self.reason = reason
        return self._tell(ReferralCancellationAsked, made, reason=reason)

    def ask_abandonment(self, made: Made) -> ReferralAbandonmentAsked:
        """One person of the unit wants to give a silent partner up."""
        self._check_silent(Move.ASK_ABANDONMENT, made)
        self._step(Move.ASK_ABANDONMENT, made)
        self.abandonment_asked_by = made.by
        return self._tell(ReferralAbandonmentAsked, made)

    def abandon(self, made: Made) -> ReferralAbandoned:
        """A second person agrees: the partner is given up, and its access ends."""
        self._check_silent(Move.ABANDON, made)
        check_second(self.abandonment_asked_by, made)
        self._step(Move.ABANDON, made)
        self.access_ended_at = made.at
        return self._tell(ReferralAbandoned, made)

    def close_loop(self, made: Made) -> ReferralLoopClosed:
        """The case manager says what it means for the plan."""
        check_note(made)
        self._step(Move.CLOSE_LOOP, made)
        return self._tell(ReferralLoopClosed, made)

    def ask_retraction(self, made: Made) -> ReferralRetractionAsked:
        """One person of the unit says that it was sent in error."""
        check_note(made)
        self._step(Move.ASK_RETRACTION, made)
        self.retraction_asked_by = made.by
        return self._tell(ReferralRetractionAsked, made)

    def retract(self, made: Made) -> ReferralRetracted:
        """A second person agrees (a draft needs none); the partner must confirm the purge."""
        sent = self.standing is not ReferralStanding.DRAFT
        self._allowed(Move.RETRACT, made)
        if sent:
            check_second(self.retraction_asked_by, made)
        self._step(Move.RETRACT, made)
        if sent:
            self.stop_asked_at, self.stop_acknowledged_at = made.at, None
        return self._tell(ReferralRetracted, made)

    def hand_over(
        self, made: Made, *, to_unit_id: UUID, accepted_at: datetime | None
    ) -> ReferralHandedOver:
        """Another unit has taken the case over, and this referral with it (pelimpahan)."""
        if accepted_at is None or accepted_at > made.at or to_unit_id == self.unit_id:
            raise HandoverNotAccepted
        self._step(Move.HAND_OVER, made)
        from_unit_id, self.unit_id = self.unit_id, to_unit_id
        return self._tell(ReferralHandedOver, made, from_unit_id=from_unit_id)

    def attach_plan_item(
        self, made: Made, *, plan_item_id: UUID, plan_item_version: int
    ) -> ReferralPlanItemAttached:
        """The plan item that an emergency referral lacked when it was sent."""
        self._allowed(Move.ATTACH_PLAN_ITEM, made)
        if self.plan_item_id is not None:
            raise PlanItemThere
        self._step(Move.ATTACH_PLAN_ITEM, made)
        self.plan_item_id, self.plan_item_version = plan_item_id, plan_item_version
        self.plan_item_due_at = None
        return self._tell(ReferralPlanItemAttached, made, plan_item_id=plan_item_id)

    def silent_since(self) -> datetime | None:
        """Return when the partner was last heard of, or was last to see the person."""
        heard = [when for when in (self.partner_heard_at, self.appointment_at) if when is not None]
        return max(heard, default=None)

    def _check_silent(self, move: Move, made: Made) -> None:
        self._allowed(move, made)
        since = self.silent_since()
        if since is None or made.at <= since + silent_past(self.service):
            raise NotSilent


def check_second(asked_by: UUID | None, made: Made) -> None:
    """Raise SecondPersonNeeded unless somebody else asked for it first."""
    if asked_by is None or made.by is None or made.by == asked_by:
        raise SecondPersonNeeded
