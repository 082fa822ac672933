"""Writes the two lock files: every package by version and hash, for each Python and system.

What an installation needs is locked first; what tests need is locked to fit it. The files name
no index and no folder, so they can be used behind any mirror.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

RUNTIME: Final = Path("deploy/requirements.txt")
DEVELOPMENT: Final = Path("deploy/requirements-dev.txt")

_HEAD: Final = """\
# Written by `make lock` from pyproject.toml: {purpose}.
# Install with: pip install --require-hashes --requirement {path}
"""
_COMPILE: Final = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet"),
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url"),
)


def main() -> None:
    """Locks both; raises CalledProcessError, after uv has said why, when they do not resolve."""
    _lock(RUNTIME, "what an installation needs", "pyproject.toml")
    _lock(
        DEVELOPMENT,
        "what tests and checks need besides",
        *("--group", "pyproject.toml:dev", "--constraint", str(RUNTIME)),
    )


def _lock(path: Path, purpose: str, *sources: str) -> None:
    """Keeps the versions that are locked already; --upgrade on the command line renews them."""
    command = [*_COMPILE, "--output-file", str(path), *sys.argv[1:], *sources]
    subprocess.run(command, check=True)
    path.write_text(_HEAD.format(purpose=purpose, path=path) + path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
