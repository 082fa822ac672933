"""Reads the drawing at the top of a module, so that a test can hold it against the table."""

import re
from types import ModuleType

_LINE = re.compile(r"^(\S+)\s+--(\S+?)-->\s+(\S+)", re.MULTILINE)


def drawn(module: ModuleType) -> set[tuple[str, str, str]]:
    """Every arrow of the drawing: from, move, to."""
    found = {(start, move, end) for start, move, end in _LINE.findall(module.__doc__ or "")}
    assert found, f"{module.__name__} has no drawing"
    return found
