"""A line between us and a server that a test can cut."""

import contextlib
import socket
import threading

from tests.support.servers import free_port


class Cable:
    """Carries bytes both ways between a port of its own and a server's, until it is cut."""

    def __init__(self, host: str, port: int) -> None:
        self.port = free_port()
        self._server = (host, port)
        self._ends: list[socket.socket] = []
        self._whole = True
        self._silent: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", self.port))
        self._doorman = threading.Thread(target=self._admit, daemon=True)
        self._doorman.start()

    @property
    def lines(self) -> int:
        """How many lines were opened since the last cut."""
        return len(self._ends) // 2

    def cut(self) -> None:
        """Every open line ends at once; new ones are refused until it is mended."""
        self._whole = False
        while self._ends:
            end = self._ends.pop()
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def mend(self) -> None:
        self._whole = True

    def swallow(self) -> None:
        """The open lines stay open and nothing comes through them any more; new ones work."""
        self._silent |= set(self._ends)

    def take_away(self) -> None:
        self.cut()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._doorman.join(5)

    def _admit(self) -> None:
        while True:
            try:
                ours, _ = self._door.accept()
            except OSError:
                return
            if self._whole:
                self._join(ours)
            else:
                ours.close()

    def _join(self, ours: socket.socket) -> None:
        theirs = socket.create_connection(self._server)
        self._ends += [ours, theirs]
        for one, other in ((ours, theirs), (theirs, ours)):
            threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while found := one.recv(65536):
                if one not in self._silent:
                    other.sendall(found)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
