"""A ground that is lent again stands on another database, in which nothing is left."""

from contextlib import nullcontext

import pytest
from sqlalchemy import event, select

from shared.contracts.event import Publisher
from tests.support import parts
from tests.support.furnished import promised_database
from tests.support.sheets import a_ground, kept, raw, sheets


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.containers)])
def address(request, tmp_path):
    """Another address each time, for as long as a test would use it."""
    if request.param == "sqlite":
        names = iter(range(9))
        return lambda: nullcontext(f"sqlite:///{tmp_path / str(next(names))}")
    server = request.getfixturevalue("postgres_url")
    return lambda: promised_database(server)


def used(url, *, spoil=lambda ground: None):
    """One test's use of a ground, which leaves a sheet."""
    ground = a_ground(url, Publisher.MONITORING)
    assert raw(ground, select(sheets)) is None
    kept(ground)
    spoil(ground)
    ground.database.close()
    return ground


def test_a_ground_is_lent_again_over_an_empty_database(address):
    with address() as url:
        first = used(url)
        parts.take_back()
    with address() as url:
        again = used(url)

    assert again is first
    assert again.database.url.render_as_string(hide_password=False) == url


def test_a_ground_in_use_is_lent_to_nobody_else(address):
    with address() as one, address() as other:
        assert a_ground(one, Publisher.MONITORING) is not a_ground(other, Publisher.MONITORING)


def test_a_ground_on_which_a_test_still_listens_is_not_lent_again(address):
    def listen(ground):
        event.listen(ground.database.engine, "before_cursor_execute", lambda *_: None)

    with address() as url:
        first = used(url, spoil=listen)
        parts.take_back()
    with address() as url:
        assert used(url) is not first


def test_a_database_whose_tables_were_changed_is_made_anew(address):
    def take_away(ground):
        with ground.database.begin() as connection:
            sheets.drop(connection)

    with address() as url:
        used(url, spoil=take_away)
        parts.take_back()
    with address() as url:
        used(url)
