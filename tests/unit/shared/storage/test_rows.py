"""Rows: what goes in comes out, sealed in between, and nobody overwrites anybody."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from shared.errors import NotFound, Stale
from shared.identifiers import new_id
from shared.security.sealing import BrokenSeal
from shared.storage.types import Sealed
from tests.support.sheets import Sheet, begin, kept, raw, sheets
from tests.support.threads import together

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(st.characters(codec="utf-8")), story=JSON)
def test_what_goes_in_comes_out(quick_ground, name, story):
    sheet = kept(quick_ground, name=name, story=story)

    with begin(quick_ground) as work:
        assert work.sheets.get(sheet.id) == sheet


def test_a_sheet_comes_back_whole(ground):
    sheet = kept(ground, alias=None, story={"where": ["rumah"], "times": 3}, nik_index=bytes(16))

    with begin(ground) as work:
        assert work.sheets.get(sheet.id) == sheet


def test_a_sealed_column_cannot_be_read_in_the_raw_row(ground):
    kept(ground, name="Mawar Melati", story={"word": "kuekering"})

    (name, story) = raw(ground, select(sheets.c.name, sheets.c.story))

    assert b"Mawar" not in name
    assert b"kuekering" not in story


def test_equal_values_look_different(ground):
    one = kept(ground)
    kept(ground, case_id=one.case_id)

    with ground.database.begin() as connection:
        names = connection.execute(select(sheets.c.name)).scalars().all()

    assert len(set(names)) == 2


def _swap(ground, row_id, column, value):
    with ground.database.begin() as connection:
        connection.execute(
            update(sheets).where(sheets.c.id == row_id).values({column: Sealed(value)})
        )


def _sealed(ground, row_id, column):
    return raw(ground, select(sheets.c[column]).where(sheets.c.id == row_id))[0]


def test_a_value_moved_to_another_row_does_not_open(ground):
    one = kept(ground, name="Mawar")
    other = kept(ground, name="Melati", case_id=one.case_id)
    _swap(ground, other.id, "name", _sealed(ground, one.id, "name"))

    with pytest.raises(BrokenSeal), begin(ground) as work:
        work.sheets.get(other.id)


def test_a_value_moved_to_another_column_does_not_open(ground):
    one = kept(ground)
    _swap(ground, one.id, "alias", _sealed(ground, one.id, "name"))

    with pytest.raises(BrokenSeal), begin(ground) as work:
        work.sheets.get(one.id)


def test_a_row_given_to_another_owner_does_not_open(ground):
    one, other = kept(ground), kept(ground)
    with ground.database.begin() as connection:
        connection.execute(
            update(sheets).where(sheets.c.id == one.id).values(case_id=other.case_id)
        )

    with pytest.raises(BrokenSeal), begin(ground) as work:
        work.sheets.get(one.id)


@pytest.mark.parametrize("length", [0, 1, 5, 11, 12, 27])
def test_a_value_cut_short_does_not_open(quick_ground, length):
    one = kept(quick_ground, name="Mawar Melati")
    _swap(quick_ground, one.id, "name", _sealed(quick_ground, one.id, "name")[:length])

    with pytest.raises(BrokenSeal), begin(quick_ground) as work:
        work.sheets.get(one.id)


def test_one_changed_bit_does_not_open(quick_ground):
    one = kept(quick_ground)
    value = bytearray(_sealed(quick_ground, one.id, "name"))
    value[-1] ^= 1
    _swap(quick_ground, one.id, "name", bytes(value))

    with pytest.raises(BrokenSeal), begin(quick_ground) as work:
        work.sheets.get(one.id)


def test_of_two_who_change_the_same_row_one_is_told_it_is_stale(ground):
    sheet = kept(ground)

    def change(place: int) -> int:
        seen = Sheet(**vars(sheet) | {"alias": f"dari {place}"})
        with begin(ground) as work:
            work.sheets.save(seen)
        return place

    answers = together(6, change)

    winners = [answer for answer in answers if isinstance(answer, int)]
    assert [type(one) for one in answers if isinstance(one, Exception)] == [Stale] * 5
    with begin(ground) as work:
        found = work.sheets.get(sheet.id)
    assert (found.alias, found.version) == (f"dari {winners[0]}", 2)


def test_a_saved_thing_can_be_saved_again(ground):
    sheet = kept(ground)

    with begin(ground) as work:
        sheet.alias = "roti"
        work.sheets.save(sheet)
        sheet.alias = None
        work.sheets.save(sheet)

    with begin(ground) as work:
        found = work.sheets.get(sheet.id)
    assert (found.alias, found.version) == (None, 3)


def test_what_is_not_there_is_not_found(ground):
    with begin(ground) as work, pytest.raises(NotFound):
        work.sheets.get(new_id())


def test_what_a_predicate_hides_is_not_found_and_never_left_the_database(ground):
    sheet = kept(ground)
    _swap(ground, sheet.id, "name", b"this could not be opened if it were read")

    with begin(ground) as work:
        with pytest.raises(NotFound):
            work.sheets.get(sheet.id, sheets.c.case_id == new_id())
        assert work.sheets.find(sheets.c.case_id == new_id()) == []
        assert work.sheets.first(sheets.c.case_id == new_id()) is None


def test_rows_come_in_the_order_asked_for(ground):
    ids = [UUID(int=number) for number in (3, 1, 2)]
    for each in ids:
        kept(ground, id=each)

    with begin(ground) as work:
        found = work.sheets.find(order=sheets.c.id.desc(), limit=2)

    assert [one.id.int for one in found] == [3, 2]


def test_what_was_removed_is_gone(ground):
    sheet = kept(ground)

    with begin(ground) as work:
        work.sheets.remove(sheet.id)

    with begin(ground) as work:
        assert work.sheets.find() == []
