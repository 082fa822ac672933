"""The broker is killed and started again while events travel; every effect happens once."""

import threading

import pytest

from shared.contracts.event import Publisher
from shared.messaging.rabbitmq import RabbitMqBus
from shared.worker.relay import Relay
from tests.support import carriers
from tests.support.carriers import CASES
from tests.support.rabbitmq import LocalRabbit, local_program
from tests.support.skips import have
from tests.support.toy import (
    a_consumer,
    a_ground,
    begin,
    effects_of,
    messages,
    risk_changed,
    some_case,
)
from tests.support.waiting import eventually

pytestmark = [pytest.mark.containers, pytest.mark.slow]


@pytest.fixture
def own_broker():
    made = have("rabbitmq of one's own", lambda: LocalRabbit(local_program()))
    yield made
    made.process.end()


@pytest.fixture
def publisher(tmp_path):
    ground = a_ground(f"sqlite:///{tmp_path / 'publisher.sqlite3'}", Publisher.INTAKE)
    yield ground
    ground.database.close()


@pytest.fixture
def follower(tmp_path):
    ground = a_ground(f"sqlite:///{tmp_path / 'follower.sqlite3'}", Publisher.MONITORING)
    yield ground
    ground.database.close()


class Relaying:
    """A relay that runs until told to stop, as its process does."""

    def __init__(self, relay):
        self._relay = relay
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self):
        while not self._stop.is_set():
            self._relay.drain()
            self._stop.wait(0.02)


def tell(publisher, cases, times):
    """Leave events in the outbox, one unit of work each, while the others work."""
    told = []
    for case in list(cases) * times:
        with begin(publisher) as work:
            event = risk_changed(case)
            work.outbox.add(event)
        told.append((case, event.event_id))
    return told


def test_a_killed_broker_loses_doubles_and_reorders_nothing(own_broker, publisher, follower):
    cases = [some_case() for _ in range(3)]
    with carriers.rabbitmq(own_broker.url) as broker:
        bus = RabbitMqBus(broker.url, broker.topology)
        broker.keep(bus)
        bus.subscribe(Publisher.MONITORING, CASES, a_consumer(follower).take)

        with Relaying(Relay(publisher, bus, batch=20)):
            told = killed_twice(own_broker, publisher, follower, cases)
            eventually(lambda: not messages(publisher), within=60)
            eventually(lambda: len(effects_of(follower)) >= len(told), within=60)

        for case in cases:
            wanted = [event_id for of, event_id in told if of == case]
            assert effects_of(follower, case) == wanted
        assert broker.waiting(broker.topology.dead) == 0


def killed_twice(own_broker, publisher, follower, cases):
    """Kill the broker while it has something to do; return what was told meanwhile."""
    told = []
    for _ in range(2):
        told += tell(publisher, cases, 10)
        eventually(lambda: effects_of(follower), within=30)
        told += tell(publisher, cases, 10)
        own_broker.process.end()  # SIGKILL
        told += tell(publisher, cases, 5)
        own_broker.start()
        told += tell(publisher, cases, 5)
    return told
