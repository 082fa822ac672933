"""What RabbitMQ can do wrong, and what becomes of the messages then."""

import dataclasses
import threading
import time
from urllib.parse import urlsplit

import pika
import pytest
from sqlalchemy import select

from shared.contracts.event import Publisher
from shared.messaging import rabbitmq_receiving
from shared.messaging.bus import Outcome
from shared.messaging.message import to_wire
from shared.messaging.rabbitmq import RabbitMqBus
from shared.worker.relay import Relay
from tests.support import carriers
from tests.support.cable import Cable
from tests.support.carriers import CASES, a_topology
from tests.support.servers import free_port
from tests.support.toy import (
    a_consumer,
    a_ground,
    effects_of,
    kit,
    messages,
    publish,
    risk_changed,
    some_case,
)
from tests.support.waiting import eventually

MONITORING = Publisher.MONITORING


@pytest.fixture
def broker(rabbitmq_url):
    with carriers.rabbitmq(rabbitmq_url) as made:
        yield made


@pytest.fixture
def cable(rabbitmq_url):
    parts = urlsplit(rabbitmq_url)
    made = Cable(parts.hostname, parts.port)
    yield made
    made.take_away()


@pytest.fixture
def publisher(tmp_path):
    ground = a_ground(f"sqlite:///{tmp_path / 'publisher.sqlite3'}", Publisher.INTAKE)
    yield ground
    ground.database.close()


@pytest.fixture
def follower(tmp_path, broker):
    ground = a_ground(f"sqlite:///{tmp_path / 'follower.sqlite3'}", MONITORING)
    yield ground
    broker.close()
    ground.database.close()


def over(cable, broker):
    """A bus whose lines go through the cable."""
    url = broker.url.replace(f":{urlsplit(broker.url).port}/", f":{cable.port}/")
    bus = RabbitMqBus(url, broker.topology, answer_within=1.0, settle=0.0)
    broker.keep(bus)
    return bus


def some_messages(publisher, count=3):
    case = some_case()
    return publish(publisher, *(risk_changed(case) for _ in range(count)))


def ids(found):
    return [message.event_id for message in found]


def throw_in(broker, headers, body, **properties):
    """Publish as a stranger could."""
    with broker.channel() as channel:
        channel.confirm_delivery()
        broker.topology.declare(channel)
        channel.basic_publish(
            broker.topology.events,
            "case.risk_changed",
            body,
            pika.BasicProperties(headers=headers, **properties),
            mandatory=True,
        )


def test_a_service_that_was_never_started_has_its_queue_already(broker, publisher):
    found = some_messages(publisher)

    assert list(broker.bus().publish(found)) == [Outcome.TAKEN] * 3

    eventually(lambda: broker.waiting(broker.topology.inbox(MONITORING)) == 3)
    store = []
    broker.bus().subscribe(MONITORING, CASES, store.extend)
    eventually(lambda: [one.message for one in store] == found)


def test_a_message_says_what_it_is_and_survives_the_broker(broker, publisher):
    (message,) = some_messages(publisher, 1)
    broker.bus().publish([message])

    with broker.channel() as channel:
        _, sent, body = eventually(
            lambda: (
                (got := channel.basic_get(broker.topology.inbox(MONITORING), auto_ack=True))[0]
                and got
            )
        )

    assert (sent.delivery_mode, sent.content_type) == (2, "application/json")
    assert (sent.message_id, sent.type) == (str(message.event_id), "case.risk_changed")
    assert sent.user_id == urlsplit(broker.url).username
    assert to_wire(message)[0].items() <= sent.headers.items()
    assert body == message.body


def test_what_nobody_follows_is_returned(rabbitmq_url, publisher):
    followers = {MONITORING: frozenset({"referral"})}
    with carriers.rabbitmq(rabbitmq_url, followers=followers) as broker:
        assert list(broker.bus().publish(some_messages(publisher, 2))) == [Outcome.RETURNED] * 2


def test_a_batch_has_an_outcome_for_each_of_its_messages(broker, publisher):
    (one, other) = some_messages(publisher, 2)
    nobodys = dataclasses.replace(other, topic="referral.sent", aggregate="referral")

    said = list(broker.bus().publish([one, nobodys, one]))

    assert said == [Outcome.TAKEN, Outcome.RETURNED, Outcome.TAKEN]


