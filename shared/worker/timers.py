"""Timers of a service: each runs when it is due, once, wherever several clocks are running."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from shared.clock import now
from shared.log import logger
from shared.storage.dialect import for_update, insert_or_ignore
from shared.storage.work import Ground


@dataclass(frozen=True)
class Timer:
    """Something a service does every so often. ``run`` opens its own units of work."""

    name: str
    every: timedelta
    run: Callable[[Ground, datetime], None]


class Clock:
    """Runs the timers of one service. Claiming one puts it off for everybody else."""

    def __init__(self, ground: Ground, timers: Iterable[Timer]) -> None:
        self._ground = ground
        self._timers = tuple(timers)
        self._log = logger(f"{ground.publisher}.clock")

    def tick(self, at: datetime | None = None) -> int:
        """Run every timer that is due at this moment; return how many ran."""
        moment = at or now()
        due = [timer for timer in self._timers if self._claim(timer, moment)]
        for timer in due:
            try:
                timer.run(self._ground, moment)
            except Exception as error:  # noqa: BLE001 - one timer's fault must not stop the others
                self._log.error("timer_failed", timer=timer.name, exc_info=error)
        return len(due)

    def _claim(self, timer: Timer, at: datetime) -> bool:
        table = self._ground.kit.timers
        with self._ground.database.begin() as connection:
            insert_or_ignore(
                connection, table, {"name": timer.name, "next_at": at}, unless=["name"]
            )
            query = select(table.c.next_at).where(table.c.name == timer.name)
            due = connection.execute(for_update(connection, query)).scalar_one() <= at
            if due:
                connection.execute(
                    table.update()
                    .where(table.c.name == timer.name)
                    .values(next_at=at + timer.every)
                )
            return bool(due)
