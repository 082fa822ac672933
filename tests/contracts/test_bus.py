"""The contract of a bus: one test for both, with the relay and the consumer that use it."""

import dataclasses
import threading

import pytest

from shared.contracts.audit import AuditAnchored, chain_of
from shared.contracts.event import Digest, Publisher
from shared.messaging.bus import Outcome
from shared.worker.relay import Relay
from tests.support import carriers
from tests.support.carriers import CASES
from tests.support.toy import (
    NOON,
    a_consumer,
    a_ground,
    begin,
    effects_of,
    messages,
    publish,
    risk_changed,
    some_case,
    states,
)
from tests.support.waiting import eventually

MONITORING = Publisher.MONITORING


@pytest.fixture(params=["in_process", pytest.param("rabbitmq", marks=pytest.mark.containers)])
def carrier(request):
    if request.param == "in_process":
        with carriers.in_process() as made:
            yield made
        return
    with carriers.rabbitmq(request.getfixturevalue("rabbitmq_url")) as made:
        yield made


@pytest.fixture
def publisher(tmp_path):
    ground = a_ground(f"sqlite:///{tmp_path / 'publisher.sqlite3'}", Publisher.INTAKE)
    yield ground
    ground.database.close()


@pytest.fixture
def follower(database_url, carrier):
    ground = a_ground(database_url, MONITORING)
    yield ground
    carrier.close()  # its threads use the database
    ground.database.close()


def some_messages(publisher, count=3):
    case = some_case()
    return publish(publisher, *(risk_changed(case) for _ in range(count)))


class Store:
    """Takes deliveries over, unless it is told to be down."""

    def __init__(self, *, down=False):
        self.down = down
        self.tried = 0
        self.taken = []

    def take(self, deliveries):
        self.tried += len(deliveries)
        if self.down:
            raise OSError("the store is down")
        self.taken += deliveries

    @property
    def ids(self):
        return [one.message.event_id for one in self.taken]


def handed_over(bus, found):
    """Publish as the relay does, again and again, until the bus has taken everything."""

    def taken():
        try:
            return list(bus.publish(found)) == [Outcome.TAKEN] * len(found)
        except OSError:
            return False

    return eventually(taken)


def drained(relay, ground):
    def empty():
        try:
            relay.drain()
        except OSError:
            return False
        return not messages(ground)

    return eventually(empty)


def test_every_message_gets_an_outcome_and_arrives_as_it_was_and_in_order(carrier, publisher):
    found, store, bus = some_messages(publisher, 120), Store(), carrier.bus()
    bus.subscribe(MONITORING, CASES, store.take)

    assert list(bus.publish(found)) == [Outcome.TAKEN] * 120

    eventually(lambda: len(store.taken) == 120)
    assert [one.message for one in store.taken] == found


def test_publishing_nothing_asks_nobody(carrier):
    assert list(carrier.bus().publish([])) == []


def test_what_a_service_missed_while_it_was_down_reaches_it_later(carrier, publisher):
    found, store, bus = some_messages(publisher), Store(down=True), carrier.bus()
    bus.subscribe(MONITORING, CASES, store.take)
    if carrier.keeps:
        handed_over(bus, found)
    else:
        assert list(bus.publish(found)) == [Outcome.REFUSED] * len(found)
    assert store.taken == []

    store.down = False

    handed_over(bus, [] if carrier.keeps else found)
    eventually(lambda: store.ids == [message.event_id for message in found])


def test_a_batch_that_could_not_be_taken_over_comes_again_and_says_so(carrier, publisher):
    found, store, bus = some_messages(publisher), Store(), carrier.bus()
    times = []

    def fail_once(deliveries):
        if deliveries:
            times.append(len(deliveries))
        if len(times) == 1 and deliveries:
            raise OSError("once")
        store.take(deliveries)

    bus.subscribe(MONITORING, CASES, fail_once)
    handed_over(bus, found)

    eventually(lambda: set(store.ids) == {message.event_id for message in found})
    assert store.taken[0].again


def test_a_service_does_not_hear_what_it_tells(carrier, publisher):
    found, own, bus = some_messages(publisher), Store(), carrier.bus()
    other = Store()
    bus.subscribe(Publisher.INTAKE, CASES, own.take)
    bus.subscribe(MONITORING, CASES, other.take)

    handed_over(bus, found)

    eventually(lambda: len(other.taken) == 3)
    assert own.taken == []


