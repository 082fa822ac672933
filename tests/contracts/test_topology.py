"""The catalogue of the broker: what stands there, who hears what, who may speak for whom."""

import dataclasses
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pika
import pytest

from shared.contracts.event import Publisher
from shared.identifiers import new_id
from shared.messaging.bus import Outcome
from shared.messaging.message import Message
from shared.messaging.rabbitmq import RabbitMqBus
from shared.messaging.topology import Topology, publishers_of
from tests.support import carriers
from tests.support.carriers import CASES

TWO = Topology(
    followers={
        Publisher.MONITORING: frozenset({"case", "audit"}),
        Publisher.INTAKE: frozenset({"case", "unit", "audit"}),
    }
)


def a_message(topic="case.risk_changed", publisher=Publisher.INTAKE, aggregate="case"):
    return Message(
        event_id=new_id(),
        publisher=publisher,
        topic=topic,
        aggregate=aggregate,
        aggregate_id=new_id(),
        sequence=1,
        happened_at=datetime.now(UTC),
        correlation_id="",
        body=b"{}",
    )


def test_every_queue_says_all_its_arguments():
    queues = dict(TWO.queues())

    assert set(queues) == {"rajut.dead", "monitoring.inbox", "intake.inbox"}
    assert queues["intake.inbox"] == {
        "x-queue-type": "quorum",
        "x-dead-letter-exchange": "rajut.dead",
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
        "x-max-length-bytes": 1024**3,
        "x-delivery-limit": 1000,
    }
    assert queues["rajut.dead"]["x-queue-type"] == "quorum"


def test_a_service_asks_for_whole_aggregates_but_not_for_what_only_it_tells():
    assert publishers_of("case") == {Publisher.INTAKE}
    assert publishers_of("audit") == set(Publisher)
    assert list(TWO.bindings()) == [
        ("monitoring.inbox", "audit.#"),
        ("monitoring.inbox", "case.#"),
        ("intake.inbox", "audit.#"),
    ]


def test_names_of_another_network_on_the_same_broker_differ():
    ours = dataclasses.replace(TWO, namespace="one.")

    theirs = {TWO.events, TWO.dead, *dict(TWO.queues())}
    assert not theirs & {ours.events, ours.dead, *dict(ours.queues())}
    assert dict(ours.queues())["one.intake.inbox"]["x-dead-letter-exchange"] == "one.rajut.dead"


@pytest.mark.parametrize(
    ("user", "changed", "may"),
    [
        ("intake", {}, True),
        ("referral", {}, False),
        ("guest", {}, False),
        ("", {}, False),
        (None, {}, False),
        ("referral", {"publisher": Publisher.REFERRAL}, False),
        ("intake", {"topic": "case.something_newer"}, True),
        ("intake", {"topic": "referral.something_newer", "aggregate": "referral"}, False),
        ("intake", {"topic": "nothing.known", "aggregate": "nothing"}, False),
        ("intake", {"topic": "referral.accepted"}, False),
        ("intake", {"topic": "referral.accepted", "aggregate": "referral"}, False),
        ("auth", {"topic": "audit.anchored", "aggregate": "audit"}, False),
        (
            "auth",
            {"topic": "audit.anchored", "aggregate": "audit", "publisher": Publisher.AUTH},
            True,
        ),
    ],
)
def test_only_the_owner_of_an_event_may_tell_it(user, changed, may):
    assert TWO.may_say(user, a_message(**changed)) is may


def test_everything_can_be_declared_again_by_anybody(rabbitmq_url):
    with carriers.rabbitmq(rabbitmq_url) as broker:
        for _ in range(3):
            with broker.channel() as channel:
                broker.topology.declare(channel)


def test_a_catalogue_that_differs_from_what_stands_there_publishes_nothing(rabbitmq_url):
    """The operator is told by the log; nothing is lost, since the outbox keeps it."""
    with carriers.rabbitmq(rabbitmq_url) as broker:
        assert list(broker.bus().publish([a_message()])) == [Outcome.TAKEN]
        other = dataclasses.replace(broker.topology, inbox_bytes=5000)
        bus = RabbitMqBus(rabbitmq_url, other, answer_within=1.0, settle=0.0)
        broker.keep(bus)

        assert list(bus.publish([a_message()])) == [Outcome.UNKNOWN]


def test_what_the_broker_gives_up_on_lies_with_the_dead(rabbitmq_url):
    with carriers.rabbitmq(rabbitmq_url) as broker:
        broker.bus().publish([a_message()])
        with broker.channel() as channel:
            queue = broker.topology.inbox(Publisher.MONITORING)
            method = None
            while method is None:
                method, _, _ = channel.basic_get(queue)
            channel.basic_reject(method.delivery_tag, requeue=False)
            found = None
            while found is None:
                found, sent, _ = channel.basic_get(broker.topology.dead, auto_ack=True)

        assert sent.headers["x-death"][0]["queue"] == queue


def test_a_user_cannot_sign_with_the_name_of_another(rabbitmq_url):
    with carriers.rabbitmq(rabbitmq_url) as broker, broker.channel() as channel:
        broker.topology.declare(channel)
        channel.confirm_delivery()
        name = f"not-{urlsplit(rabbitmq_url).username}"
        with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="user_id"):
            channel.basic_publish(
                broker.topology.events, "case.x", b"", pika.BasicProperties(user_id=name)
            )


def test_following_says_anew_what_one_service_wants():
    changed = TWO.following(Publisher.AUTH, CASES).following(Publisher.INTAKE, frozenset())

    assert changed.followers[Publisher.AUTH] == CASES
    assert changed.followers[Publisher.INTAKE] == frozenset()
    assert TWO.followers[Publisher.INTAKE]
