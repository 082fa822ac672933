"""Folders and processes of the test run's own: they end with the run, however it ends."""

import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.support.skips import CannotHave

_undo: list[Callable[[], None]] = []


def at_the_end(undo: Callable[[], None]) -> None:
    """Remembers what to take down; the last is taken down first."""
    _undo.append(undo)


@atexit.register
def end_everything() -> None:
    """Ends what this run started. Called at the session's end, and again when Python leaves."""
    while _undo:
        _undo.pop()()


class Watch:
    """A small shell that does the cleaning when the run is killed before it could."""

    def __init__(self, script: str, *words: str) -> None:
        self._shell = subprocess.Popen(
            ["/bin/sh", "-c", f"cat >/dev/null; {script}", "watch", *words],
            stdin=subprocess.PIPE,  # it is closed by the kernel when we die, and cat returns
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def call_off(self) -> None:
        self._shell.kill()
        self._shell.wait()
        assert self._shell.stdin is not None
        self._shell.stdin.close()


def own_folder() -> Path:
    """Makes a folder that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="rajut-"))
    watch = Watch('sleep 3; rm -rf -- "$1"', str(folder))

    def remove() -> None:
        watch.call_off()
        shutil.rmtree(folder, ignore_errors=True)

    at_the_end(remove)
    return folder


class OwnProcess:
    """A server in a process group of its own, known by its id and by nothing else."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        owner: int | None = None,
        ends_by: signal.Signals = signal.SIGKILL,
    ) -> None:
        """Raises CannotHave when the program does not start at all."""
        try:
            with log.open("ab") as out:
                self._process = subprocess.Popen(
                    command,
                    env=env,
                    user=owner,
                    cwd=log.parent,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
        except OSError as why:
            raise CannotHave(f"{command[0]} does not start: {why.strerror}") from why
        self._log = log
        self._ends_by = ends_by
        self._ended = False
        self._watch = Watch(f'kill -{int(ends_by)} "-$1"', str(self.pid))
        at_the_end(self.end)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Raises CannotHave, with the end of the log, when it ends or is late."""
        until = time.monotonic() + seconds
        while not ready():
            if not self.is_running or time.monotonic() > until:
                self.end()
                raise CannotHave(f"it did not come up: {last_lines(self._log)}")
            time.sleep(0.05)

    def end(self, by: signal.Signals | None = None) -> None:
        """Ends the group and waits for it; a second call finds nothing to do."""
        if self._ended:
            return  # the id may be somebody else's by now
        self._ended = True
        self._watch.call_off()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, by or self._ends_by)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()


def last_lines(log: Path, *, lines: int = 3) -> str:
    """The end of a log on one line, for a reason."""
    text = log.read_text(errors="replace") if log.exists() else ""
    return " | ".join(text.strip().splitlines()[-lines:]) or "it said nothing"


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
