"""An event in its envelope: CloudEvents 1.0, binary mode, as it lies in the outbox and travels.

Extension attributes: ``sequence`` (of its aggregate, from 1), ``partitionkey`` (the aggregate's
kind) and ``correlationid``. The routing key is the topic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cloudevents.core.bindings.rabbitmq import RabbitMQMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared.contracts.event import Publisher


class BrokenEnvelope(Exception):
    """What arrived is not one of our envelopes. The message names headers, never values."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One event on its way: who published it, about what, in which place of the order."""

    event_id: UUID
    publisher: Publisher
    topic: str
    aggregate: str
    aggregate_id: UUID
    sequence: int
    happened_at: datetime
    correlation_id: str
    body: bytes


def to_wire(message: Message) -> tuple[dict[str, str], bytes]:
    """Return the ``ce-*`` headers and the body."""
    made = to_binary(
        CloudEvent(
            {
                "specversion": "1.0",
                "id": str(message.event_id),
                "source": f"urn:rajut:{message.publisher}",
                "type": message.topic,
                "subject": str(message.aggregate_id),
                "time": message.happened_at.astimezone(UTC),
                "datacontenttype": "application/json",
                "sequence": str(message.sequence),
                "partitionkey": message.aggregate,
                "correlationid": message.correlation_id,
            },
            message.body,
        ),
        JSONFormat(),
    )
    return made.headers, made.body


def from_wire(headers: Mapping[str, object], body: bytes) -> Message:
    """Read an envelope back; raise BrokenEnvelope when it is not one of ours."""
    texts = {name: str(value) for name, value in headers.items() if name.startswith("ce-")}
    try:
        attributes = from_binary(
            RabbitMQMessage(headers=texts, content_type="text/plain", body=body),
            JSONFormat(),
            CloudEvent,
        ).get_attributes()
        return Message(
            event_id=UUID(attributes["id"]),
            publisher=Publisher(str(attributes["source"]).removeprefix("urn:rajut:")),
            topic=attributes["type"],
            aggregate=attributes["partitionkey"],
            aggregate_id=UUID(attributes["subject"]),
            sequence=int(attributes["sequence"]),
            happened_at=attributes["time"],
            correlation_id=str(attributes.get("correlationid", "")),
            body=body,
        )
    except Exception as error:  # noqa: BLE001 - whatever a stranger sent must park, not kill
        raise BrokenEnvelope(type(error).__name__) from None
