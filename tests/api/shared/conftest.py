"""The toy application over each kind of database, and callers with a token."""

import pytest

from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from tests.support.issuer import a_token, bearer
from tests.support.parts import parts_over
from tests.support.sheet_app import RAISED, an_app
from tests.support.sheets import a_ground


@pytest.fixture
def ground(database_url):
    made = a_ground(database_url)
    yield made
    made.database.close()


@pytest.fixture
def app(ground):
    RAISED.clear()
    return an_app(parts_over(ground))


@pytest.fixture
def web(app):
    return app.test_client()


@pytest.fixture
def officer():
    return bearer(a_token(Publisher.INTAKE, Role.PETUGAS_PENGADUAN))


@pytest.fixture
def auditor():
    """Somebody who is signed in and may do nothing with sheets."""
    return bearer(a_token(Publisher.INTAKE, Role.AUDITOR))
