"""What an event is, and the list of every event the network knows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeVar, dataclass_transform
from uuid import UUID

from shared.identifiers import new_id


class Publisher(StrEnum):
    """The services, by the names under which they publish."""

    INTAKE = "intake"
    REFERRAL = "referral"
    MONITORING = "monitoring"
    AUTH = "auth"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that has happened, told in the past tense. It carries no free text.

    ``happened_at`` is the time in the unit's world; the envelope adds when it was recorded.
    """

    topic: ClassVar[str]
    version: ClassVar[int]
    about: ClassVar[str]

    event_id: UUID = field(default_factory=new_id)
    happened_at: datetime

    @property
    def aggregate(self) -> str:
        """The kind of thing the event is about: the part of the topic before the dot."""
        return self.topic.split(".", 1)[0]

    @property
    def aggregate_id(self) -> UUID:
        """The thing the event is about; events of one aggregate arrive in order."""
        found = getattr(self, self.about)
        assert isinstance(found, UUID)  # noqa: S101 - declared so by @event, for the type checker
        return found


@dataclass(frozen=True)
class Digest:
    """A SHA-256 digest, 64 hexadecimal characters; it stands for something and tells nothing."""

    hex: str

    def __post_init__(self) -> None:
        if len(self.hex) != 64 or set(self.hex) - set("0123456789abcdef"):
            raise ValueError("a digest is 64 hexadecimal characters")


E = TypeVar("E", bound=Event)

EVENTS: dict[str, type[Event]] = {}
PUBLISHERS: dict[str, frozenset[Publisher]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(
    topic: str, *, about: str, by: Publisher | tuple[Publisher, ...], version: int = 1
) -> Callable[[type[E]], type[E]]:
    """Declare an event: its topic (``referral.accepted``), the aggregate's field, who publishes."""

    def declare(cls: type[E]) -> type[E]:
        cls.topic, cls.version, cls.about = topic, version, about
        declared = dataclass(frozen=True, kw_only=True)(cls)
        if topic in EVENTS:
            raise ValueError(f"{topic} is declared twice")
        EVENTS[topic] = declared
        PUBLISHERS[topic] = frozenset((by,) if isinstance(by, Publisher) else by)
        return declared

    return declare
