"""The audit trail: what the chain catches alone, what only the anchors elsewhere catch."""

import pytest
from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.schema import DropTable

from shared.contracts.event import Publisher
from shared.contracts.protection import FieldClass
from shared.contracts.roles import Role
from shared.errors import AuditUnavailable
from shared.identifiers import new_id
from shared.security.actor import Actor, ActorKind
from shared.storage.audit import START, breaks, hash_of, not_as_anchored
from tests.support.sheets import Sheet, begin, kept, kit, sheets
from tests.support.threads import together

ROWS = kit.audit.rows
HEAD = kit.audit.head
WHO = Actor(
    id=new_id(),
    kind=ActorKind.PERSON,
    org=new_id(),
    org_kind=None,
    roles=frozenset({Role.SUPERVISOR}),
    scopes=frozenset(),
    machine_id="staff-web",
)


@pytest.fixture
def trail(ground):
    """A ground with six rows on its trail."""
    with begin(ground) as work:
        work.audit.read(WHO, "look", "sheet", [new_id(), new_id()], [FieldClass.IDENTITY])
        work.audit.wrote(WHO, "write", "sheet", [new_id()])
        work.audit.denied(None, "GET /x", "not_signed_in")
    for _ in range(3):
        with begin(ground) as work:
            work.audit.wrote(None, "tick", "sheet", [new_id()])
    return ground


def _change(ground, *statements):
    with ground.database.begin() as connection:
        for each in statements:
            connection.execute(each)


def _breaks(ground):
    with ground.database.begin() as connection:
        return list(breaks(connection, kit.audit, Publisher.INTAKE))


def _anchors(ground):
    with ground.database.begin() as connection:
        found = connection.execute(select(ROWS.c.position, ROWS.c.hash))
        return {position: told for position, told in found if position in (3, 6)}


def _not_as_told(ground, anchors):
    with ground.database.begin() as connection:
        return list(not_as_anchored(connection, kit.audit, anchors, Publisher.INTAKE))


def _all(ground):
    with ground.database.begin() as connection:
        query = select(ROWS).order_by(ROWS.c.position)
        return [dict(row) for row in connection.execute(query).mappings()]


def test_a_trail_that_nobody_touched_holds(trail):
    assert _breaks(trail) == []
    assert _not_as_told(trail, _anchors(trail)) == []
    assert [row["position"] for row in _all(trail)] == [1, 2, 3, 4, 5, 6]


def test_an_empty_trail_holds(ground):
    assert _breaks(ground) == []


def test_a_row_says_who_did_what_to_which_rows(trail):
    row = _all(trail)[0]

    assert (row["actor_id"], row["org"], row["actor_kind"]) == (WHO.id, WHO.org, "person")
    assert (row["outcome"], row["action"], row["object_kind"]) == ("read", "look", "sheet")
    assert len(row["object_ids"]) == 2
    assert row["field_classes"] == ["identity"]
    assert row["previous"] == START


@pytest.mark.parametrize(
    "changed",
    [
        {"action": "nothing"},
        {"actor_id": None},
        {"object_ids": []},
        {"outcome": "read"},
        {"field_classes": ["health"]},
        {"note": "x"},
        {"correlation_id": "other"},
        {"session_id": new_id()},
    ],
)
def test_an_edited_row_is_found(trail, changed):
    _change(trail, update(ROWS).where(ROWS.c.position == 2).values(**changed))

    assert _breaks(trail) == ["intake: altered 2"]


def test_a_deleted_row_is_found(trail):
    _change(trail, delete(ROWS).where(ROWS.c.position == 3))

    assert _breaks(trail) == ["intake: gap before 4"]


def test_a_deleted_first_row_is_found(trail):
    _change(trail, delete(ROWS).where(ROWS.c.position == 1))

    assert _breaks(trail) == ["intake: gap before 2"]


def test_two_swapped_rows_are_found(trail):
    def move(old, new):
        return update(ROWS).where(ROWS.c.position == old).values(position=new)

    _change(trail, move(2, 99), move(3, 2), move(99, 3))

    assert _breaks(trail)


def test_a_tail_cut_carelessly_is_found_by_the_head(trail):
    _change(trail, delete(ROWS).where(ROWS.c.position > 4))

    assert _breaks(trail) == ["intake: the head does not fit"]


