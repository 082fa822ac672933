"""The relay: hands what lies in the outbox to the bus, and marks as sent only what was taken."""

from shared.clock import now
from shared.log import logger
from shared.messaging.bus import Bus, Outcome
from shared.storage.outbox import mark_refused, mark_sent, unsent
from shared.storage.work import Ground


class Relay:
    """Empties the outbox of one service. One relay a service is active at a time (see Leader)."""

    def __init__(self, ground: Ground, bus: Bus, *, batch: int = 500) -> None:
        self._ground = ground
        self._bus = bus
        self._batch = batch
        self._log = logger(f"{ground.publisher}.relay")

    def drain(self) -> int:
        """Publish one batch of what waits, oldest first; return how many were taken.

        No transaction is open while the bus works. What gets no answer stays unsent and is
        published again; the subscribers' inboxes drop the second copy.
        """
        tables = self._ground.kit.outbox
        with self._ground.database.read() as connection:
            waiting = unsent(
                connection, tables, self._ground.publisher, at=now(), limit=self._batch
            )
        if not waiting:
            return 0
        outcomes = self._bus.publish(list(waiting.values()))
        answered = dict(zip(waiting, outcomes, strict=True))
        return self._mark(answered)

    def _mark(self, answered: dict[int, Outcome]) -> int:
        tables = self._ground.kit.outbox
        taken = [row_id for row_id, outcome in answered.items() if outcome is Outcome.TAKEN]
        with self._ground.database.begin() as connection:
            mark_sent(connection, tables, taken, now())
            for row_id, outcome in answered.items():
                if outcome in (Outcome.RETURNED, Outcome.REFUSED):
                    self._log.warning("not_taken", outcome=outcome.value, row=row_id)
                    mark_refused(connection, tables, row_id, why=outcome.value, at=now())
        return len(taken)
