"""Events, codes and subscriptions fit together over all four services."""

import importlib
import inspect
import pkgutil
import re
from enum import StrEnum
from functools import cache

import pytest

import shared.contracts
from deploy.services import services
from deploy.tooling.events_table import events
from shared.contracts.codes import codes
from shared.contracts.event import EVENTS, PUBLISHERS, Publisher

CODE_LIST = re.compile(r"\((CL\d\d)\)")


def code_enums():
    """Every enumeration of the contracts that names a code list, with the name of the list."""
    for found in pkgutil.iter_modules(shared.contracts.__path__):
        module = importlib.import_module(f"shared.contracts.{found.name}")
        for name, kind in inspect.getmembers(module, inspect.isclass):
            listed = CODE_LIST.search(kind.__doc__ or "")
            if issubclass(kind, StrEnum) and kind.__module__ == module.__name__ and listed:
                yield pytest.param(kind, listed[1], id=name)


CODES = list(code_enums())


@cache
def network():
    return services()


@pytest.mark.parametrize(("kind", "listed"), CODES)
def test_the_codes_in_the_code_are_those_of_the_lists(kind, listed):
    assert [code.value for code in kind] == list(codes(listed))


def test_the_lists_are_found():
    assert len(CODES) > 10


def test_every_event_is_told_by_its_service_and_named_in_the_past():
    for topic, kind in events():
        assert PUBLISHERS[topic] <= set(Publisher)
        assert PUBLISHERS[topic], topic
        assert kind.about in {"case_id", f"{kind.topic.split('.')[0]}_id", "subject_id", "chain_id"}
        assert re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)*", topic), topic


def test_an_event_stands_in_the_file_of_its_publisher():
    astray = [
        topic
        for topic, kind in events()
        if kind.__module__ != "shared.contracts.audit"
        and {kind.__module__.rpartition(".")[2]} != PUBLISHERS[topic]
    ]

    assert astray == []


@pytest.mark.parametrize("service", Publisher)
def test_a_service_follows_only_declared_events_that_others_tell(service):
    from deploy.tooling.events_table import subscriptions_of
    from shared.worker.standing import KIT_SUBSCRIPTIONS

    own = {kind for kind in subscriptions_of(service) if kind not in KIT_SUBSCRIPTIONS}

    assert {kind.topic for kind in own} <= set(EVENTS)
    assert [kind.topic for kind in own if PUBLISHERS[kind.topic] == {service}] == []


def test_every_event_is_heard_by_another_service():
    unheard = [
        topic
        for topic, kind in events()
        if not any(
            kind in service.subscriptions
            for publisher, service in network().items()
            if PUBLISHERS[topic] != {publisher}
        )
    ]

    assert unheard == []


def test_every_event_finds_a_queue():
    """The broker returns what no queue asks for, and its outbox row would never be sent."""
    from deploy.services import followers

    hears = followers()
    lost = [
        topic
        for topic in EVENTS
        if not any(
            topic.split(".", 1)[0] in aggregates
            for follower, aggregates in hears.items()
            if PUBLISHERS[topic] != {follower}
        )
    ]

    assert lost == []
