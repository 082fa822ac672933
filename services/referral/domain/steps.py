"""Where a referral can stand and every step it can take (DESIGN, section 2).

A state in brackets is the business state; "-" is none; a standing without brackets means all
its states, "open" and "settled" all standings of OPEN and SETTLED. "=" keeps what was.
What a step needs besides stands with the move itself.

    send                unit             draft ──▶ requested (-)
    see                 partner          open, settled ──▶ =
    receive             partner          requested ──▶ received (=)
    ask_information     partner          requested (-), received (-) ──▶ = (awaiting-information)
    give_information    unit             requested (awaiting-information), received
                                         (awaiting-information) ──▶ = (-)
    give_information    unit             on-hold (waiting-person, waiting-document) ──▶
                                         in-progress (as before the hold)
    accept              partner          requested, received ──▶ accepted (-)
    decline             partner          requested, received, accepted ──▶ rejected (-)
    cancel              unit             requested, received, accepted ──▶ cancelled (-)
    expire              clock            requested (-), received (-) ──▶ cancelled (expired)
    waitlist            partner          accepted (-) ──▶ = (waitlisted)
    schedule            partner          accepted, in-progress (scheduled, no-show,
                                         appointment-cancelled, under-way) ──▶ in-progress
                                         (scheduled)
    record_no_show      partner          in-progress (scheduled, under-way) ──▶ = (no-show)
    cancel_appointment  partner or unit  in-progress (scheduled, under-way) ──▶ =
                                         (appointment-cancelled)
    report_progress     partner          accepted, in-progress (scheduled, no-show,
                                         appointment-cancelled, under-way) ──▶ in-progress
                                         (under-way)
    hold                partner          in-progress (scheduled, no-show, appointment-cancelled,
                                         under-way) ──▶ on-hold (waiting-person or
                                         waiting-document)
    resume              partner          on-hold (waiting-person, waiting-document) ──▶
                                         in-progress (as before the hold)
    revise              unit             accepted, in-progress (scheduled, no-show,
                                         appointment-cancelled, under-way) ──▶ =
    ask_cancellation    unit             in-progress (scheduled, no-show, appointment-cancelled,
                                         under-way), on-hold (waiting-person, waiting-document)
                                         ──▶ = (cancel-requested)
    agree_to_cancel     partner          in-progress (cancel-requested), on-hold
                                         (cancel-requested) ──▶ cancelled (-)
    go_on               partner          in-progress (cancel-requested), on-hold
                                         (cancel-requested) ──▶ = (as before asking)
    complete            partner          accepted, in-progress (scheduled, under-way,
                                         cancel-requested), on-hold (cancel-requested) ──▶
                                         completed (-)
    add_result          partner          completed (-) ──▶ =
    fail                partner          in-progress, on-hold ──▶ failed (-)
    ask_abandonment     unit             accepted, in-progress, on-hold ──▶ =
    abandon             unit             accepted, in-progress, on-hold ──▶ failed (abandoned)
    withdraw_consent    clock or intake  open ──▶ cancelled (-)
    withdraw_consent    clock or intake  completed, failed ──▶ =
    acknowledge_stop    partner          completed, failed, cancelled, entered-in-error ──▶ =
    close_loop          case-manager     completed (-), rejected (-), failed (-, abandoned),
                                         cancelled (-, expired) ──▶ = (loop-closed)
    ask_retraction      unit             open, settled ──▶ =
    retract             unit             open, settled, draft ──▶ entered-in-error (-)
    hand_over           unit             open ──▶ =
    attach_plan_item    unit             open, settled ──▶ =
    contest             partner          open, settled ──▶ =
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.referral.domain.moves import Move, Party
from shared.contracts.referral_words import BusinessState as State
from shared.contracts.referral_words import ReferralStanding as Standing

Situation = tuple[Standing, State | None]


class Kept(StrEnum):
    """A state that a step does not name but brings back, keeps, or is told."""

    SAME = "="
    BEFORE_HOLD = "as before the hold"
    BEFORE_ASKING = "as before asking"
    TOLD = "waiting-person or waiting-document"


#: The business states that each standing can have.
STATES: Final[Mapping[Standing, tuple[State | None, ...]]] = {
    Standing.DRAFT: (None,),
    Standing.REQUESTED: (None, State.AWAITING_INFORMATION),
    Standing.RECEIVED: (None, State.AWAITING_INFORMATION),
    Standing.ACCEPTED: (None, State.WAITLISTED),
    Standing.IN_PROGRESS: (
        State.SCHEDULED,
        State.NO_SHOW,
        State.APPOINTMENT_CANCELLED,
        State.UNDER_WAY,
        State.CANCEL_REQUESTED,
    ),
    Standing.ON_HOLD: (State.WAITING_PERSON, State.WAITING_DOCUMENT, State.CANCEL_REQUESTED),
    Standing.COMPLETED: (None, State.LOOP_CLOSED),
    Standing.REJECTED: (None, State.LOOP_CLOSED),
    Standing.FAILED: (None, State.ABANDONED, State.LOOP_CLOSED),
    Standing.CANCELLED: (None, State.EXPIRED, State.LOOP_CLOSED),
    Standing.ENTERED_IN_ERROR: (None,),
}

#: Standings in which the partner still has something to do.
OPEN: Final = (
    Standing.REQUESTED,
    Standing.RECEIVED,
    Standing.ACCEPTED,
    Standing.IN_PROGRESS,
    Standing.ON_HOLD,
)
#: Standings from which the help itself never moves on.
SETTLED: Final = (Standing.COMPLETED, Standing.REJECTED, Standing.FAILED, Standing.CANCELLED)
#: Endings after which the partner still holds what it was shown, until the consent is gone.
LEFT_IN_HANDS: Final = (Standing.COMPLETED, Standing.FAILED)


@dataclass(frozen=True)
class Step:
    """Where a move leads, and whose it is."""

    standing: Standing | None
    state: State | Kept | None
    parties: frozenset[Party]


@dataclass(frozen=True)
class _Row:
    move: Move
    by: frozenset[Party]
    origins: frozenset[Situation]
    standing: Standing | None
    state: State | Kept | None = None


def _all(*standings: Standing) -> frozenset[Situation]:
    return frozenset((one, state) for one in standings for state in STATES[one])


def _at(standing: Standing, *states: State | None) -> frozenset[Situation]:
    return frozenset((standing, state) for state in states)


_UNIT: Final = frozenset({Party.UNIT})
_PARTNER: Final = frozenset({Party.PARTNER})
_GROUND_GONE: Final = frozenset({Party.INTAKE, Party.CLOCK})
_ASKED: Final = _all(Standing.REQUESTED, Standing.RECEIVED)
_WAITING: Final = _at(Standing.REQUESTED, State.AWAITING_INFORMATION) | _at(
    Standing.RECEIVED, State.AWAITING_INFORMATION
)
_ACCEPTED: Final = _all(Standing.ACCEPTED)
_STOPPING: Final = _at(Standing.IN_PROGRESS, State.CANCEL_REQUESTED) | _at(
    Standing.ON_HOLD, State.CANCEL_REQUESTED
)
_WORK: Final = _all(Standing.IN_PROGRESS) - _STOPPING
_HELD: Final = _all(Standing.ON_HOLD) - _STOPPING
_BEGUN: Final = _all(Standing.IN_PROGRESS, Standing.ON_HOLD)
_MEETING: Final = _at(Standing.IN_PROGRESS, State.SCHEDULED, State.UNDER_WAY)
_SETTLED: Final = _all(*SETTLED)
_CLOSED: Final = frozenset((one, State.LOOP_CLOSED) for one in SETTLED)
_SENT: Final = _all(*OPEN) | _SETTLED

_ROWS: Final = (
    _Row(Move.SEND, _UNIT, _all(Standing.DRAFT), Standing.REQUESTED),
    _Row(Move.SEE, _PARTNER, _SENT, None, Kept.SAME),
    _Row(Move.RECEIVE, _PARTNER, _all(Standing.REQUESTED), Standing.RECEIVED, Kept.SAME),
    _Row(Move.ASK_INFORMATION, _PARTNER, _ASKED - _WAITING, None, State.AWAITING_INFORMATION),
    _Row(Move.GIVE_INFORMATION, _UNIT, _WAITING, None),
    _Row(Move.GIVE_INFORMATION, _UNIT, _HELD, Standing.IN_PROGRESS, Kept.BEFORE_HOLD),
    _Row(Move.ACCEPT, _PARTNER, _ASKED, Standing.ACCEPTED),
    _Row(Move.DECLINE, _PARTNER, _ASKED | _ACCEPTED, Standing.REJECTED),
    _Row(Move.CANCEL, _UNIT, _ASKED | _ACCEPTED, Standing.CANCELLED),
    _Row(
        Move.EXPIRE,
        frozenset({Party.CLOCK}),
        _ASKED - _WAITING,
        Standing.CANCELLED,
        State.EXPIRED,
    ),
    _Row(Move.WAITLIST, _PARTNER, _at(Standing.ACCEPTED, None), None, State.WAITLISTED),
    _Row(Move.SCHEDULE, _PARTNER, _ACCEPTED | _WORK, Standing.IN_PROGRESS, State.SCHEDULED),
    _Row(Move.RECORD_NO_SHOW, _PARTNER, _MEETING, None, State.NO_SHOW),
    _Row(Move.CANCEL_APPOINTMENT, _UNIT | _PARTNER, _MEETING, None, State.APPOINTMENT_CANCELLED),
    _Row(Move.REPORT_PROGRESS, _PARTNER, _ACCEPTED | _WORK, Standing.IN_PROGRESS, State.UNDER_WAY),
    _Row(Move.HOLD, _PARTNER, _WORK, Standing.ON_HOLD, Kept.TOLD),
    _Row(Move.RESUME, _PARTNER, _HELD, Standing.IN_PROGRESS, Kept.BEFORE_HOLD),
    _Row(Move.REVISE, _UNIT, _ACCEPTED | _WORK, None, Kept.SAME),
    _Row(Move.ASK_CANCELLATION, _UNIT, _BEGUN - _STOPPING, None, State.CANCEL_REQUESTED),
    _Row(Move.AGREE_TO_CANCEL, _PARTNER, _STOPPING, Standing.CANCELLED),
    _Row(Move.GO_ON, _PARTNER, _STOPPING, None, Kept.BEFORE_ASKING),
    _Row(
        Move.COMPLETE,
        _PARTNER,
        _ACCEPTED | _MEETING | _STOPPING,
        Standing.COMPLETED,
    ),
    _Row(Move.ADD_RESULT, _PARTNER, _at(Standing.COMPLETED, None), None, Kept.SAME),
    _Row(Move.FAIL, _PARTNER, _BEGUN, Standing.FAILED),
    _Row(Move.ASK_ABANDONMENT, _UNIT, _ACCEPTED | _BEGUN, None, Kept.SAME),
    _Row(Move.ABANDON, _UNIT, _ACCEPTED | _BEGUN, Standing.FAILED, State.ABANDONED),
    _Row(Move.WITHDRAW_CONSENT, _GROUND_GONE, _all(*OPEN), Standing.CANCELLED),
    _Row(Move.WITHDRAW_CONSENT, _GROUND_GONE, _all(*LEFT_IN_HANDS), None, Kept.SAME),
    _Row(
        Move.ACKNOWLEDGE_STOP,
        _PARTNER,
        _all(Standing.CANCELLED, Standing.ENTERED_IN_ERROR, *LEFT_IN_HANDS),
        None,
        Kept.SAME,
    ),
    _Row(
        Move.CLOSE_LOOP,
        frozenset({Party.CASE_MANAGER}),
        _SETTLED - _CLOSED,
        None,
        State.LOOP_CLOSED,
    ),
    _Row(Move.ASK_RETRACTION, _UNIT, _SENT, None, Kept.SAME),
    _Row(Move.RETRACT, _UNIT, _all(Standing.DRAFT) | _SENT, Standing.ENTERED_IN_ERROR),
    _Row(Move.HAND_OVER, _UNIT, _all(*OPEN), None, Kept.SAME),
    _Row(Move.ATTACH_PLAN_ITEM, _UNIT, _SENT, None, Kept.SAME),
    _Row(Move.CONTEST, _PARTNER, _SENT, None, Kept.SAME),
)


def _expand(rows: Iterable[_Row]) -> Mapping[tuple[Standing, State | None, Move], Step]:
    steps: dict[tuple[Standing, State | None, Move], Step] = {}
    for row in rows:
        for standing, state in row.origins:
            if (standing, state, row.move) in steps:
                raise ValueError(f"{row.move} while {standing}, {state} is written twice")
            steps[standing, state, row.move] = Step(row.standing, row.state, row.by)
    return steps


#: Every step a referral can take. A triple that is absent is forbidden.
STEPS: Final = _expand(_ROWS)

#: Whose each move is, wherever the referral stands.
PARTIES: Final[Mapping[Move, frozenset[Party]]] = {row.move: row.by for row in _ROWS}
