"""One batch of messages on its way to the broker, and what the broker has said about each."""

import threading
from collections.abc import Sequence

from shared.messaging.bus import Outcome
from shared.messaging.message import Message


class Batch:
    """Filled by the thread that talks to the broker, waited for by the one that publishes."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.settled = threading.Event()
        self._said: list[Outcome | None] = [None] * len(messages)
        self._waiting: dict[int, int] = {}
        self._returned: set[str] = set()

    def sent(self, tag: int, place: int) -> None:
        """Remember under which delivery tag the broker will answer for a message."""
        self._waiting[tag] = place

    def returned(self, message_id: str) -> None:
        """Note that nobody takes this message. The broker says so before it confirms it."""
        self._returned.add(message_id)

    def answered(self, last: int, *, multiple: bool, taken: bool) -> None:
        """Note an answer for one tag, or for all tags up to it."""
        tags = [tag for tag in self._waiting if tag <= last] if multiple else [last]
        for tag in tags:
            place = self._waiting.pop(tag, None)
            if place is not None:
                self._said[place] = self._outcome(place, taken=taken)
        if not self._waiting:
            self.settled.set()

    def lost(self) -> None:
        """Note that no more answers will come."""
        self._waiting.clear()
        self.settled.set()

    def outcomes(self) -> Sequence[Outcome]:
        """Return what became of each message; unknown where the broker did not answer."""
        return [said or Outcome.UNKNOWN for said in self._said]

    def _outcome(self, place: int, *, taken: bool) -> Outcome:
        if not taken:
            return Outcome.REFUSED
        back = str(self.messages[place].event_id) in self._returned
        return Outcome.RETURNED if back else Outcome.TAKEN
