"""Installing a package on Debian, as root, without leaving a running system service behind."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.support.skips import CannotHave

_POLICY = Path("/usr/sbin/policy-rc.d")


def install(*packages: str, disable: str = "") -> None:
    """Installs them with apt-get; raises CannotHave when that is not for us to do."""
    if os.geteuid() != 0:
        raise CannotHave(f"not root (as root: apt-get install {' '.join(packages)})")
    if not shutil.which("apt-get") or not Path("/etc/debian_version").exists():
        raise CannotHave("not a Debian")
    with _one_at_a_time(), _no_service_starts():
        _apt("update", "-qq")
        _apt("install", "-y", "-qq", "--no-install-recommends", *packages)
    if disable and Path("/run/systemd/system").exists():
        subprocess.run(["systemctl", "disable", "--now", disable], capture_output=True, check=False)


def _apt(*words: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotHave(f"apt-get {words[0]}: {' | '.join(done.stderr.splitlines()[-2:])}")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two workers of one run may both lack something."""
    with Path(tempfile.gettempdir(), "rajut-apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _no_service_starts() -> Iterator[None]:
    """Debian asks this file before a package starts its service; 101 means no."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink(missing_ok=True)
