"""Both kinds of bus behind one face, so that one contract test serves both."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pika

from shared.contracts.event import Publisher
from shared.identifiers import new_id
from shared.messaging.bus import Bus
from shared.messaging.in_process import InProcessBus
from shared.messaging.rabbitmq import RabbitMqBus
from shared.messaging.topology import Topology

CASES = frozenset({"case"})


class Carrier:
    """Makes buses over one carrier and takes them down again."""

    def __init__(self, make: Callable[[], Bus], *, keeps: bool) -> None:
        self._make = make
        self._made: list[Bus] = []
        #: Whether it keeps what it took for a service that is not there.
        self.keeps = keeps

    def bus(self) -> Bus:
        """A bus as a newly started process has it."""
        return self.keep(self._make())

    def keep(self, bus: Bus) -> Bus:
        """Remember a bus, to take it down with the others."""
        self._made.append(bus)
        return bus

    def close(self) -> None:
        while self._made:
            self._made.pop().close()


@contextmanager
def in_process() -> Iterator[Carrier]:
    carrier = Carrier(InProcessBus, keeps=False)
    yield carrier
    carrier.close()


@contextmanager
def rabbitmq(url: str, **standing: Any) -> Iterator["Broker"]:
    broker = Broker(url, a_topology(url, **standing))
    yield broker
    broker.close()
    broker.take_down()


def a_topology(url: str, **changed: Any) -> Topology:
    """A network of one follower with names of its own; the test's user speaks for everybody."""
    standing: Mapping[str, Any] = {
        "followers": {Publisher.MONITORING: CASES},
        "users": {urlsplit(url).username or "guest": frozenset(Publisher)},
        "namespace": f"test-{new_id()}.",
    }
    return Topology(**{**standing, **changed})


class Broker(Carrier):
    """A carrier over a real RabbitMQ, which may be looked into."""

    def __init__(self, url: str, topology: Topology) -> None:
        super().__init__(lambda: RabbitMqBus(url, topology, settle=0.0), keeps=True)
        self.url = url
        self.topology = topology

    @contextmanager
    def channel(self) -> Iterator[Any]:
        connection = pika.BlockingConnection(pika.URLParameters(self.url))
        try:
            yield connection.channel()
        finally:
            connection.close()

    def waiting(self, queue: str) -> int:
        """How many messages lie in a queue and are with nobody."""
        with self.channel() as channel:
            return int(channel.queue_declare(queue, passive=True).method.message_count)

    def followed(self, queue: str) -> bool:
        """Whether somebody listens on a queue that is there."""
        try:
            with self.channel() as channel:
                return bool(channel.queue_declare(queue, passive=True).method.consumer_count)
        except pika.exceptions.AMQPError:
            return False

    def take_down(self) -> None:
        with self.channel() as channel:
            for queue, _ in self.topology.queues():
                channel.queue_delete(queue)
            for exchange in (self.topology.events, self.topology.dead):
                channel.exchange_delete(exchange)
