"""Real threads that start together, for the tests of what two do at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def together(number: int, work: Callable[[int], T]) -> list[T | Exception]:
    """What each of so many threads returned or raised, in their order."""
    start = threading.Barrier(number)

    def one(place: int) -> T | Exception:
        start.wait(timeout=30)
        try:
            return work(place)
        except Exception as error:  # noqa: BLE001 - what was raised is the answer
            return error

    with ThreadPoolExecutor(max_workers=number) as pool:
        return list(pool.map(one, range(number)))
