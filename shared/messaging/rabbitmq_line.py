"""A line to the broker: how it is opened, and how long to wait before trying again."""

import logging
import random
from typing import Any, Final

import pika

#: pika tells its troubles with whole stack traces; we say in one line what became of a line.
logging.getLogger("pika").setLevel(logging.CRITICAL)

_SHORTEST: Final = 0.25
_LONGEST: Final = 15.0


def line_to(url: str, purpose: str) -> Any:
    """Return the parameters of a connection in which nothing can hang for ever.

    Each limit answers a hang that was seen (messaging.md, 3.2): a peer that is gone (heartbeat),
    a broker that is out of memory or disk (blocked), a network that swallows packets (the rest).
    """
    parameters = pika.URLParameters(url)
    parameters.heartbeat = 20
    parameters.blocked_connection_timeout = 30
    parameters.socket_timeout = 5
    parameters.stack_timeout = 10
    parameters.connection_attempts = 1
    parameters.client_properties = {"connection_name": f"rajut {purpose}"}
    return parameters


def user_of(parameters: Any) -> str | None:
    """Return the user who signs in on a line; None when a certificate says who it is."""
    return getattr(parameters.credentials, "username", None)


class Pause:
    """How long to wait before the next try: 0.25 s, then longer, at most 15 s, never in step."""

    def __init__(self) -> None:
        self._longest = _SHORTEST

    def reset(self) -> None:
        """Begin anew: it worked."""
        self._longest = _SHORTEST

    def next(self) -> float:
        """Return the seconds to wait now."""
        seconds = random.uniform(_SHORTEST, max(_SHORTEST * 2, self._longest))  # noqa: S311 - jitter, not a secret
        self._longest = min(self._longest * 2, _LONGEST)
        return seconds
