"""One referral service for each test, on both databases."""

import pytest

from tests.api.referral.world import World


@pytest.fixture
def world(database_url):
    made = World(database_url)
    yield made
    made.ground.database.close()


@pytest.fixture
def quick_world(tmp_path):
    """The same on SQLite only, for tests that say nothing about databases."""
    made = World(f"sqlite:///{tmp_path / 'referral.sqlite3'}")
    yield made
    made.ground.database.close()
