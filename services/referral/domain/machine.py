"""The one place where a referral moves: the table is asked, the move made, written and told."""

from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from services.referral.domain.facts import Facts
from services.referral.domain.history import Entry
from services.referral.domain.moves import Made, Move, NotYourMove, Party
from services.referral.domain.steps import PARTIES, SETTLED, STEPS, Kept, Situation, Step
from shared.contracts.referral import ReferralEvent
from shared.contracts.referral_words import BusinessState, ReferralStanding
from shared.errors import MoveNotAllowed
from shared.identifiers import new_id

E = TypeVar("E", bound=ReferralEvent)

#: Moves that leave the response clock at rest: nothing was answered by them.
_LEAVE_RESTING: Final = frozenset(
    {
        Move.SEE,
        Move.RECEIVE,
        Move.HAND_OVER,
        Move.ATTACH_PLAN_ITEM,
        Move.ASK_RETRACTION,
        Move.CONTEST,
    }
)
#: A partner's moves by which nothing is heard about the work itself.
_NOT_HEARD: Final = frozenset({Move.SEE, Move.CONTEST, Move.ACKNOWLEDGE_STOP})
#: Standings in which the partner's access to the person's data is over.
_ACCESS_OVER: Final = frozenset(
    {ReferralStanding.REJECTED, ReferralStanding.CANCELLED, ReferralStanding.ENTERED_IN_ERROR}
)


class Machine(Facts):
    """A referral that can move. The parties' moves stand in their own files."""

    def may(self, move: Move, party: Party) -> bool:
        """Whether the table lets this party make this move now; guards may still refuse."""
        step = STEPS.get((self.standing, self.business_state, move))
        return step is not None and party in step.parties

    def check_may(self, move: Move, made: Made) -> None:
        """Raise NotYourMove, EvidenceMissing or MoveNotAllowed when the table forbids the move."""
        self._allowed(move, made)

    def open_moves(self, party: Party) -> list[Move]:
        """Return what the table lets this party do now, in the order of a referral's life."""
        moves = [move for move in Move if self.may(move, party) and move is not Move.SEE]
        unfit = set() if self.stop_outstanding else {Move.ACKNOWLEDGE_STOP}
        if self.recorded_answer_no in (None, self.contested_no):
            unfit.add(Move.CONTEST)
        if self.appointment_at is None:
            unfit |= {Move.RECORD_NO_SHOW, Move.CANCEL_APPOINTMENT}
        return [move for move in moves if move not in unfit]

    def _step(self, move: Move, made: Made, told: BusinessState | None = None) -> Entry:
        # The only assignment to standing and business_state. Nothing changes when it refuses.
        step = self._allowed(move, made)
        was = (self.standing, self.business_state)
        self._rest(move, made.at)
        self._remember(move)
        self.business_state = self._state_after(step, told)
        self.standing = step.standing or self.standing
        self.move_no += 1
        self.changed_at = made.recorded_at or made.at
        self._hear(move, made)
        self._end(made.at)
        return self._write(move, made, was)

    def _allowed(self, move: Move, made: Made) -> Step:
        if made.party not in PARTIES[move]:
            raise NotYourMove
        made.check_door()
        step = STEPS.get((self.standing, self.business_state, move))
        if step is None:
            raise MoveNotAllowed("referral", move, self._stands)
        return step

    @property
    def _stands(self) -> str:
        state = f" ({self.business_state})" if self.business_state else ""
        return f"{self.standing}{state}"

    def _state_after(self, step: Step, told: BusinessState | None) -> BusinessState | None:
        kept = {
            Kept.SAME: self.business_state,
            Kept.BEFORE_HOLD: self.before_hold,
            Kept.BEFORE_ASKING: self.before_asking,
            Kept.TOLD: told,
        }
        return kept[step.state] if isinstance(step.state, Kept) else step.state

    def _remember(self, move: Move) -> None:
        if move is Move.HOLD:
            self.before_hold = self.business_state
        if move is Move.ASK_CANCELLATION:
            self.before_asking = self.business_state

    def _rest(self, move: Move, at: datetime) -> None:
        # Any move that ends the waiting for information gives the partner its time back.
        if self.resting_since is None or move in _LEAVE_RESTING:
            return
        rested = max(at - self.resting_since, timedelta())
        self.rested_seconds += int(rested.total_seconds())
        self.respond_by = self.respond_by + rested if self.respond_by else None
        self.expires_at = self.expires_at + rested if self.expires_at else None
        self.resting_since = None

    def _end(self, at: datetime) -> None:
        if self.ended_at is None and self.standing in SETTLED:
            self.ended_at = at
        if self.access_ended_at is None and self.standing in _ACCESS_OVER:
            self.access_ended_at = at

    def _hear(self, move: Move, made: Made) -> None:
        if made.party is not Party.PARTNER:
            return
        if move not in _NOT_HEARD:
            self.partner_heard_at = made.at
            self.abandonment_asked_by = None
        if made.transcribed:
            self.recorded_answer_no = self.move_no

    def _write(self, move: Move, made: Made, was: Situation) -> Entry:
        entry = Entry(
            id=new_id(),
            referral_id=self.id,
            case_id=self.case_id,
            move_no=self.move_no,
            move=move,
            party=made.party,
            by=made.by,
            door=made.door,
            verified=made.verified,
            happened_at=made.at,
            recorded_at=made.recorded_at or made.at,
            from_standing=was[0],
            from_state=was[1],
            to_standing=self.standing,
            to_state=self.business_state,
            note=made.note,
            evidence=made.evidence,
        )
        self.entries.append(entry)
        return entry

    def _tell(self, kind: type[E], made: Made, **facts: Any) -> E:
        return kind(
            referral_id=self.id,
            case_id=self.case_id,
            unit_id=self.unit_id,
            institution_id=self.institution_id,
            service=self.service,
            standing=self.standing,
            business_state=self.business_state,
            door=made.door,
            move_no=self.move_no,
            happened_at=made.at,
            **facts,
        )