def test_a_full_inbox_refuses_and_keeps_what_it_has(rabbitmq_url, publisher):
    found = some_messages(publisher, 50)
    with carriers.rabbitmq(rabbitmq_url, inbox_bytes=2000) as broker:
        bus, said = broker.bus(), []

        def refused():
            said.extend(bus.publish(found))
            return Outcome.REFUSED in said

        eventually(refused)

        assert set(said) == {Outcome.TAKEN, Outcome.REFUSED}
        queue = broker.topology.inbox(MONITORING)
        eventually(lambda: broker.waiting(queue) == said.count(Outcome.TAKEN))
        assert broker.waiting(broker.topology.dead) == 0


def test_without_a_broker_nothing_is_known_and_closing_is_quick(publisher):
    url = f"amqp://guest:guest@127.0.0.1:{free_port()}/%2F"
    bus = RabbitMqBus(url, a_topology(url), answer_within=0.5, settle=0.0)
    bus.subscribe(MONITORING, CASES, lambda _: None)

    assert list(bus.publish(some_messages(publisher))) == [Outcome.UNKNOWN] * 3

    begun = time.monotonic()
    bus.close()
    assert time.monotonic() - begun < 10


def test_what_cannot_be_put_on_the_wire_costs_the_batch_its_answers_and_not_the_relay(
    broker, publisher
):
    found, bus = some_messages(publisher), broker.bus()
    too_long = dataclasses.replace(found[1], topic="case." + "x" * 300)

    assert list(bus.publish([found[0], too_long, found[2]])) == [Outcome.UNKNOWN] * 3
    assert list(bus.publish(found)) == [Outcome.TAKEN] * 3


def test_a_catalogue_that_cannot_be_declared_leaves_the_relay_trying(rabbitmq_url, publisher):
    topology = a_topology(rabbitmq_url, namespace="x" * 300)
    bus = RabbitMqBus(rabbitmq_url, topology, answer_within=1.0, settle=0.0)

    assert list(bus.publish(some_messages(publisher))) == [Outcome.UNKNOWN] * 3

    begun = time.monotonic()
    bus.close()
    assert time.monotonic() - begun < 10


def test_a_cut_line_is_opened_again_and_nothing_is_lost(broker, cable, publisher, follower):
    bus = over(cable, broker)
    bus.subscribe(MONITORING, CASES, a_consumer(follower).take)
    relay = Relay(publisher, bus, batch=3)
    some_messages(publisher, 30)
    wanted = ids(messages(publisher))

    for _ in range(3):
        relay.drain()
        cable.cut()
        relay.drain()
        cable.mend()
    eventually(lambda: relay.drain() == 0 and not messages(publisher), within=40)

    eventually(lambda: effects_of(follower) == wanted, within=40)


def test_a_silent_broker_is_given_up_after_a_while(broker, publisher):
    cable = Cable("127.0.0.1", urlsplit(broker.url).port)
    bus = over(cable, broker)
    found = some_messages(publisher)
    assert list(bus.publish(found)) == [Outcome.TAKEN] * 3

    cable.swallow()
    begun = time.monotonic()
    assert list(bus.publish(found)) == [Outcome.UNKNOWN] * 3
    assert time.monotonic() - begun < 5

    eventually(lambda: list(bus.publish(found)) == [Outcome.TAKEN] * 3)
    cable.take_away()


def test_what_was_in_hand_when_the_line_was_cut_comes_again(broker, cable, publisher):
    found, inside, go_on, seen = some_messages(publisher), threading.Event(), threading.Event(), []

    def hold(deliveries):
        if deliveries:
            seen.append([(one.message.event_id, one.again) for one in deliveries])
            inside.set()
            go_on.wait(20)

    over(cable, broker).subscribe(MONITORING, CASES, hold)
    broker.bus().publish(found)
    assert inside.wait(20)
    cable.cut()
    cable.mend()
    go_on.set()

    def all_again():
        return {one for batch in seen for one, again in batch if again} == set(ids(found))

    eventually(all_again)
    eventually(lambda: broker.waiting(broker.topology.inbox(MONITORING)) == 0)


def test_a_deleted_queue_is_declared_again(broker, publisher):
    store, bus = [], broker.bus()
    bus.subscribe(MONITORING, CASES, store.extend)
    found = some_messages(publisher)
    bus.publish(found[:1])
    eventually(lambda: len(store) == 1)

    with broker.channel() as channel:
        channel.queue_delete(broker.topology.inbox(MONITORING))

    eventually(lambda: list(bus.publish(found[1:])) == [Outcome.TAKEN] * 2)
    eventually(lambda: {one.message.event_id for one in store} == set(ids(found)))


