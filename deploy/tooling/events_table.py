"""The table of events: what is told, by whom, about what, and who listens."""

import pkgutil
from collections.abc import Iterable
from dataclasses import fields
from importlib import import_module
from importlib.util import find_spec

import shared.contracts
from shared.contracts.event import EVENTS, PUBLISHERS, Event, Publisher

_ENVELOPE = {"event_id", "happened_at"}


def every_event() -> str:
    """All events of the network with their fields and listeners."""
    lines = [
        _line(topic, _sentence(kind), _publishers(topic), _listeners(kind), _fields(kind))
        for topic, kind in _events()
    ]
    return "\n".join([_head("event", "says", "published by", "heard by", "fields"), *lines])


def events_published_by(service: Publisher) -> str:
    """The events of one service."""
    lines = [
        _line(topic, _sentence(kind), _listeners(kind))
        for topic, kind in _events()
        if service in PUBLISHERS[topic]
    ]
    return "\n".join([_head("event it publishes", "says", "heard by"), *lines])


def _events() -> list[tuple[str, type[Event]]]:
    for module in pkgutil.iter_modules(shared.contracts.__path__):
        import_module(f"shared.contracts.{module.name}")
    return sorted(EVENTS.items())


def _listeners(kind: type[Event]) -> str:
    return ", ".join(service for service in Publisher if kind in _subscriptions(service))


def _subscriptions(service: Publisher) -> Iterable[type[Event]]:
    name = f"services.{service}.subscriptions"
    if find_spec(name) is None:
        return ()
    listened: Iterable[type[Event]] = import_module(name).SUBSCRIPTIONS
    return listened


def _publishers(topic: str) -> str:
    return ", ".join(sorted(PUBLISHERS[topic]))


def _fields(kind: type[Event]) -> str:
    return ", ".join(f"`{each.name}`" for each in fields(kind) if each.name not in _ENVELOPE)


def _sentence(kind: type[Event]) -> str:
    return (kind.__doc__ or "").strip().split("\n")[0]


def _head(*titles: str) -> str:
    return f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}"


def _line(topic: str, *cells: str) -> str:
    return f"| `{topic}` | {' | '.join(cell.replace('|', '/') for cell in cells)} |"
