"""The receiving end: a thread for each service that takes batches over and then confirms them.

Whatever goes wrong, the answer is the same: let go of the line, wait a little, begin anew with the
declarations. Nothing is ever refused back to the broker, which would send it again at once.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import pika
from pika.exceptions import AMQPError

from shared.contracts.event import Publisher
from shared.log import logger
from shared.messaging.bus import Delivery, Take
from shared.messaging.message import BrokenEnvelope, from_wire
from shared.messaging.rabbitmq_line import Pause
from shared.messaging.topology import Topology

PREFETCH: Final = 100
BATCH: Final = 50
#: After so long a silence the line is opened anew: a broker may have forgotten us, and not say so.
RENEW_SECONDS: Final = 60.0
#: How long a batch may grow after its first message.
_GROW_SECONDS: Final = 0.02
#: How soon a wish to stop is noticed.
_LISTEN_SECONDS: Final = 0.25


class Interrupted(Exception):
    """The broker ended the delivery: the queue was deleted or the channel closed."""


@dataclass(frozen=True)
class Arrived:
    """One message as it came in, and the tag under which it is confirmed."""

    tag: int
    delivery: Delivery


class Receiving:
    """Follows one queue for one service."""

    def __init__(
        self, parameters: Any, topology: Callable[[], Topology], follower: Publisher, take: Take
    ) -> None:
        self._parameters = parameters
        self._topology = topology
        self._follower = follower
        self._take = take
        self._stop = threading.Event()
        self._pause = Pause()
        self._arrived: deque[Arrived] = deque()
        self._cancelled = False
        self._thread = threading.Thread(
            target=self._run, name=f"rabbitmq-{follower}-receiving", daemon=True
        )
        self._log = logger(f"{follower}.rabbitmq")

    def start(self) -> None:
        """Begin to follow, now and after every interruption."""
        self._thread.start()

    def tell_to_stop(self) -> None:
        """Ask the thread to finish its batch and end."""
        self._stop.set()

    def close(self, *, within: float) -> None:
        """Wait for the batch in hand; what is not confirmed stays in the queue."""
        self.tell_to_stop()
        self._thread.join(within)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._take([])  # our store first, the broker second: see Take
                self._follow()
            except Exception as error:  # noqa: BLE001 - the thread outlives every fault and says so
                self._log.warning("interrupted", exc_info=error)
                self._stop.wait(self._pause.next())

    def _follow(self) -> None:
        connection = pika.BlockingConnection(self._parameters)
        try:
            channel = self._listen(connection)
            until = time.monotonic() + RENEW_SECONDS
            while not self._stop.is_set() and time.monotonic() < until:
                if batch := self._collect(connection, channel):
                    self._take_over(channel, batch)
                    until = time.monotonic() + RENEW_SECONDS
        finally:
            with suppress(AMQPError):
                connection.close()

    def _listen(self, connection: Any) -> Any:
        self._arrived.clear()
        self._cancelled = False
        channel = connection.channel()
        self._topology().declare(channel)
        channel.basic_qos(prefetch_count=PREFETCH)
        channel.add_on_cancel_callback(self._on_cancel)
        channel.basic_consume(
            queue=self._topology().inbox(self._follower), on_message_callback=self._on_message
        )
        return channel

    def _on_cancel(self, _frame: Any) -> None:
        self._cancelled = True

    def _on_message(self, _channel: Any, method: Any, properties: Any, body: bytes) -> None:
        delivery = read(self._topology(), properties, body, again=bool(method.redelivered))
        self._arrived.append(Arrived(method.delivery_tag, delivery))

    def _collect(self, connection: Any, channel: Any) -> list[Arrived]:
        """Return up to fifty messages: what is here, and what comes 20 ms after the first."""
        if not self._arrived:
            connection.process_data_events(time_limit=_LISTEN_SECONDS)
        until = time.monotonic() + _GROW_SECONDS
        while 0 < len(self._arrived) < BATCH and (left := until - time.monotonic()) > 0:
            connection.process_data_events(time_limit=left)
        if self._cancelled or not channel.is_open:
            raise Interrupted
        return [self._arrived.popleft() for _ in range(min(BATCH, len(self._arrived)))]

    def _take_over(self, channel: Any, batch: list[Arrived]) -> None:
        wanted = [one.delivery for one in batch if not self._is_own(one.delivery)]
        if wanted:
            self._take(wanted)
        channel.basic_ack(batch[-1].tag, multiple=True)
        self._pause.reset()

    def _is_own(self, delivery: Delivery) -> bool:
        """A service does not hear itself where it shares an aggregate with others."""
        return delivery.message is not None and delivery.message.publisher is self._follower


def read(topology: Topology, properties: Any, body: bytes, *, again: bool) -> Delivery:
    """Return what arrived, or what is wrong with it: its envelope, or who sent it."""
    try:
        message = from_wire(properties.headers or {}, body)
    except BrokenEnvelope as error:
        return Delivery(None, body, broken=str(error), again=again)
    if not topology.may_say(properties.user_id, message):
        return Delivery(None, body, broken="wrong publisher", again=again)
    return Delivery(message, body, again=again)
