"""What each event of a referral does to its deadlines (T24) and tasks, as one table.

Read a row as: when this happens, the reply's deadline is ..., that of the first service is ...,
this task is given, and these tasks are over. An event that is not here changes none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.monitoring.domain.deadlines import Move
from services.monitoring.domain.tasks import TaskKind
from shared.contracts import referral
from shared.contracts.referral import ReferralEvent

_K = TaskKind
_REPLY: Final = frozenset({_K.ASK_PARTNER, _K.ANSWER_PARTNER})
_ALL: Final = _REPLY | {_K.ASK_ABOUT_SERVICE, _K.REFER_AGAIN}


@dataclass(frozen=True)
class Reaction:
    """What follows from one kind of event. ``done`` says the ended tasks were done, not void."""

    reply: Move | None = None
    service: Move | None = None
    gives: TaskKind | None = None
    ends: frozenset[TaskKind] = frozenset()
    done: bool = True


_ACCEPTS: Final = Reaction(reply=Move.MEET, ends=_REPLY)
_HELPS: Final = Reaction(reply=Move.MEET, service=Move.MEET, ends=_REPLY | {_K.ASK_ABOUT_SERVICE})
_LOST: Final = Reaction(
    reply=Move.MEET,
    service=Move.DROP,
    gives=_K.REFER_AGAIN,
    ends=_REPLY | {_K.ASK_ABOUT_SERVICE},
)
_SILENT: Final = Reaction(
    reply=Move.MISS,
    service=Move.DROP,
    gives=_K.REFER_AGAIN,
    ends=_REPLY | {_K.ASK_ABOUT_SERVICE},
    done=False,
)
_VOID: Final = Reaction(reply=Move.DROP, service=Move.DROP, ends=_ALL, done=False)

#: Rule R3 gives the task to look elsewhere; R7 the one to see that the partner stops.
REACTIONS: Final[Mapping[type[ReferralEvent], Reaction]] = {
    referral.ReferralInformationAsked: Reaction(reply=Move.PAUSE, gives=_K.ANSWER_PARTNER),
    referral.ReferralInformationGiven: Reaction(
        reply=Move.RESUME, ends=frozenset({_K.ANSWER_PARTNER})
    ),
    referral.ReferralAccepted: _ACCEPTS,
    referral.ReferralWaitlisted: _ACCEPTS,
    referral.ReferralScheduled: _ACCEPTS,
    referral.ReferralProgressReported: _HELPS,
    referral.ReferralCompleted: _HELPS,
    referral.ReferralDeclined: _LOST,
    referral.ReferralFailed: _LOST,
    referral.ReferralExpired: _SILENT,
    referral.ReferralAbandoned: _SILENT,
    referral.ReferralCancelled: _VOID,
    referral.ReferralRetracted: _VOID,
    referral.ReferralConsentWithdrawn: Reaction(
        reply=Move.DROP,
        service=Move.DROP,
        gives=_K.SEE_THAT_PARTNER_STOPS,
        ends=_ALL,
        done=False,
    ),
    referral.ReferralStopAcknowledged: Reaction(ends=frozenset({_K.SEE_THAT_PARTNER_STOPS})),
    referral.ReferralAnswerContested: Reaction(gives=_K.SETTLE_ANSWER),
    referral.ReferralLoopClosed: Reaction(ends=frozenset({_K.REFER_AGAIN, _K.SETTLE_ANSWER})),
}
