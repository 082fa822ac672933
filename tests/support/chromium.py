"""The browser for the tests: the one that is installed, never a download."""

import os
import shutil
from pathlib import Path

from tests.support import debian
from tests.support.skips import CannotHave, first_that_works

#: --no-sandbox because CI runs as root; the rest keeps it quiet and small.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find() -> str:
    """The path of the program; raises CannotHave."""
    ways = {"RAJUT_TEST_CHROMIUM": _named, "local": _local, "apt": _from_debian}
    return first_that_works("chromium", ways)


def _named() -> str:
    named = os.environ.get("RAJUT_TEST_CHROMIUM")
    if not named:
        raise CannotHave("not set")
    if not Path(named).exists():
        raise CannotHave("it names no file")
    return named


def _local() -> str:
    for name in _NAMES:
        if program := shutil.which(name, path=f"{os.environ['PATH']}:/usr/bin:/snap/bin"):
            return program
    for program in _ON_MACOS:
        if Path(program).exists():
            return program
    raise CannotHave(f"none of {', '.join(_NAMES)} found")


def _from_debian() -> str:
    debian.install("chromium", "fonts-dejavu-core")
    return _local()
