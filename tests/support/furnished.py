"""Databases with the tables of a service in them, the quick way: copied, or emptied and lent again.

Making the tables takes longer than most tests. On SQLite they are made once and the file is
copied; on PostgreSQL a database that a test has left is emptied and gets a new name.
"""

import contextlib
import secrets
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
from psycopg import Connection, sql
from sqlalchemy import MetaData, make_url

from shared.storage.database import Database
from tests.support.postgres import plain
from tests.support.servers import at_the_end

Kind = tuple[MetaData, int]  # a test may add a table to its metadata

#: Addresses at which a database will be once somebody furnishes it, and the server it is for.
_promised: dict[str, str] = {}
_furnished: dict[str, Kind] = {}
#: Databases that tests have left, still full.
_left: defaultdict[tuple[str, Kind], list[str]] = defaultdict(list)


def furnish(url: str, metadata: MetaData) -> None:
    """Let there be a database with all tables at an address."""
    kind = metadata, len(metadata.tables)
    address = make_url(url)
    file = Path(address.database or "")
    if address.get_backend_name() == "sqlite" and not file.exists():
        file.write_bytes(_drawn(*kind))
    elif url in _promised and url not in _furnished:
        _furnished[url] = kind
        _move_in(url, kind)
    else:
        _make_tables(url, metadata)


@contextlib.contextmanager
def promised_database(server: str) -> Iterator[str]:
    """The address of a new PostgreSQL database, which is made by furnishing it."""
    name = _some_name()
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    _promised[url] = server
    try:
        yield url
    finally:
        del _promised[url]
        if kind := _furnished.pop(url, None):
            _take_back(server, kind, name)


def _make_tables(url: str, metadata: MetaData) -> None:
    database = Database(url)
    metadata.create_all(database.engine)
    database.close()


@cache
def _drawn(metadata: MetaData, _tables: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawn.sqlite3"
        _make_tables(f"sqlite:///{file}", metadata)
        return file.read_bytes()


def _move_in(url: str, kind: Kind) -> None:
    server, name = _promised[url], str(make_url(url).database)
    admin = _administrator(server)
    while left := _left[server, kind]:
        _say(admin, "ALTER DATABASE {} RENAME TO {}", left.pop(), name)
        if _emptied(url, kind[0]):
            return
        _say(admin, "DROP DATABASE {} WITH (FORCE)", name)
    _say(admin, "CREATE DATABASE {}", name)
    _make_tables(url, kind[0])


def _emptied(url: str, metadata: MetaData) -> bool:
    """Whether a database has exactly these tables; they are empty then."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        asked = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        if {name for (name,) in asked} != metadata.tables.keys():
            return False
        tables = sql.SQL(", ").join(map(sql.Identifier, metadata.tables))
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))
    return True


def _take_back(server: str, kind: Kind, name: str) -> None:
    """Whoever is still on the database is sent away."""
    admin, spare = _administrator(server), _some_name()
    on_it = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
    admin.execute(on_it, [name])
    try:
        _say(admin, "ALTER DATABASE {} RENAME TO {}", name, spare)
    except psycopg.errors.ObjectInUse:
        _say(admin, "DROP DATABASE {} WITH (FORCE)", name)
    else:
        _left[server, kind].append(spare)


@cache
def _administrator(server: str) -> Connection:
    connection = psycopg.connect(plain(server), autocommit=True)

    def leave_nothing() -> None:
        for (of, _), names in _left.items():
            while of == server and names:
                _say(connection, "DROP DATABASE {} WITH (FORCE)", names.pop())
        connection.close()

    at_the_end(leave_nothing)
    return connection


def _say(connection: Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _some_name() -> str:
    return f"rajut_{secrets.token_hex(6)}"
