"""Auth follows nobody but the kit's own events; it is the one who tells of access."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.contracts.event import Event
from shared.worker.standing import KIT_SUBSCRIPTIONS

SUBSCRIPTIONS: Final[Mapping[type[Event], Callable[[Any, Any], None]]] = {**KIT_SUBSCRIPTIONS}
