"""What a bus is. RabbitMQ and the in-process bus are two answers to the same contract.

A bus only carries bytes. Retry, waiting and parking live in the databases of the services
(spec: messaging.md, D1), so the effect is the same on both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from shared.contracts.event import Publisher
from shared.messaging.message import Message


class Outcome(StrEnum):
    """What became of one message that was handed to the bus."""

    TAKEN = "taken"
    """Every subscriber's store has it; it will arrive."""
    RETURNED = "returned"
    """Nobody is there to take it (unroutable)."""
    REFUSED = "refused"
    """A store is full or said no; try again later."""
    UNKNOWN = "unknown"
    """No answer came; it may arrive and is sent again."""


@dataclass(frozen=True)
class Delivery:
    """One message as it arrives: parsed, or the raw bytes with what is wrong with them."""

    message: Message | None
    body: bytes
    broken: str = ""
    again: bool = False
    """It may have been tried before, and may have killed who tried."""


#: Takes deliveries over; when it returns they are stored, and only then they are acknowledged.
#: An empty batch asks whether the store is there: a bus asks before it lets a broker deliver.
Take = Callable[[Sequence[Delivery]], None]


class Bus(Protocol):
    """Delivers each message at least once to every service that subscribed to its aggregate."""

    def publish(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Hand messages over in order; return an outcome for each, in the same order."""

    def subscribe(self, subscriber: Publisher, aggregates: frozenset[str], take: Take) -> None:
        """Deliver these aggregates to this service from now on, also what was missed."""

    def close(self) -> None:
        """Stop; what is not acknowledged stays where it is."""
