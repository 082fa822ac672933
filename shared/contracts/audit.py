"""The event by which each service lets the others keep the head of its audit chain."""

from typing import Final
from uuid import UUID

from shared.contracts.event import Digest, Event, Publisher, event
from shared.identifiers import named_id

#: The space in which each service's audit chain has its identifier.
CHAINS: Final = UUID("0197a000-0000-7000-8000-00000000a0d1")


def chain_of(service: Publisher) -> UUID:
    """Return the identifier of a service's audit chain."""
    return named_id(CHAINS, service.value)


@event("audit.anchored", about="chain_id", by=tuple(Publisher))
class AuditAnchored(Event):
    """The head of one service's audit chain, kept by the other three."""

    chain_id: UUID
    publisher: Publisher
    position: int
    head: Digest
