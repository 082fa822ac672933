"""A real standalone process on a free port with its own data folder, started, killed, restarted."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.support.servers import Watch

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Live:
    """One process of the whole network. What it printed lies in ``said``."""

    def __init__(self, folder: Path, *, demo: bool = False) -> None:
        self.folder = folder
        self.demo = demo
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.said = folder.parent / f"{folder.name}.out.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, within: float = 300.0) -> "Live":
        """Start the process and wait until it answers."""
        environment = {**os.environ, "PORT": str(self.port), "RAJUT_DATA": str(self.folder)}
        environment.pop("RAJUT_PUBLIC_URL", None)
        command = [sys.executable, "-m", "deploy.standalone", *(["--demo"] if self.demo else [])]
        with self.said.open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=out, stderr=out
            )
        self._watch = Watch('kill -9 "$1"', str(self.process.pid))
        try:
            self._wait(within)
        except AssertionError:
            self.kill()
            raise
        return self

    def _wait(self, within: float) -> None:
        until = time.monotonic() + within
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"it ended with {self.process.returncode}:\n{self.output()}")
            try:
                if httpx.get(f"{self.url}/healthz", timeout=1).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError(f"it did not answer within {within} s:\n{self.output()}")

    def kill(self) -> None:
        """End it with SIGKILL: nothing of ours runs any more."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it with SIGTERM and return its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self._watch.call_off()
        self.process.send_signal(how)
        return self.process.wait(timeout=20)

    def output(self) -> str:
        """What it has printed so far."""
        return self.said.read_text(encoding="utf-8", errors="replace")
