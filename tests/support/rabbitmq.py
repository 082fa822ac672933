"""A real RabbitMQ for the tests."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from tests.support import debian, docker
from tests.support.servers import OwnProcess, free_port, own_folder
from tests.support.skips import CannotHave, first_that_works

_PLACES = (
    "/usr/lib/rabbitmq/bin",
    "/opt/homebrew/opt/rabbitmq/sbin",
    "/usr/local/opt/rabbitmq/sbin",
)

_CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{port}
disk_free_limit.absolute = 50MB
raft.wal_max_size_bytes = 16000000
log.console = true
log.console.level = warning
"""


def find() -> str:
    """The URL of a broker that is ours to use; raises CannotHave."""
    return first_that_works(
        "rabbitmq",
        {
            "RAJUT_TEST_AMQP_URL": _named,
            "docker": _in_docker,
            "local": lambda: LocalRabbit(local_program()).url,
            "apt": _from_debian,
        },
    )


class LocalRabbit:
    """A broker with a name, ports, cookie, folder and port mapper of its own."""

    def __init__(self, program: Path) -> None:
        """Raises CannotHave when it does not come up."""
        self._program = program
        self._folder = own_folder()
        self._port, self._distribution, self._mapper = free_port(), free_port(), free_port()
        for name in ("data", "log"):
            (self._folder / name).mkdir()
        (self._folder / "rabbitmq.conf").write_text(_CONFIGURATION.format(port=self._port))
        (self._folder / "plugins").write_text("[].\n")
        (self._folder / "environment.conf").write_text("")
        self._start_port_mapper()
        self.start()

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self._port}/%2F"

    def start(self) -> None:
        """Starts it, or starts it again after a kill."""
        self.process = OwnProcess(
            [str(self._program)], log=self._folder / "server.log", env=dict(self._environment())
        )
        self.process.wait_until(self._answers, seconds=90)

    def _environment(self) -> Iterator[tuple[str, str]]:
        yield "PATH", os.environ["PATH"]
        yield "LANG", "C.UTF-8"
        yield "HOME", str(self._folder)  # the cookie is written there
        yield "ERL_EPMD_PORT", str(self._mapper)
        yield "ERL_EPMD_ADDRESS", "127.0.0.1"
        yield "RABBITMQ_NODENAME", f"rajut{self._port}@localhost"
        yield "RABBITMQ_NODE_PORT", str(self._port)
        yield "RABBITMQ_DIST_PORT", str(self._distribution)
        yield "RABBITMQ_MNESIA_BASE", str(self._folder / "data")
        yield "RABBITMQ_LOG_BASE", str(self._folder / "log")
        yield "RABBITMQ_CONFIG_FILE", str(self._folder / "rabbitmq.conf")
        yield "RABBITMQ_CONF_ENV_FILE", str(self._folder / "environment.conf")
        yield "RABBITMQ_ENABLED_PLUGINS_FILE", str(self._folder / "plugins")
        yield "RABBITMQ_PID_FILE", str(self._folder / "pid")
        # a small machine does not need sixteen schedulers that look busy while they wait
        yield "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+sbwt none +sbwtdcpu none +sbwtdio none"

    def _start_port_mapper(self) -> None:
        """Erlang would start one that outlives it; ours is known by its id."""
        epmd = shutil.which("epmd")
        if epmd is None:
            raise CannotHave("no epmd, Erlang's port mapper, on the PATH")
        command = [epmd, "-address", "127.0.0.1", "-port", str(self._mapper)]
        mapper = OwnProcess(command, log=self._folder / "mapper.log")
        mapper.wait_until(lambda: _listens(self._mapper), seconds=10)

    def _answers(self) -> bool:
        """The broker greets whoever speaks its protocol, once its queues are recovered."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=2) as line:
                line.sendall(b"AMQP\x00\x00\x09\x01")
                return line.recv(1) == b"\x01"
        except OSError:
            return False


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _named() -> str:
    named = os.environ.get("RAJUT_TEST_AMQP_URL")
    if not named:
        raise CannotHave("not set")
    return named


def _in_docker() -> str:
    image = docker.local_image("rabbitmq")
    from testcontainers.community.rabbitmq import RabbitMqContainer

    container = docker.start(lambda: RabbitMqContainer(image))
    host, port = container.get_container_host_ip(), container.get_exposed_port(5672)
    return f"amqp://guest:guest@{host}:{port}/%2F"


def local_program() -> Path:
    """The server's own start script: the one on Debian's PATH changes to another user first."""
    on_path = shutil.which("rabbitmq-server")
    found = [Path(place) / "rabbitmq-server" for place in _PLACES]
    found += [Path(on_path)] if on_path else []
    for program in found:
        if program.exists():
            return program
    raise CannotHave("no rabbitmq-server found")


def _from_debian() -> str:
    debian.install("rabbitmq-server", disable="rabbitmq-server")
    return LocalRabbit(local_program()).url
