"""One database of one service: SQLite in a file, or PostgreSQL. Transactions are opened here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

#: How many transactions are open in this thread or task; calls to other services look here.
_READS_ONLY: Final = "rajut_reads_only"
_OPEN: Final[ContextVar[int]] = ContextVar("open_transactions", default=0)


def in_transaction() -> bool:
    """Return whether a transaction is open here; no service is called while one is."""
    return _OPEN.get() > 0


class Database:
    """The database of one service.

    ``begin`` gives a transaction that may write: on SQLite it takes the write lock at once
    (BEGIN IMMEDIATE), so that two writers wait for each other instead of failing halfway.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if self.sqlite else _postgresql(url, pool_size)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Commit everything in the block together, or nothing."""
        token = _OPEN.set(_OPEN.get() + 1)
        try:
            with self.engine.begin() as connection:
                yield connection
        finally:
            _OPEN.reset(token)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a transaction that only reads: on SQLite it waits for no writer."""
        options = {_READS_ONLY: True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,  # an error names its statement, never the values
        connect_args={"timeout": 30, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # an acknowledged change survives a power cut
            "foreign_keys=ON",
            "busy_timeout=30000",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin_at_once(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get(_READS_ONLY)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str, pool_size: int) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=pool_size,
        isolation_level="READ COMMITTED",
        connect_args={"options": "-c timezone=UTC -c lock_timeout=15s", "connect_timeout": 5},
    )
