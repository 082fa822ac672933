"""Every event survives the wire, keeps its published description and cannot carry free text."""

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints
from uuid import UUID

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.tooling.events_table import events
from deploy.tooling.map_asyncapi import asyncapi
from shared.contracts import codec
from shared.contracts.event import Digest, Event, Publisher
from shared.identifiers import new_id
from shared.messaging.message import Message, from_wire, to_wire

DECLARED = dict(events())
DOCUMENT = json.loads(asyncapi())

PLAIN = {
    bool: st.booleans(),
    int: st.integers(-(2**40), 2**40),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: st.datetimes(
        min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        timezones=st.sampled_from([UTC, *(timezone(timedelta(hours=h)) for h in (7, 8, 9))]),
    ),
    Digest: st.text("0123456789abcdef", min_size=64, max_size=64).map(Digest),
    NoneType: st.none(),
}


def values_of(hint):
    """Any value of a type that may travel; KeyError for one that may not."""
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([values_of(arg) for arg in get_args(hint)])
    if get_origin(hint) is frozenset:
        (inner,) = get_args(hint)
        assert issubclass(inner, Enum)
        return st.frozensets(values_of(inner))
    return st.sampled_from(hint) if issubclass(hint, Enum) else PLAIN[hint]


def an_event(kind):
    hints = get_type_hints(kind)
    return st.builds(
        kind, **{field.name: values_of(hints[field.name]) for field in dataclasses.fields(kind)}
    )


def enveloped(event):
    return Message(
        event_id=event.event_id,
        publisher=Publisher.INTAKE,
        topic=event.topic,
        aggregate=event.aggregate,
        aggregate_id=event.aggregate_id,
        sequence=1,
        happened_at=event.happened_at,
        correlation_id=str(new_id()),
        body=codec.encode(event),
    )


@pytest.mark.parametrize("topic", DECLARED)
def test_every_event_arrives_as_it_was_told(topic):
    @settings(max_examples=15, deadline=None)
    @given(an_event(DECLARED[topic]))
    def arrives(event):
        got = from_wire(*to_wire(enveloped(event)))
        read = codec.decode(got.topic, got.body, event_id=got.event_id, happened_at=got.happened_at)
        assert read == event
        assert codec.encode(read) == got.body

    arrives()


@pytest.mark.parametrize("topic", DECLARED)
def test_every_event_keeps_its_published_description(topic):
    message = DOCUMENT["components"]["messages"][DECLARED[topic].__name__]
    body, headers = (checker(message[part]) for part in ("payload", "headers"))

    @settings(max_examples=5, deadline=None)
    @given(an_event(DECLARED[topic]))
    def keeps(event):
        told = dataclasses.replace(enveloped(event), publisher=publisher_of(topic))
        wire, raw = to_wire(told)
        body.validate(json.loads(raw))
        headers.validate(wire)
        assert set(wire) == set(DOCUMENT["components"]["schemas"]["Envelope"]["properties"])

    keeps()


def publisher_of(topic):
    from shared.contracts.event import PUBLISHERS

    return sorted(PUBLISHERS[topic])[0]


def checker(schema):
    whole = {**schema, "components": DOCUMENT["components"]}
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(whole, format_checker=jsonschema.FormatChecker())


def test_the_description_refuses_what_is_not_an_event():
    body = checker(DOCUMENT["components"]["messages"]["CaseRiskChanged"]["payload"])
    good = {"case_id": str(new_id()), "unit_id": str(new_id()), "risk": "TINGGI"}

    assert body.is_valid(good)
    assert not body.is_valid({**good, "risk": "sangat tinggi"})
    assert not body.is_valid({**good, "case_id": 7})
    assert not body.is_valid({"risk": "TINGGI"})


@pytest.mark.parametrize("free", [str, bytes, float, dict, list[str], frozenset[str], str | None])
def test_free_text_cannot_be_declared(free):
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Told(Event):
        case_id: UUID
        story: free

    with pytest.raises(KeyError):
        codec.schema_of(Told)
    with pytest.raises((KeyError, AttributeError, TypeError)):
        codec.field_for(free, required=True)


def test_a_field_that_a_newer_publisher_added_is_let_pass():
    told = {"case_id": str(new_id()), "unit_id": str(new_id()), "risk": "RENDAH", "later": 1}

    read = codec.decode(
        "case.risk_changed",
        json.dumps(told).encode(),
        event_id=new_id(),
        happened_at=datetime.now(UTC),
    )

    assert read.risk == "RENDAH"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"[]", "_schema"),
        (b"\xff", "body"),
        (b"{}", "case_id, risk, unit_id"),
        (b'{"risk": "9972055207930001"}', "case_id, risk, unit_id"),
    ],
)
def test_a_broken_body_is_named_by_its_fields_and_never_by_its_values(body, named):
    with pytest.raises(codec.BrokenEvent) as caught:
        codec.decode("case.risk_changed", body, event_id=new_id(), happened_at=datetime.now(UTC))

    assert str(caught.value) == f"case.risk_changed: {named}"
