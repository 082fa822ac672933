"""Fixtures for everyone: real servers, fresh databases, a browser, and what could not be had."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.support import chromium, parts, postgres, rabbitmq, ramdisk, servers, sharing
from tests.support.furnished import promised_database
from tests.support.skips import REASONS, have, in_ci

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: A test that asks for one of these carries the mark without saying so.
_MARKS = {
    "postgres_url": "containers",
    "fresh_postgres": "containers",
    "rabbitmq_url": "containers",
    "browser": "browser",
}


#: How long an example may take says nothing while other things run on the machine.
settings.register_profile("rajut", parent=settings.default, deadline=None)


def pytest_configure() -> None:
    settings.load_profile("rajut")
    ramdisk.use_for_temporary_files()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in getattr(item, "fixturenames", ()):
            if name in _MARKS:
                item.add_marker(_MARKS[name])
    items.sort(key=lambda item: sharing.turn(item.nodeid))


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A real PostgreSQL server, on which databases may be created."""
    return have("postgresql", postgres.find)


@pytest.fixture
def fresh_postgres(postgres_url: str) -> Iterator[str]:
    """A new empty PostgreSQL database for one test."""
    with postgres.fresh_database(postgres_url) as url:
        yield url


@pytest.fixture
def promised_postgres(postgres_url: str) -> Iterator[str]:
    """The address of a PostgreSQL database that ``ground_over`` will make."""
    with promised_database(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.containers)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address for ``ground_over`` on each kind of database; make check runs only the first."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'database.sqlite3'}"
    return str(request.getfixturevalue("promised_postgres"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.containers)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind without any tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    return str(request.getfixturevalue("fresh_postgres"))


@pytest.fixture(autouse=True)
def _grounds_are_taken_back() -> Iterator[None]:
    yield
    parts.take_back()


@pytest.fixture(scope="session")
def rabbitmq_url() -> str:
    """A real RabbitMQ; the tests share it, so each takes away what it declared."""
    return have("rabbitmq", rabbitmq.find)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium; take a new context from it for each test."""
    from playwright.sync_api import sync_playwright

    program = have("chromium", chromium.find)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        yield launched
        launched.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    servers.end_everything()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["reasons"] = REASONS


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker what it could not have."""
    REASONS.update(getattr(node, "workeroutput", {}).get("reasons", {}))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return sharing.scheduler(config, log)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> Iterator[None]:
    """What could not be had is said after everything else."""
    yield
    if REASONS:
        meaning = "failed, since CI=true" if in_ci() else "skipped"
        terminalreporter.section(f"could not be had; its tests were {meaning}")
        for what, why in REASONS.items():
            terminalreporter.line(f"{what}: {why}")
