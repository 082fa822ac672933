"""Refuses changes before the disk is full, so that nothing is lost halfway; reading goes on."""

import shutil
import time
from pathlib import Path
from typing import Final

from shared.errors import Unavailable
from shared.storage.database import Database

#: A year of a unit's data fits into this many times over; a share of a large disk would be waste.
LEAST_BYTES: Final = 200 * 1024 * 1024
_ASK_EVERY_SECONDS: Final = 5.0


class DiskNearlyFull(Unavailable):
    """There is too little room left to promise that a change will be kept."""

    code = "disk_nearly_full"
    id = "Ruang simpan hampir habis. Perubahan ditolak supaya tidak ada yang hilang."
    en = "The disk is nearly full. Changes are refused so that nothing is lost."


_asked: dict[str, tuple[float, int]] = {}


def refuse_when_full(database: Database) -> None:
    """Raise DiskNearlyFull when the disk under an SQLite file has too little room left.

    PostgreSQL keeps watch over its own disk; this process cannot see it.
    """
    if database.sqlite and database.url.database and _free(database.url.database) < LEAST_BYTES:
        raise DiskNearlyFull


def _free(file: str) -> int:
    asked_at, free = _asked.get(file, (0.0, 0))
    if time.monotonic() - asked_at > _ASK_EVERY_SECONDS or not asked_at:
        free = shutil.disk_usage(Path(file).resolve().parent).free
        _asked[file] = (time.monotonic(), free)
    return free
