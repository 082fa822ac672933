"""Runs the parts of `make check` and `make test`, and says how long each one took.

All parts run even when one fails, so that one round shows everything; pytest comes last, so that
its summary is what one sees.
"""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

_TOOLS: Final = Path(sys.executable).parent
_CODE: Final = ("services", "shared", "deploy", "tests")

LINT: Final[Mapping[str, Sequence[str]]] = {
    "lint": ("ruff", "check", *_CODE),
    "form": ("ruff", "format", "--check", *_CODE),
    "types": ("mypy",),
    "imports": ("lint-imports", "--no-logo"),
    "dependencies": ("deptry", "."),
}
CHECK: Final = {
    **LINT,
    "fast tests": ("pytest", "-q", "-m", "not containers and not browser and not slow"),
}
TEST: Final = {**LINT, "all tests": ("pytest", "-q", "--durations=10")}


def run(parts: Mapping[str, Sequence[str]]) -> list[str]:
    """Runs each part and gives back the names of those that failed."""
    failed = []
    for name, command in parts.items():
        print(f"== {name}: {' '.join(command)}", flush=True)
        begun = time.monotonic()
        done = subprocess.run([str(_TOOLS / command[0]), *command[1:]], check=False)
        outcome = "failed" if done.returncode else "passed"
        if command[0] != "pytest":
            print(f"   {name} {outcome} in {time.monotonic() - begun:.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
    return failed


def main() -> int:
    """Runs what the command line names; 1 when anything failed."""
    failed = run({"check": CHECK, "test": TEST}[sys.argv[1]])
    scrolled_by = [name for name in failed if name in LINT]
    if scrolled_by:
        print(f"failed besides, see above: {', '.join(scrolled_by)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
