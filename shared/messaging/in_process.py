"""A bus inside one process, for the standalone network.

It keeps nothing: the outbox is the store, and a message counts as taken only when every
subscriber has it in its inbox. A killed process loses nothing, because the outbox row is
still unsent.
"""

from collections.abc import Sequence

from shared.contracts.event import Publisher
from shared.messaging.bus import Delivery, Outcome, Take
from shared.messaging.message import Message


class InProcessBus:
    """Delivers at once and in order, straight from the outbox."""

    def __init__(self) -> None:
        self._subscribers: dict[Publisher, tuple[frozenset[str], Take]] = {}

    def publish(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Give every subscriber its messages; taken when all of them stored theirs."""
        if not messages:
            return []
        for subscriber, (aggregates, take) in self._subscribers.items():
            wanted = [
                # Always "again": after a kill nobody could tell that it was tried before.
                Delivery(message, message.body, again=True)
                for message in messages
                if message.aggregate in aggregates and message.publisher is not subscriber
            ]
            if wanted:
                take(wanted)
        return [Outcome.TAKEN] * len(messages)

    def subscribe(self, subscriber: Publisher, aggregates: frozenset[str], take: Take) -> None:
        """Remember that a service wants these aggregates."""
        self._subscribers[subscriber] = (aggregates, take)

    def close(self) -> None:
        """Forget the subscribers."""
        self._subscribers.clear()
