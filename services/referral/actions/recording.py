"""An officer writes down what a partner without a system answered by letter or telephone."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from services.referral.actions import answering, delivering
from services.referral.actions.hands import Hand
from services.referral.domain.moves import Move
from services.referral.domain.referral import Referral
from services.referral.storage.work import Work
from shared.errors import Invalid

#: The partner's moves that can be told by letter or telephone, and what each must and may say.
RECORDED: Final[Mapping[Move, tuple[Callable[..., Referral], frozenset[str], frozenset[str]]]] = {
    move: (action, frozenset(must), frozenset(may))
    for move, action, must, may in (
        (Move.RECEIVE, answering.receive_referral, (), ()),
        (Move.ASK_INFORMATION, answering.ask_for_information, (), ()),
        (Move.ACCEPT, answering.accept_referral, (), ()),
        (Move.DECLINE, answering.decline_referral, ("reason",), ("suggested_institution_id",)),
        (Move.WAITLIST, delivering.put_on_waiting_list, (), ()),
        (Move.SCHEDULE, delivering.make_appointment, ("appointment_at",), ()),
        (Move.RECORD_NO_SHOW, delivering.record_no_show, (), ()),
        (Move.CANCEL_APPOINTMENT, delivering.call_off_appointment, (), ()),
        (
            Move.REPORT_PROGRESS,
            delivering.report_progress,
            (),
            ("sessions_done", "sessions_planned", "next_appointment_at"),
        ),
        (Move.HOLD, delivering.put_on_hold, ("waiting_for",), ()),
        (Move.RESUME, delivering.resume_work, (), ()),
        (Move.AGREE_TO_CANCEL, delivering.agree_to_cancel, (), ()),
        (Move.GO_ON, delivering.go_on, (), ()),
        (Move.COMPLETE, delivering.complete_referral, ("result",), ("sessions_done",)),
        (Move.ADD_RESULT, delivering.add_result, (), ()),
        (Move.FAIL, delivering.report_failure, ("reason",), ()),
        (Move.ACKNOWLEDGE_STOP, answering.acknowledge_stop, (), ()),
    )
}


def record_answer(
    work: Work, hand: Hand, referral_id: UUID, *, move: Move, **said: Any
) -> Referral:
    """Make a partner's move for it, with evidence. Raises Invalid for what does not belong."""
    if move not in RECORDED:
        raise Invalid(fields={"move": ["wrong_code"]})
    action, must, may = RECORDED[move]
    wrong = {name: ["unknown_field"] for name in set(said) - must - may}
    wrong |= {name: ["required"] for name in must - set(said)}
    if wrong:
        raise Invalid(fields=wrong)
    return action(work, hand, referral_id, **said)
