"""Waiting for what other threads and servers do: asked often, never longer than a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

Found = TypeVar("Found")


def eventually(ask: Callable[[], Found], *, within: float = 60.0) -> Found:
    """The first true answer; the test fails with the last answer when none comes in time."""
    until = time.monotonic() + within
    while not (answer := ask()):
        if time.monotonic() > until:
            pytest.fail(f"still {answer!r} after {within} s")
        time.sleep(0.01)
    return answer
