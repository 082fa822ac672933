"""The bus of a network: RabbitMQ, by AMQP 0-9-1. Only relays and consumers open it, never the web.

Publishing and receiving have lines of their own, because a broker that is short of memory or disk
blocks those who publish (messaging.md, 6.7).
"""

import threading
import time
from collections.abc import Sequence
from typing import Final

from shared.contracts.event import Publisher
from shared.messaging.bus import Outcome, Take
from shared.messaging.message import Message
from shared.messaging.rabbitmq_line import line_to
from shared.messaging.rabbitmq_receiving import Receiving
from shared.messaging.rabbitmq_sending import Sending
from shared.messaging.topology import Topology

_STOP_SECONDS: Final = 9.0
#: RabbitMQ 3.10 forgets a quorum queue, and what it confirmed in it, when it is killed within
#: half a second of the queue's first declaration; so nothing is sent to a queue that new.
_SETTLE_SECONDS: Final = 1.0


class RabbitMqBus:
    """Delivers at least once, through one durable quorum queue for each service."""

    def __init__(
        self,
        url: str,
        topology: Topology,
        *,
        answer_within: float = 10.0,
        settle: float = _SETTLE_SECONDS,
    ) -> None:
        self._url = url
        self._topology = topology
        self._changing = threading.Lock()
        self._receiving: list[Receiving] = []
        self._sending = Sending(
            line_to(url, "relay"),
            self._now_standing,
            answer_within=answer_within,
            settle=settle,
        )

    def publish(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Hand messages over in order and wait, ten seconds at most, for an answer to each."""
        return self._sending.publish(messages)

    def subscribe(self, subscriber: Publisher, aggregates: frozenset[str], take: Take) -> None:
        """Follow these aggregates in a thread of their own, also what the queue kept."""
        with self._changing:
            self._topology = self._topology.following(subscriber, aggregates)
            line = line_to(self._url, f"{subscriber} consumer")
            receiving = Receiving(line, self._now_standing, subscriber, take)
            self._receiving.append(receiving)
        receiving.start()

    def close(self) -> None:
        """Stop within ten seconds; a batch in hand is finished, the rest stays where it is."""
        until = time.monotonic() + _STOP_SECONDS
        for receiving in self._receiving:
            receiving.tell_to_stop()
        self._sending.close()
        for receiving in self._receiving:
            receiving.close(within=max(0.0, until - time.monotonic()))

    def _now_standing(self) -> Topology:
        return self._topology
