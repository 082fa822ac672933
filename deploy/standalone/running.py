"""Keeps a network running: the web server, the deliverer and the clock, until told to stop."""

import signal
import threading
from collections.abc import Callable
from typing import Any, Final

from waitress.server import create_server

from deploy.standalone.network import Network
from shared.log import logger

#: How soon what another process left (the rajut command) is noticed; our own wakes us at once.
_POLL_SECONDS: Final = 1.0
_TICK_SECONDS: Final = 1.0
_STOP_SECONDS: Final = 8.0


class Running:
    """One process that serves a network. Killing it loses nothing: the outbox is the store."""

    def __init__(self, network: Network, *, bind: str, port: int, proxies: int = 0) -> None:
        self._network = network
        self._stop = threading.Event()
        self._server = create_server(
            network.web,
            host=bind,
            port=port,
            threads=8,
            ident="",
            # Behind a proxy of ours the application itself believes as many hops as it was told.
            clear_untrusted_proxy_headers=proxies == 0,
        )
        self._threads = [
            threading.Thread(target=self._often, args=(self._deliver,), name="deliver"),
            threading.Thread(target=self._often, args=(self._tick,), name="clock"),
        ]
        self._log = logger("standalone")

    def serve(self) -> None:
        """Serve until SIGINT or SIGTERM."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._told_to_stop)
        for thread in self._threads:
            thread.start()
        try:
            self._server.run()
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            self._end()

    def _told_to_stop(self, *_: Any) -> None:
        self._stop.set()
        raise KeyboardInterrupt

    def _end(self) -> None:
        self._stop.set()
        self._network.awake.set()
        self._server.close()
        for thread in self._threads:
            thread.join(_STOP_SECONDS)
        self._network.close()

    def _often(self, once: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                once()
            except Exception as error:  # noqa: BLE001 - the loop outlives every fault and says so
                self._log.error("loop_failed", exc_info=error)
                self._stop.wait(1.0)

    def _deliver(self) -> None:
        self._network.awake.wait(_POLL_SECONDS)
        self._network.awake.clear()
        self._network.deliver()

    def _tick(self) -> None:
        self._network.tick()
        self._stop.wait(_TICK_SECONDS)
