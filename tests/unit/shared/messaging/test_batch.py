"""What the broker's answers make of a batch: confirms come in any order, one or many at once."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.event import Publisher
from shared.identifiers import new_id
from shared.messaging.bus import Outcome
from shared.messaging.message import Message
from shared.messaging.rabbitmq_batch import Batch
from shared.messaging.rabbitmq_line import Pause, line_to, user_of

MESSAGES = [
    Message(
        event_id=new_id(),
        publisher=Publisher.INTAKE,
        topic="case.opened",
        aggregate="case",
        aggregate_id=new_id(),
        sequence=1,
        happened_at=datetime.now(UTC),
        correlation_id="",
        body=b"{}",
    )
    for _ in range(6)
]
FIRST = 41


def sent():
    batch = Batch(MESSAGES)
    for place in range(len(MESSAGES)):
        batch.sent(FIRST + place, place)
    return batch


@given(
    st.lists(st.tuples(st.integers(FIRST - 3, FIRST + 8), st.booleans(), st.booleans())),
    st.sets(st.integers(0, 5)),
)
def test_taken_means_confirmed_and_not_returned(answers, back):
    batch = sent()
    for place in back:
        batch.returned(str(MESSAGES[place].event_id))
    said = {}
    for tag, multiple, taken in answers:
        batch.answered(tag, multiple=multiple, taken=taken)
        for one in range(FIRST, tag + 1) if multiple else [tag]:
            said.setdefault(one, taken)

    for place, outcome in enumerate(batch.outcomes()):
        confirmed = said.get(FIRST + place)
        if confirmed is None:
            assert outcome is Outcome.UNKNOWN
        elif not confirmed:
            assert outcome is Outcome.REFUSED
        else:
            assert outcome is (Outcome.RETURNED if place in back else Outcome.TAKEN)
    everything = set(range(FIRST, FIRST + 6)) <= set(said)
    assert batch.settled.is_set() == everything


def test_what_is_lost_on_the_way_is_unknown_and_waited_for_no_longer():
    batch = sent()
    batch.answered(FIRST, multiple=False, taken=True)

    batch.lost()
    batch.answered(FIRST + 1, multiple=False, taken=True)

    assert batch.settled.is_set()
    assert batch.outcomes() == [Outcome.TAKEN] + [Outcome.UNKNOWN] * 5


def test_pauses_grow_to_fifteen_seconds_and_are_never_in_step():
    pauses = [Pause() for _ in range(50)]

    first = [pause.next() for pause in pauses]
    for _ in range(10):
        later = [pause.next() for pause in pauses]

    assert all(0.25 <= wait <= 0.5 for wait in first)
    assert all(0.25 <= wait <= 15 for wait in later)
    assert max(later) > 7
    assert len(set(later)) == 50
    pauses[0].reset()
    assert pauses[0].next() <= 0.5


def test_nothing_on_a_line_can_hang_for_ever():
    line = line_to("amqp://intake:secret@127.0.0.1:5672/%2F", "relay")

    assert line.heartbeat == 20
    assert line.blocked_connection_timeout == 30
    assert (line.socket_timeout, line.stack_timeout) == (5, 10)
    assert user_of(line) == "intake"
