"""A bus inside one process, for the standalone network.

It keeps nothing: the outbox is the store, and a message counts as taken only when every
subscriber has it in its inbox. A killed process loses nothing, because the outbox row is
still unsent.
"""

from collections.abc import Sequence
from uuid import UUID

from shared.contracts.event import Publisher
from shared.log import logger
from shared.messaging.bus import Delivery, Outcome, Take
from shared.messaging.message import Message


class InProcessBus:
    """Delivers at once and in order, straight from the outbox."""

    def __init__(self) -> None:
        self._subscribers: dict[Publisher, tuple[frozenset[str], Take]] = {}
        self._log = logger("bus")

    def publish(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Give every subscriber its messages; taken when all of them stored theirs.

        One that cannot store stops nobody else: its messages are refused and come again, and
        the inboxes of the others drop the second copy.
        """
        refused: set[UUID] = set()
        for subscriber, (aggregates, take) in self._subscribers.items():
            wanted = [
                # Always "again": after a kill nobody could tell that it was tried before.
                Delivery(message, message.body, again=True)
                for message in messages
                if message.aggregate in aggregates and message.publisher is not subscriber
            ]
            if wanted and not self._took(subscriber, take, wanted):
                refused |= {one.message.event_id for one in wanted if one.message}
        return [
            Outcome.REFUSED if message.event_id in refused else Outcome.TAKEN
            for message in messages
        ]

    def _took(self, subscriber: Publisher, take: Take, wanted: Sequence[Delivery]) -> bool:
        try:
            take(wanted)
        except Exception as error:  # noqa: BLE001 - whatever stops one must not stop the others
            self._log.error("not_stored", subscriber=subscriber.value, exc_info=error)
            return False
        return True

    def subscribe(self, subscriber: Publisher, aggregates: frozenset[str], take: Take) -> None:
        """Remember that a service wants these aggregates."""
        self._subscribers[subscriber] = (aggregates, take)

    def close(self) -> None:
        """Forget the subscribers."""
        self._subscribers.clear()
