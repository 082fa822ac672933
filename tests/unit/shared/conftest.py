"""A ground of the toy with sealed rows, on each kind of database."""

import pytest

from tests.support.sheets import a_ground


@pytest.fixture
def ground(database_url):
    made = a_ground(database_url)
    yield made
    made.database.close()


@pytest.fixture
def quick_ground(tmp_path):
    """The same on SQLite alone, where the database is not what is tested."""
    made = a_ground(f"sqlite:///{tmp_path / 'quick.sqlite3'}")
    yield made
    made.database.close()
