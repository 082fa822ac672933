"""Event to JSON and back. The schema is derived from the declaration, so a field is written once.

Outside ``event.py`` and the contract modules on purpose: domains import those and must not
drag marshmallow in.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import marshmallow as ma

from shared.contracts.event import EVENTS, Digest, Event


class UnknownEvent(Exception):
    """The topic is not in this network's contracts."""


class BrokenEvent(Exception):
    """The body does not keep its contract. The message names fields, never values."""


class DigestField(ma.fields.Field[Digest]):
    """A SHA-256 digest as 64 hexadecimal characters."""

    def _serialize(self, value: Digest | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else value.hex

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Digest:
        try:
            return Digest(str(value))
        except ValueError as error:
            raise ma.ValidationError(str(error)) from None


class CodeSetField(ma.fields.List[Any]):
    """A set of codes, sorted on the wire so that the same set has the same bytes."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **named: Any) -> list[Any] | None:
        ordered = None if value is None else sorted(value, key=lambda code: code.value)
        return super()._serialize(ordered, attr, obj, **named)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **named: Any) -> Any:
        return frozenset(super()._deserialize(value, attr, data, **named))


_PLAIN: Mapping[type, type[ma.fields.Field[Any]]] = {
    int: ma.fields.Integer,
    bool: ma.fields.Boolean,
    UUID: ma.fields.UUID,
    date: ma.fields.Date,
    datetime: ma.fields.AwareDateTime,
    Digest: DigestField,
}

_SCHEMAS: dict[type[Event], ma.Schema] = {}


def encode(event: Event) -> bytes:
    """Return the JSON body of an event: its fields without the envelope's id and time."""
    return json.dumps(schema_of(type(event)).dump(event), separators=(",", ":")).encode()


def decode(topic: str, body: bytes, *, event_id: UUID, happened_at: datetime) -> Event:
    """Read an event back; raise UnknownEvent or BrokenEvent. Fields we do not know are let pass."""
    declared = EVENTS.get(topic)
    if declared is None:
        raise UnknownEvent(topic)
    try:
        loaded = cast(Mapping[str, Any], schema_of(declared).load(json.loads(body)))
        return declared(**loaded, event_id=event_id, happened_at=happened_at)
    except (ValueError, ma.ValidationError) as error:
        named = sorted(getattr(error, "messages_dict", {})) or ["body"]
        raise BrokenEvent(f"{topic}: {', '.join(named)}") from None


def schema_of(declared: type[Event]) -> ma.Schema:
    """Return the marshmallow schema derived from an event's declaration."""
    if declared not in _SCHEMAS:
        hints = get_type_hints(declared)
        made = {f.name: field_for(hints[f.name], required=_required(f)) for f in body_of(declared)}
        shape = ma.Schema.from_dict(made, name=f"{declared.__name__}Schema")
        _SCHEMAS[declared] = shape(unknown=ma.EXCLUDE)
    return _SCHEMAS[declared]


def body_of(declared: type[Event]) -> tuple[Field[Any], ...]:
    """Return the fields that travel in the body; id and time travel in the envelope."""
    return tuple(f for f in fields(declared) if f.name not in {"event_id", "happened_at"})


def field_for(hint: Any, *, required: bool) -> ma.fields.Field[Any]:
    """Return the marshmallow field for a declared type; KeyError for a type that may not travel."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        nullable = field_for(inner, required=required)
        nullable.allow_none = True
        return nullable
    if get_origin(hint) is frozenset:
        return CodeSetField(field_for(get_args(hint)[0], required=True), required=required)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ma.fields.Enum(hint, by_value=True, required=required)
    return _PLAIN[hint](required=required)


def _required(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING
