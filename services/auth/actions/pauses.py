"""A place to stop between reading and using up, where a test makes twelve requests meet."""

from collections.abc import Callable
from typing import Final

Pause = Callable[[str], None]

NONE: Final[Pause] = lambda _: None  # noqa: E731 - a value, named so that callers read well
