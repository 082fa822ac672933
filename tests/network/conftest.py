"""The whole network, on SQLite files and on four PostgreSQL databases."""

import pytest

from tests.support.network import a_town


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.containers)])
def town(request, tmp_path):
    """A town whose directory is filled in."""
    server = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with a_town(tmp_path / "data", postgres_url=server) as made:
        made.fill_directory()
        yield made
