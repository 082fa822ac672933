"""Pages of a list: nothing skipped, nothing repeated, whatever is added meanwhile."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from tests.support.issuer import a_token, bearer
from tests.support.parts import parts_over
from tests.support.sheet_app import PREFIX, an_app
from tests.support.sheets import NOON, a_ground, kept


def next_of(answer):
    """The address of the next page, or None at the end."""
    link = answer.headers.get("Link")
    if link is None:
        return None
    address, rel = link.split("; ")
    assert rel == 'rel="next"'
    return address.strip("<>")


def walk(web, officer, path, between=lambda: None):
    """The ids of every page, in order."""
    ids = []
    while path:
        answer = web.get(path, headers=officer)
        assert answer.status_code == 200
        ids += [each["id"] for each in answer.json]
        path = next_of(answer)
        between()
    return ids


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(st.integers(0, 5), max_size=12),
    added=st.lists(st.integers(0, 5), max_size=6),
    limit=st.integers(1, 5),
)
def test_a_page_is_never_skipped_or_repeated(tmp_path, before, added, limit):
    ground = a_ground(f"sqlite:///{tmp_path / 'one.sqlite3'}")
    web = an_app(parts_over(ground)).test_client()
    officer = bearer(a_token(Publisher.INTAKE, Role.PETUGAS_PENGADUAN))
    with ground.database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sheets")

    def add(hour):
        return str(kept(ground, seen_at=NOON + timedelta(hours=hour)).id)

    there = [add(hour) for hour in before]
    waiting = list(added)
    seen = walk(web, officer, f"{PREFIX}?limit={limit}", lambda: waiting and add(waiting.pop()))

    assert len(seen) == len(set(seen))
    assert set(there) <= set(seen)
    assert [one for one in seen if one in there] == walk_order(web, officer, there)
    ground.database.close()


def walk_order(web, officer, there):
    everything = web.get(f"{PREFIX}?limit=200", headers=officer).json
    return [each["id"] for each in everything if each["id"] in there]


def test_a_page_says_where_the_next_one_is_and_keeps_what_was_asked(web, officer, ground):
    for _ in range(3):
        kept(ground)

    answer = web.get(f"{PREFIX}?limit=2&sort=a%26b&sort=c", headers=officer)
    asked = parse_qs(urlsplit(next_of(answer)).query)

    assert urlsplit(next_of(answer)).path == PREFIX
    assert (asked["limit"], asked["sort"]) == (["2"], ["a&b", "c"])
    last = web.get(next_of(answer), headers=officer)
    assert (len(answer.json), len(last.json), next_of(last)) == (2, 1, None)


def test_pages_follow_each_other_on_each_database(web, officer, ground):
    ids = [str(kept(ground, seen_at=NOON + timedelta(hours=n // 2)).id) for n in range(7)]

    assert walk(web, officer, f"{PREFIX}?limit=2") == ids


def test_the_cursor_is_opaque(web, officer, ground):
    for _ in range(2):
        kept(ground)

    cursor = parse_qs(urlsplit(next_of(web.get(f"{PREFIX}?limit=1", headers=officer))).query)[
        "cursor"
    ]

    assert cursor[0].replace("-", "").replace("_", "").isalnum()
