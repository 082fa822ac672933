"""The AsyncAPI 3 document of the network's events, made from their declarations."""

import json
import tomllib
import types
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from deploy.tooling.events_table import events, sentence
from shared.contracts.codec import body_of, schema_of
from shared.contracts.event import PUBLISHERS, Digest, Event
from shared.messaging.topology import Topology

Json = dict[str, Any]
Declared = Sequence[tuple[str, type[Event]]]

_PROJECT: Final = Path(__file__).resolve().parents[2] / "pyproject.toml"
_UUID: Final = {"type": "string", "format": "uuid"}
_PLAIN: Final[Mapping[type, Json]] = {
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    UUID: _UUID,
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Digest: {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256"},
}
_PROMISE: Final = (
    "An event is published if and only if the change it reports was committed; it reaches every "
    "subscriber at least once; its effect happens once; and for one aggregate in order. "
    "CloudEvents 1.0, binary mode over AMQP 0-9-1. No event carries free text. "
    "A field that is not described here has to be ignored."
)


def asyncapi() -> str:
    """Return the whole document as JSON text."""
    declared = events()
    document = {
        "asyncapi": "3.0.0",
        "info": _project(),
        "defaultContentType": "application/json",
        "channels": {topic: _channel(topic, kind) for topic, kind in declared},
        "operations": dict(_operations(declared)),
        "components": {
            "messages": {kind.__name__: message_of(topic, kind) for topic, kind in declared},
            "schemas": {
                "Envelope": envelope(),
                **dict(sorted(_code_lists(declared), key=itemgetter(0))),
            },
        },
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def message_of(topic: str, kind: type[Event]) -> Json:
    """Return the description of one event: its headers and its body."""
    return {
        "name": topic,
        "title": sentence(kind),
        "contentType": "application/json",
        "headers": headers_of(topic),
        "payload": payload_of(kind),
    }


def headers_of(topic: str) -> Json:
    """Return the JSON schema of the headers of one event: the envelope, said more narrowly."""
    sources = [f"urn:rajut:{publisher}" for publisher in sorted(PUBLISHERS[topic])]
    narrower = {
        "ce-source": {"enum": sources},
        "ce-type": {"const": topic},
        "ce-partitionkey": {"const": topic.split(".", 1)[0]},
    }
    return {"allOf": [{"$ref": "#/components/schemas/Envelope"}, {"properties": narrower}]}


def envelope() -> Json:
    """Return the JSON schema of the ``ce-*`` headers that every event has."""
    told = {
        "ce-specversion": {"const": "1.0"},
        "ce-id": {**_UUID, "description": "The event; the same event may arrive more than once."},
        "ce-source": {"type": "string", "description": "The service that tells it."},
        "ce-type": {"type": "string", "description": "The topic."},
        "ce-subject": {**_UUID, "description": "The aggregate the event is about."},
        "ce-time": {**_PLAIN[datetime], "description": "When it happened, in the unit's time."},
        "ce-sequence": {
            "type": "string",
            "pattern": "^[1-9][0-9]*$",
            "description": "Its place among the events of its aggregate: 1, 2, 3 and so on.",
        },
        "ce-partitionkey": {"type": "string", "description": "The kind of aggregate."},
        "ce-correlationid": {"type": "string", "maxLength": 64},
    }
    return {"type": "object", "required": list(told), "properties": told}


def payload_of(kind: type[Event]) -> Json:
    """Return the JSON schema of an event's body."""
    hints, fields = get_type_hints(kind), schema_of(kind).fields
    names = [each.name for each in body_of(kind)]
    return {
        "type": "object",
        "required": [name for name in names if fields[name].required],
        "properties": {name: _schema(hints[name]) for name in names},
    }


def _schema(hint: Any) -> Json:
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return {"oneOf": [_schema(inner), {"type": "null"}]}
    if get_origin(hint) is frozenset:
        return {"type": "array", "uniqueItems": True, "items": _schema(get_args(hint)[0])}
    if issubclass(hint, Enum):
        return {"$ref": f"#/components/schemas/{hint.__name__}"}
    return _PLAIN[hint]


def _code_lists(declared: Declared) -> Iterator[tuple[str, Json]]:
    for _, kind in declared:
        hints = get_type_hints(kind)
        for each in body_of(kind):
            yield from _codes_in(hints[each.name])


def _codes_in(hint: Any) -> Iterator[tuple[str, Json]]:
    for arg in get_args(hint):
        yield from _codes_in(arg)
    if isinstance(hint, type) and issubclass(hint, Enum):
        codes = [code.value for code in hint]
        yield hint.__name__, {"type": "string", "description": sentence(hint), "enum": codes}


def _channel(topic: str, kind: type[Event]) -> Json:
    exchange = {"name": Topology(followers={}).events, "type": "topic", "durable": True}
    return {
        "address": topic,
        "description": sentence(kind),
        "messages": {kind.__name__: {"$ref": f"#/components/messages/{kind.__name__}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
    }


def _operations(declared: Declared) -> Iterator[tuple[str, Json]]:
    for topic, kind in declared:
        for publisher in sorted(PUBLISHERS[topic]):
            channel = {"$ref": f"#/channels/{topic}"}
            messages = [{"$ref": f"#/channels/{topic}/messages/{kind.__name__}"}]
            told = {"action": "send", "channel": channel, "messages": messages}
            yield f"{publisher}.tells.{topic}", told


def _project() -> Json:
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    return {
        "title": "RAJUT events",
        "version": project["version"],
        "description": _PROMISE,
        "license": {"name": project["license"]},
    }
