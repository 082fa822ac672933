"""What a test needs and this machine cannot give: said aloud, and in CI a failure."""

import os
from collections.abc import Callable, Mapping
from typing import TypeVar

import pytest

Found = TypeVar("Found")

#: What was missing in this run, and why; printed last.
REASONS: dict[str, str] = {}


class CannotHave(Exception):
    """One way of getting a server does not work here; the text says why."""


def have(what: str, find: Callable[[], Found]) -> Found:
    """Finds it or skips the test with the reason; with CI=true a lack is a failure."""
    try:
        return find()
    except CannotHave as why:
        REASONS[what] = str(why)
    message = f"{what} cannot be had ({REASONS[what]})"
    if in_ci():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def first_that_works(what: str, ways: Mapping[str, Callable[[], Found]]) -> Found:
    """Tries the ways in their order; raises CannotHave with every reason when none works.

    RAJUT_TEST_WITHOUT="rabbitmq chromium:apt" hides a server, or one way of getting it.
    """
    hidden = os.environ.get("RAJUT_TEST_WITHOUT", "").replace(",", " ").split()
    if what in hidden:
        raise CannotHave("switched off by RAJUT_TEST_WITHOUT")
    refused = []
    for name, way in ways.items():
        if f"{what}:{name}" in hidden:
            refused.append(f"{name}: switched off by RAJUT_TEST_WITHOUT")
            continue
        try:
            return way()
        except CannotHave as why:
            refused.append(f"{name}: {why}")
    raise CannotHave("; ".join(refused))


def in_ci() -> bool:
    """Whether a machine that lacks something counts as broken."""
    return os.environ.get("CI", "").lower() in {"true", "1"}
