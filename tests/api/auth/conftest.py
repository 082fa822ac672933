from collections.abc import Iterator

import pytest

from tests.api.auth.world import World, a_world


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = a_world(database_url)
    yield made
    made.ground.database.close()
