"""The table of events: what is told, by whom, about what, and who listens."""

import pkgutil
from dataclasses import fields
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import shared.contracts
from shared.contracts.event import EVENTS, PUBLISHERS, Event, Publisher
from shared.worker.consumer import Subscriptions
from shared.worker.standing import KIT_SUBSCRIPTIONS

_ENVELOPE = {"event_id", "happened_at"}


def every_event() -> str:
    """All events of the network with their fields and listeners."""
    lines = [
        _line(
            topic, sentence(kind), _publishers(topic), ", ".join(listeners_of(kind)), _fields(kind)
        )
        for topic, kind in events()
    ]
    return "\n".join([_head("event", "says", "published by", "heard by", "fields"), *lines])


def events_published_by(service: Publisher) -> str:
    """The events of one service."""
    lines = [
        _line(topic, sentence(kind), ", ".join(listeners_of(kind)))
        for topic, kind in events()
        if service in PUBLISHERS[topic]
    ]
    return "\n".join([_head("event it publishes", "says", "heard by"), *lines])


def events_heard_by(service: Publisher) -> str:
    """What a service does with the events of the others."""
    lines = [
        _line(topic, f"`{subscriptions_of(service)[kind].__name__}`", _publishers(topic))
        for topic, kind in events()
        if service in listeners_of(kind)
    ]
    return "\n".join([_head("event it hears", "does", "published by"), *lines])


def events() -> list[tuple[str, type[Event]]]:
    """Every event of the contracts with its topic, in the order of the topics."""
    for module in pkgutil.iter_modules(shared.contracts.__path__):
        import_module(f"shared.contracts.{module.name}")
    return sorted(EVENTS.items())


def listeners_of(kind: type[Event]) -> list[Publisher]:
    """Who does something with an event; a service does not hear what only it tells."""
    return [
        service
        for service in Publisher
        if kind in subscriptions_of(service) and PUBLISHERS[kind.topic] != {service}
    ]


def subscriptions_of(service: Publisher) -> Subscriptions[Any]:
    """What a service does with which event, and what every service does."""
    name = f"services.{service}.subscriptions"
    own = import_module(name).SUBSCRIPTIONS if find_spec(name) else {}
    return {**KIT_SUBSCRIPTIONS, **own}


def _publishers(topic: str) -> str:
    return ", ".join(sorted(PUBLISHERS[topic]))


def _fields(kind: type[Event]) -> str:
    return ", ".join(f"`{each.name}`" for each in fields(kind) if each.name not in _ENVELOPE)


def sentence(kind: type[object]) -> str:
    """What a declaration says about itself, in one line."""
    return (kind.__doc__ or "").strip().split("\n")[0]


def _head(*titles: str) -> str:
    return f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}"


def _line(topic: str, *cells: str) -> str:
    return f"| `{topic}` | {' | '.join(cell.replace('|', '/') for cell in cells)} |"