def test_a_tail_cut_with_its_head_is_found_by_the_anchors_alone(trail):
    anchors = _anchors(trail)
    last = _all(trail)[3]
    _change(
        trail,
        delete(ROWS).where(ROWS.c.position > 4),
        update(HEAD).values(position=4, hash=last["hash"]),
    )

    assert _breaks(trail) == []
    assert _not_as_told(trail, anchors) == ["intake: 6 is not as it was anchored"]


def test_a_chain_computed_anew_is_found_by_the_anchors_alone(trail):
    anchors = _anchors(trail)
    rows, previous = _all(trail), START
    rows[1]["actor_id"] = None
    for row in rows:
        row["previous"] = previous
        row["hash"] = previous = hash_of(row)
    _change(trail, delete(ROWS), insert(ROWS).values(rows), update(HEAD).values(hash=previous))

    assert _breaks(trail) == []
    assert len(_not_as_told(trail, anchors)) == 2


def test_eight_writers_at_once_keep_the_chain(ground):
    def write(place):
        for _ in range(4):
            with begin(ground) as work:
                work.audit.wrote(WHO, f"by {place}", "sheet", [new_id()])

    assert together(8, write) == [None] * 8

    assert _breaks(ground) == []
    assert len(_all(ground)) == 32


def test_two_who_touch_a_row_and_the_trail_in_another_order_do_not_block_each_other(ground):
    """The head of the chain is locked last, so nobody holds it while waiting for a row."""
    sheet = kept(ground)
    touch = update(sheets).where(sheets.c.id == sheet.id).values(version=2)

    def act(place):
        for _ in range(6):
            with begin(ground) as work:
                if place % 2:
                    work.audit.read(WHO, "look", "sheet", [sheet.id])
                    work.connection.execute(touch)
                else:
                    work.connection.execute(touch)
                    work.audit.wrote(WHO, "touch", "sheet", [sheet.id])

    assert together(8, act) == [None] * 8
    assert _breaks(ground) == []


def _without_a_trail(ground):
    def no_audit(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO audit ("):
            raise OSError("no space for the trail")

    event.listen(ground.database.engine, "before_cursor_execute", no_audit)
    try:
        with begin(ground) as work:
            sheet = work.sheets.add(Sheet())
            work.audit.wrote(WHO, "write", "sheet", [sheet.id])
    finally:
        event.remove(ground.database.engine, "before_cursor_execute", no_audit)


def test_without_its_audit_row_nothing_is_changed(ground):
    with pytest.raises(OSError, match="no space"):
        _without_a_trail(ground)

    with begin(ground) as work:
        assert work.sheets.find() == []
    assert _all(ground) == []


def _without_a_table(ground):
    with begin(ground) as work:
        sheet = work.sheets.add(Sheet())
        work.audit.wrote(WHO, "write", "sheet", [sheet.id])


def test_a_database_that_does_not_take_the_row_is_called_so(ground):
    _change(ground, DropTable(ROWS))

    with pytest.raises(AuditUnavailable):
        _without_a_table(ground)

    with begin(ground) as work:
        assert work.sheets.find() == []


def _undone(ground):
    with begin(ground) as work:
        work.audit.wrote(WHO, "write", "sheet", [new_id()])
        raise ZeroDivisionError


def test_what_is_rolled_back_leaves_no_trace_on_the_trail(ground):
    with pytest.raises(ZeroDivisionError):
        _undone(ground)

    assert _all(ground) == []


def _undone_part(work):
    with work.part():
        work.sheets.add(Sheet())
        work.audit.wrote(WHO, "second", "sheet", [new_id()])
        raise ZeroDivisionError


def test_a_part_that_is_undone_leaves_no_trace_and_the_rest_stands(ground):
    with begin(ground) as work:
        work.audit.wrote(WHO, "first", "sheet", [new_id()])
        with pytest.raises(ZeroDivisionError):
            _undone_part(work)
        with work.part():
            work.audit.wrote(WHO, "third", "sheet", [new_id()])

    assert [row["action"] for row in _all(ground)] == ["first", "third"]
    assert _breaks(ground) == []
    with begin(ground) as work:
        assert work.sheets.find() == []
