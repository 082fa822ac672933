"""The catalogue: every exchange, queue and binding of the network, and who may speak for whom.

Publishers and consumers both declare all of it, so that a service that was never started has its
queue already. Every argument is said aloud, because the broker's defaults differ between its
versions (messaging.md, 2.3). The broker only carries bytes: there are no retry queues and no
times to live; ``rajut.dead`` is the last resort.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from shared.contracts import audit, auth, intake, monitoring, referral
from shared.contracts.event import PUBLISHERS, Publisher
from shared.messaging.message import Message

#: Importing them declares their events; a service that does not use one must know it all the same.
CONTRACTS: Final = (audit, auth, intake, monitoring, referral)

#: An inbox that holds this much says no, and the rows stay in the outboxes.
INBOX_BYTES: Final = 1024**3
#: Our own budgets park long before; this one must not throw away what a dying consumer held.
DELIVERIES: Final = 1000
#: Nobody may lose a dead letter by looking at it too often.
LOOKS: Final = 1_000_000


def own_names() -> Mapping[str, frozenset[Publisher]]:
    """Return the broker's users as they are set up: each service signs in under its own name."""
    return {publisher.value: frozenset({publisher}) for publisher in Publisher}


@dataclass(frozen=True, kw_only=True)
class Topology:
    """What stands on the broker. ``namespace`` keeps networks apart that share one broker."""

    followers: Mapping[Publisher, frozenset[str]]
    users: Mapping[str, frozenset[Publisher]] = field(default_factory=own_names)
    namespace: str = ""
    inbox_bytes: int = INBOX_BYTES

    @property
    def events(self) -> str:
        """The topic exchange that every event goes through."""
        return f"{self.namespace}rajut.events"

    @property
    def dead(self) -> str:
        """The exchange, and its one queue, for what the broker gave up on."""
        return f"{self.namespace}rajut.dead"

    def inbox(self, follower: Publisher) -> str:
        """Return the queue of one service."""
        return f"{self.namespace}{follower}.inbox"

    def following(self, follower: Publisher, aggregates: frozenset[str]) -> "Topology":
        """Return the same catalogue with what one service follows said anew."""
        return replace(self, followers={**self.followers, follower: aggregates})

    def queues(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Every queue with its arguments."""
        yield self.dead, {"x-queue-type": "quorum", "x-delivery-limit": LOOKS}
        for follower in self.followers:
            yield (
                self.inbox(follower),
                {
                    "x-queue-type": "quorum",
                    "x-dead-letter-exchange": self.dead,
                    "x-dead-letter-strategy": "at-least-once",
                    "x-overflow": "reject-publish",
                    "x-max-length-bytes": self.inbox_bytes,
                    "x-delivery-limit": DELIVERIES,
                },
            )

    def bindings(self) -> Iterator[tuple[str, str]]:
        """Which queue asks for which topics; a service does not hear what only it tells."""
        for follower, aggregates in self.followers.items():
            for aggregate in sorted(aggregates):
                if publishers_of(aggregate) != {follower}:
                    yield self.inbox(follower), f"{aggregate}.#"

    def declare(self, channel: Any) -> None:
        """Declare everything, in the order of what needs what; what is there already stays.

        A blocking channel waits for each answer; on the other kind the broker works in order and
        closes the channel when something is there already and is different.
        """
        channel.exchange_declare(exchange=self.dead, exchange_type="fanout", durable=True)
        channel.exchange_declare(exchange=self.events, exchange_type="topic", durable=True)
        for queue, arguments in self.queues():
            channel.queue_declare(queue=queue, durable=True, arguments=dict(arguments))
        channel.queue_bind(queue=self.dead, exchange=self.dead, routing_key="")
        for queue, key in self.bindings():
            channel.queue_bind(queue=queue, exchange=self.events, routing_key=key)

    def may_say(self, user: str | None, message: Message) -> bool:
        """Return whether the broker's user who sent a message may tell that event.

        The broker itself vouches for the user. A topic that is not in our contracts yet (its
        publisher is newer than we are) may come from who tells the rest of its aggregate.
        """
        spoken_for = self.users.get(user or "", frozenset())
        tellers = PUBLISHERS.get(message.topic) or publishers_of(message.aggregate)
        in_place = message.topic.startswith(f"{message.aggregate}.")
        return message.publisher in spoken_for & tellers and in_place


def publishers_of(aggregate: str) -> frozenset[Publisher]:
    """Return who tells events of an aggregate, by the contracts that are loaded."""
    told = (by for topic, by in PUBLISHERS.items() if topic.startswith(f"{aggregate}."))
    return frozenset().union(*told)
