"""An open channel on which every message is confirmed: puts batches on it and hears the answers."""

import time
from collections.abc import Callable
from typing import Any, Final

import pika

from shared.messaging.message import Message, to_wire
from shared.messaging.rabbitmq_batch import Batch
from shared.messaging.topology import Topology

_PUT_BACK_SECONDS: Final = 1.0


class ConfirmedChannel:
    """Counts the messages of one channel as the broker does, to know which one an answer is for."""

    def __init__(self, channel: Any, topology: Callable[[], Topology], user: str | None) -> None:
        self._channel = channel
        self._topology = topology
        self._user = user
        self._tag = 0
        self._unheard_at: float | None = None
        self._batch: Batch | None = None
        channel.add_on_return_callback(self._returned)

    def prepare(self, ready: Callable[[Any], None]) -> None:
        """Declare the catalogue and ask for confirms; the broker works in that order."""
        self._topology().declare(self._channel)
        self._channel.confirm_delivery(self._answered, callback=ready)

    def send(self, batch: Batch) -> None:
        """Put a batch on the wire; raises when the channel is gone."""
        self._batch = batch
        self._put_back()
        for place, message in enumerate(batch.messages):
            self._tag += 1
            batch.sent(self._tag, place)
            self._put(message)

    def lost(self) -> None:
        """No more answers will come."""
        if self._batch is not None:
            self._batch.lost()

    def _put_back(self) -> None:
        """Declare what somebody deleted, after a while.

        RabbitMQ 3.10 does not tell a consumer that its queue was deleted when one of the same
        name is there again at once; the messages then go to nobody until it comes back.
        """
        if self._unheard_at and time.monotonic() - self._unheard_at > _PUT_BACK_SECONDS:
            self._topology().declare(self._channel)
            self._unheard_at = None

    def _put(self, message: Message) -> None:
        headers, body = to_wire(message)
        properties = pika.BasicProperties(
            delivery_mode=2,
            content_type="application/json",
            message_id=str(message.event_id),
            type=message.topic,
            user_id=self._user,
            headers=headers,
        )
        self._channel.basic_publish(
            self._topology().events, message.topic, body, properties, mandatory=True
        )

    def _returned(self, _channel: Any, _method: Any, properties: Any, _body: bytes) -> None:
        self._unheard_at = self._unheard_at or time.monotonic()
        if self._batch is not None:
            self._batch.returned(properties.message_id)

    def _answered(self, frame: Any) -> None:
        if self._batch is not None:
            taken = isinstance(frame.method, pika.spec.Basic.Ack)
            self._batch.answered(
                frame.method.delivery_tag, multiple=frame.method.multiple, taken=taken
            )