def test_the_publisher_puts_a_deleted_queue_back_by_itself(broker, publisher):
    found, bus = some_messages(publisher), broker.bus()
    assert list(bus.publish(found)) == [Outcome.TAKEN] * 3

    with broker.channel() as channel:
        channel.queue_delete(broker.topology.inbox(MONITORING))

    assert list(bus.publish(found)) == [Outcome.RETURNED] * 3
    eventually(lambda: list(bus.publish(found[:1])) == [Outcome.TAKEN])


def test_a_line_that_is_silent_for_long_is_opened_anew(broker, publisher, monkeypatch):
    """A queue that is deleted and there again at once leaves its consumer waiting for ever."""
    monkeypatch.setattr(rabbitmq_receiving, "RENEW_SECONDS", 1.0)
    store, bus = [], broker.bus()
    bus.subscribe(MONITORING, CASES, store.extend)
    eventually(lambda: broker.followed(broker.topology.inbox(MONITORING)))

    with broker.channel() as channel:
        channel.queue_delete(broker.topology.inbox(MONITORING))
        broker.topology.declare(channel)
    found = some_messages(publisher)
    assert list(bus.publish(found)) == [Outcome.TAKEN] * 3

    eventually(lambda: {one.message.event_id for one in store} == set(ids(found)))


def test_a_malformed_message_is_parked_and_blocks_nobody(broker, publisher, follower):
    bus = broker.bus()
    bus.subscribe(MONITORING, CASES, a_consumer(follower).take)
    throw_in(broker, {"ce-id": "9972055207930001"}, b"a stranger's bytes")

    found = some_messages(publisher)
    bus.publish(found)

    eventually(lambda: effects_of(follower) == ids(found))
    assert parked(follower) == [("malformed", b"")]
    assert broker.waiting(broker.topology.dead) == 0


@pytest.mark.parametrize("signed", [True, False])
def test_a_message_of_somebody_who_may_not_tell_it_is_parked(rabbitmq_url, publisher, signed):
    user = urlsplit(rabbitmq_url).username
    (message,) = some_messages(publisher, 1)
    store = []
    with carriers.rabbitmq(rabbitmq_url, users={user: frozenset({Publisher.AUTH})}) as broker:
        headers, body = to_wire(message)
        throw_in(broker, headers, body, user_id=user if signed else None)
        broker.bus().subscribe(MONITORING, CASES, store.extend)

        (found,) = eventually(lambda: store)
        broker.close()

    assert (found.message, found.broken) == (None, "wrong publisher")


def test_nothing_is_asked_for_while_the_store_is_down(broker, publisher):
    """Each interrupted delivery counts towards the broker's limit; an outage must not use it up."""
    asked, down = [], threading.Event()
    down.set()

    def take(deliveries):
        asked.append(len(deliveries))
        if down.is_set():
            raise OSError("the store is down")

    bus = broker.bus()
    bus.publish(some_messages(publisher))
    bus.subscribe(MONITORING, CASES, take)
    eventually(lambda: len(asked) >= 4)
    assert set(asked) == {0}
    down.clear()

    eventually(lambda: sum(asked) == 3)


def test_a_batch_is_never_larger_than_fifty(broker, publisher):
    sizes, bus = [], broker.bus()
    bus.publish(some_messages(publisher, 130))
    bus.subscribe(MONITORING, CASES, lambda batch: sizes.append(len(batch)))

    eventually(lambda: sum(sizes) == 130)
    assert max(sizes) == 50


def test_closing_waits_for_the_batch_in_hand(broker, publisher):
    inside, done, bus = threading.Event(), [], broker.bus()

    def slow(deliveries):
        if deliveries:
            inside.set()
            time.sleep(1)  # what is waited for here is that closing waits
            done.extend(deliveries)

    bus.subscribe(MONITORING, CASES, slow)
    bus.publish(some_messages(publisher))
    assert inside.wait(20)

    begun = time.monotonic()
    bus.close()

    assert done
    assert time.monotonic() - begun < 10
    waiting = broker.waiting(broker.topology.inbox(MONITORING))
    assert waiting + len(done) == 3


def parked(ground):
    rows = kit.inbox.rows
    with ground.database.begin() as connection:
        query = select(rows.c.topic, rows.c.body).where(rows.c.error.is_not(None))
        return [tuple(row) for row in connection.execute(query)]
