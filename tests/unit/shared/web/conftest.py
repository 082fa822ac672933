from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.web.pages import prepare


def a_front() -> Flask:
    app = Flask("a_front", static_folder=None)
    prepare(app)
    return app


@pytest.fixture
def app() -> Flask:
    return a_front()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def kept() -> Flask:
    """One for all tests that only render, since compiling the macros takes a while."""
    return a_front()


@pytest.fixture
def page(kept: Flask) -> Iterator[Flask]:
    with kept.test_request_context("/"):
        yield kept
