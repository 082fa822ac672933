"""The sending end: a thread of its own with its own I/O loop that publishes and hears confirms.

pika's connections belong to one thread each; only ``add_callback_threadsafe`` crosses. The loop
lives as long as the thread; connections come and go on it.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

import pika
from pika.adapters.select_connection import IOLoop
from pika.exceptions import AMQPConnectionError

from shared.log import logger
from shared.messaging.bus import Outcome
from shared.messaging.message import Message
from shared.messaging.rabbitmq_batch import Batch
from shared.messaging.rabbitmq_channel import ConfirmedChannel
from shared.messaging.rabbitmq_line import Pause, user_of
from shared.messaging.topology import Topology

#: A polite close, letting go, and leaving the loop get this long each.
_STOP_SECONDS: Final = (3.0, 2.0, 1.0)


class Sending:
    """Publishes batches, one at a time, and waits for the broker's answers."""

    def __init__(
        self,
        parameters: Any,
        topology: Callable[[], Topology],
        *,
        answer_within: float,
        settle: float,
    ) -> None:
        self._parameters = parameters
        self._topology = topology
        self._answer_within = answer_within
        self._settle = settle
        self._one_at_a_time = threading.Lock()
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._loop = IOLoop()
        self._pause = Pause()
        self._thread = threading.Thread(target=self._run, name="rabbitmq-sending", daemon=True)
        self._connection: Any = None
        self._channel: Any = None
        self._log = logger("rabbitmq.sending")

    def publish(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Return what became of each message, after ten seconds at the latest."""
        batch = Batch(messages)
        with self._one_at_a_time:
            if self._thread.ident is None:
                self._thread.start()
            if messages and self._ready.wait(self._answer_within):
                self._hand_over(batch)
        return batch.outcomes()

    def close(self) -> None:
        """Stop; what has no answer yet stays unknown."""
        self._stopping.set()
        if self._thread.ident is None:
            self._loop.close()
            return
        ways = (self._close, self._drop, self._loop.stop)
        for stop, seconds in zip(ways, _STOP_SECONDS, strict=True):
            if self._thread.is_alive():
                self._loop.add_callback_threadsafe(stop)
                self._thread.join(seconds)

    def _hand_over(self, batch: Batch) -> None:
        self._loop.add_callback_threadsafe(lambda: self._send(batch))
        if not batch.settled.wait(self._answer_within):
            self._log.warning("no_answer")
            self._ready.clear()
            self._loop.add_callback_threadsafe(self._drop)

    # Everything below runs in the sending thread.

    def _run(self) -> None:
        self._loop.add_callback_threadsafe(self._connect)
        while not self._stopping.is_set():
            try:
                self._loop.start()
            except Exception as error:  # noqa: BLE001 - the thread outlives every fault and says so
                self._log.error("failed", exc_info=error)
                self._recover()
        self._loop.close()

    def _recover(self) -> None:
        if self._connection is None:
            self._loop.call_later(self._pause.next(), self._connect)
        else:
            self._drop()

    def _connect(self) -> None:
        if self._stopping.is_set():
            self._loop.stop()
            return
        self._connection = pika.SelectConnection(
            self._parameters,
            on_open_callback=lambda opened: opened.channel(on_open_callback=self._opened),
            on_open_error_callback=self._lost,
            on_close_callback=self._lost,
            custom_ioloop=self._loop,
        )

    def _opened(self, channel: Any) -> None:
        channel.add_on_close_callback(self._channel_closed)
        user = user_of(self._parameters)
        self._channel = ConfirmedChannel(channel, self._topology, user)
        self._channel.prepare(self._confirming)

    def _confirming(self, _frame: Any) -> None:
        self._pause.reset()
        channel = self._channel
        self._loop.call_later(self._settle, lambda: self._settled(channel))

    def _settled(self, channel: Any) -> None:
        if channel is self._channel:
            self._ready.set()

    def _send(self, batch: Batch) -> None:
        try:
            self._channel.send(batch)
        except Exception as error:  # noqa: BLE001 - the line is gone; the outbox keeps the rest
            self._log.warning("interrupted", exc_info=error)
            self._ready.clear()
            self._drop()
            batch.lost()

    def _channel_closed(self, channel: Any, why: Exception) -> None:
        self._ready.clear()
        self._log.warning("channel_closed", exc_info=why)
        if channel.connection.is_open:
            channel.connection.close()

    def _lost(self, connection: Any, why: Exception) -> None:
        if connection is not self._connection:
            return
        self._ready.clear()
        if self._channel is not None:
            self._channel.lost()
        self._connection = self._channel = None
        if self._stopping.is_set():
            self._loop.stop()
            return
        self._log.warning("line_lost", exc_info=why)
        self._loop.call_later(self._pause.next(), self._connect)

    def _close(self) -> None:
        if self._connection is not None and self._connection.is_open:
            self._connection.close()
        else:
            self._drop()

    def _drop(self) -> None:
        """Let go at once: a broker that has stopped reading would not answer a polite close."""
        if self._connection is None:
            if self._stopping.is_set():
                self._loop.stop()
            return
        # pika's own timeouts end a connection this way and have no public name for it.
        self._connection._terminate_stream(AMQPConnectionError("dropped"))
