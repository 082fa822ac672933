"""Temporary files in memory where there is room: SQLite waits for the disk at every commit."""

import os
import shutil
from pathlib import Path

_RAMDISK = Path("/dev/shm")  # noqa: S108 - pytest makes folders of its own there
_ROOM = 1_000_000_000


def use_for_temporary_files() -> None:
    """Lets pytest make its temporary folders in memory; where that cannot be, nothing changes."""
    if os.access(_RAMDISK, os.W_OK | os.X_OK) and shutil.disk_usage(_RAMDISK).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_RAMDISK))
