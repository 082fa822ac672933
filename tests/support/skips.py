"""What a test needs and this machine cannot give: said aloud, and in CI a failure."""

import os
from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar

import pytest

Found = TypeVar("Found")

#: What was missing in this run, and why; printed last.
REASONS: dict[str, str] = {}


class CannotHave(Exception):
    """One way of getting a server does not work here; the text says why."""


def first_that_works(what: str, ways: Mapping[str, Callable[[], Found]]) -> Found:
    """Tries the ways in their order; raises CannotHave with every reason when none works."""
    refused = []
    for name, way in ways.items():
        if is_switched_off(what, name):
            refused.append(f"{name}: switched off by RAJUT_TEST_WITHOUT")
            continue
        try:
            return way()
        except CannotHave as why:
            refused.append(f"{name}: {why}")
    raise CannotHave("; ".join(refused))


def is_switched_off(what: str, way: str) -> bool:
    """RAJUT_TEST_WITHOUT="rabbitmq chromium:apt" hides a server, or one way of getting it."""
    hidden = os.environ.get("RAJUT_TEST_WITHOUT", "").replace(",", " ").split()
    return what in hidden or f"{what}:{way}" in hidden


def skip_or_fail(what: str, why: CannotHave) -> NoReturn:
    """Skips the test with its reason; with CI=true a machine that lacks something is broken."""
    REASONS[what] = str(why)
    message = f"{what} cannot be had ({why})"
    if in_ci():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"true", "1"}
