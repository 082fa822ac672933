"""Cursors and limits are made up by callers: what is none of ours is refused, without a fault."""

import base64
import json

import pytest

from tests.support.sheet_app import PREFIX


@pytest.fixture
def database_url(tmp_path):
    """One kind of database is enough where the database is not what is tested."""
    return f"sqlite:///{tmp_path / 'database.sqlite3'}"


def made(told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        "\u00e4",
        "!!!!",
        made({}),
        made([]),
        made(["2026-03-02T04:00:00+00:00"]),
        made(["kemarin", "01999999-0000-7000-8000-000000000001"]),
        made(["2026-03-02T04:00:00+00:00", "7"]),
        made([1, 2]),
        made([["a"], {}]),
        made(["a", "b", "c"]),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_cursor_that_is_none_of_ours_is_not_right(web, officer, cursor):
    answer = web.get(PREFIX, query_string={"cursor": cursor}, headers=officer)

    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert [each["field"] for each in answer.json["fields"]] == ["cursor"]


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "", "\u00b2", "9" * 5000, "1e2"])
def test_a_limit_that_is_none_is_not_right(web, officer, limit):
    answer = web.get(PREFIX, query_string={"limit": limit}, headers=officer)

    assert (answer.status_code, answer.json["fields"][0]["field"]) == (422, "limit")
