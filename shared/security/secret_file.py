"""Files for secrets: readable by their owner alone, whole or not there, made by one process."""

import contextlib
import os
import tempfile
from pathlib import Path


def made_once(file: Path, text: str) -> None:
    """Make a file of mode 600 with this text, unless somebody made it first; theirs stays."""
    handle, draft = tempfile.mkstemp(dir=file.parent)  # mkstemp gives mode 600
    try:
        with os.fdopen(handle, "w") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()
