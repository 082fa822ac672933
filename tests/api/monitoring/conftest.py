from collections.abc import Iterator

import pytest

from tests.api.monitoring.world import World, a_world


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = a_world(database_url)
    yield made
    made.ground.database.close()


@pytest.fixture
def case(world: World) -> World:
    """A world in which a report has become a case, and the case has a manager."""
    world.hear(world.received(), world.opened(), world.assigned())
    return world