def test_a_service_does_not_hear_itself_where_others_tell_the_same(carrier, publisher):
    with begin(publisher) as work:
        work.outbox.add(
            AuditAnchored(
                happened_at=NOON,
                chain_id=chain_of(Publisher.INTAKE),
                publisher=Publisher.INTAKE,
                position=1,
                head=Digest("0" * 64),
            )
        )
    (ours,) = messages(publisher)
    theirs = dataclasses.replace(ours, publisher=MONITORING, event_id=some_case())
    own, other, bus = Store(), Store(), carrier.bus()
    bus.subscribe(Publisher.INTAKE, frozenset({"audit"}), own.take)
    bus.subscribe(MONITORING, frozenset({"audit"}), other.take)

    handed_over(bus, [ours, theirs])

    eventually(lambda: own.ids and other.ids)
    assert (own.ids, other.ids) == ([theirs.event_id], [ours.event_id])


def test_a_service_hears_only_the_aggregates_it_asked_for(carrier, publisher):
    found, store, other, bus = some_messages(publisher), Store(), Store(), carrier.bus()
    bus.subscribe(Publisher.AUTH, frozenset({"referral"}), other.take)
    bus.subscribe(MONITORING, CASES, store.take)

    handed_over(bus, found)

    eventually(lambda: len(store.taken) == 3)
    assert other.taken == []


def test_what_is_published_twice_has_one_effect(carrier, publisher, follower):
    found, bus = some_messages(publisher, 10), carrier.bus()
    bus.subscribe(MONITORING, CASES, a_consumer(follower).take)

    handed_over(bus, found)
    handed_over(bus, found + found[:5])

    wanted = [message.event_id for message in found]
    eventually(lambda: effects_of(follower) == wanted)
    handed_over(bus, some_messages(publisher, 1)[-1:])
    eventually(lambda: len(effects_of(follower)) == 11)
    assert effects_of(follower)[:10] == wanted


def test_relay_and_consumer_keep_the_order_of_each_case(carrier, publisher, follower):
    cases = [some_case() for _ in range(3)]
    sent = publish(publisher, *(risk_changed(case) for _ in range(20) for case in cases))
    bus = carrier.bus()
    bus.subscribe(MONITORING, CASES, a_consumer(follower).take)

    drained(Relay(publisher, bus, batch=7), publisher)

    eventually(lambda: len(effects_of(follower)) == 60)
    for case in cases:
        wanted = [message.event_id for message in sent if message.aggregate_id == case]
        assert effects_of(follower, case) == wanted


def test_messages_in_the_wrong_order_end_in_the_right_one(carrier, publisher, follower):
    found, bus = some_messages(publisher, 5), carrier.bus()
    bus.subscribe(MONITORING, CASES, a_consumer(follower).take)

    handed_over(bus, found[::-1])

    eventually(lambda: effects_of(follower) == [message.event_id for message in found])


def test_a_consumer_that_dies_in_the_middle_of_a_batch_loses_and_doubles_nothing(
    carrier, publisher, follower
):
    from tests.support.toy import keep_effect

    deaths = []

    def die_once(work, told):
        keep_effect(work, told)
        if len(effects_of_here(work)) == 4 and not deaths:
            deaths.append(told.event_id)
            raise SystemError

    class Dying:
        """Gives up the whole batch at its fourth effect, as a killed process does."""

        def __init__(self):
            self.consumer = a_consumer(follower, die_once)

        def take(self, deliveries):
            before = len(deaths)
            self.consumer.take(deliveries)
            if len(deaths) > before:
                raise OSError("killed before the acknowledgement")

    bus = carrier.bus()
    bus.subscribe(MONITORING, CASES, Dying().take)
    found = some_messages(publisher, 8)
    relay = Relay(publisher, bus)

    drained(relay, publisher)

    consumer = a_consumer(follower)

    def all_there():
        consumer.run_due()  # as the consumer's process does several times a second
        return effects_of(follower) == [message.event_id for message in found]

    eventually(all_there)
    assert deaths == [found[3].event_id]
    assert {state for _, state in states(follower)} == {"done"}


def effects_of_here(work):
    from sqlalchemy import select

    from tests.support.toy import effects

    return work.connection.execute(select(effects.c.id)).all()


def test_closing_ends_the_threads_and_leaves_the_rest_where_it_was(carrier, publisher):
    before = threading.active_count()
    found, store, bus = some_messages(publisher), Store(), carrier.bus()
    bus.subscribe(MONITORING, CASES, store.take)
    handed_over(bus, found)
    eventually(lambda: len(store.taken) >= 3)

    bus.close()

    assert threading.active_count() == before
