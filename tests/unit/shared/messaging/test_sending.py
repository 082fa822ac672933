"""The sending thread outlives faults that are not the broker's."""

import threading
import time
from datetime import UTC, datetime

from shared.contracts.event import Publisher
from shared.identifiers import new_id
from shared.messaging.bus import Outcome
from shared.messaging.message import Message
from shared.messaging.rabbitmq_sending import Sending
from shared.messaging.topology import Topology

MESSAGE = Message(
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


def test_a_line_that_cannot_even_be_tried_leaves_the_thread_trying():
    before = threading.active_count()
    sending = Sending("not a line", lambda: Topology(followers={}), answer_within=0.6, settle=0.0)

    assert sending.publish([MESSAGE]) == [Outcome.UNKNOWN]
    assert threading.active_count() == before + 1

    begun = time.monotonic()
    sending.close()
    assert time.monotonic() - begun < 6
    assert threading.active_count() == before


def test_what_was_never_used_closes_without_a_thread():
    before = threading.active_count()
    sending = Sending("not a line", lambda: Topology(followers={}), answer_within=0.6, settle=0.0)

    sending.close()

    assert threading.active_count() == before
