"""One demo process for all browser tests, and a browser for whoever a test needs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.doors import Doors, devices
from tests.support.live import Live
from tests.support.network import Town, a_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The training, served by the real process; it ends with the last test."""
    live = Live(tmp_path_factory.mktemp("demo") / "data", demo=True).start()
    try:
        yield live
    finally:
        live.stop()


@pytest.fixture(scope="session")
def everyone(browser: "Browser", demo: Live) -> Doors:
    """The sign-ins of the training, each used once for all tests."""
    return Doors(browser, demo.url, devices(demo))


@pytest.fixture
def doors(everyone: Doors) -> Iterator[Doors]:
    """Browsers for one test; none may complain, none may ask another origin."""
    everyone.complaints.clear()
    yield everyone
    everyone.close()
    assert everyone.complaints == []


@pytest.fixture(scope="session")
def town(demo: Live) -> Iterator[Town]:
    """The same network reached past the pages, for what a test does not walk through."""
    with a_town(demo.folder, public_url=demo.url) as made:
        yield made
