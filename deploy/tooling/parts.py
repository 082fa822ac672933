"""Runs the parts of `make check` and `make test`, and says how long each one took.

All parts run even when one fails, so that one round shows everything; pytest comes last, so that
its summary is what one sees. The tools run side by side and the tests share the cores.
"""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TOOLS: Final = Path(sys.executable).parent
_CODE: Final = ("services", "shared", "deploy", "tests")

LINT: Final[Mapping[str, Sequence[str]]] = {
    "types": ("mypy",),
    "imports": ("lint-imports", "--no-logo"),
    "lint": ("ruff", "check", *_CODE),
    "form": ("ruff", "format", "--check", *_CODE),
    "dependencies": ("deptry", "."),
}
#: What answers within two minutes: the rules, the kit, the contracts and the shape of the tree.
_FAST: Final = ("tests/unit", "tests/architecture", "tests/contracts")
_QUICK: Final = "not containers and not browser and not slow"
_PYTEST: Final = ("pytest", "-q", "-n", "auto", "--maxprocesses", "4")
TESTS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "check": {"fast tests": (*_PYTEST, "-m", _QUICK, *_FAST)},
    "test": {"all tests": (*_PYTEST, "--durations=10")},
}


@dataclass(frozen=True)
class Done:
    """How one part went."""

    failed: bool
    seconds: float
    said: str


def run(parts: Mapping[str, Sequence[str]], *, heard: bool) -> list[str]:
    """Runs the parts, two at a time, and gives back the names of those that failed.

    What a part says is shown when it has ended, or as it comes when it is ``heard``.
    """
    with ThreadPoolExecutor(2) as pool:
        running = {name: pool.submit(_run, command, heard) for name, command in parts.items()}
        for name, part in running.items():
            print(f"== {name}: {' '.join(parts[name])}", flush=True)
            done = part.result()
            outcome = "failed" if done.failed else "passed"
            print(f"{done.said}   {name} {outcome} in {done.seconds:.1f} s", flush=True)
    return [name for name, part in running.items() if part.result().failed]


def _run(command: Sequence[str], heard: bool) -> Done:
    begun = time.monotonic()
    done = subprocess.run(
        [str(_TOOLS / command[0]), *command[1:]],
        stdout=None if heard else subprocess.PIPE,
        stderr=None if heard else subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Done(done.returncode != 0, time.monotonic() - begun, done.stdout or "")


def main() -> int:
    """Runs what the command line names; 1 when anything failed."""
    scrolled_by = run(LINT, heard=False)
    failed = run(TESTS[sys.argv[1]], heard=True)
    if scrolled_by:
        print(f"failed besides, see above: {', '.join(scrolled_by)}", file=sys.stderr)
    return int(bool(scrolled_by or failed))


if __name__ == "__main__":
    sys.exit(main())
