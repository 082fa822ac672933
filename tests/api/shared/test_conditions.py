"""ETag, If-Match and If-None-Match: nobody overwrites what somebody else changed meanwhile."""

import pytest
from sqlalchemy import func, select

from shared.http.etag import tag_of
from tests.support.sheet_app import PREFIX
from tests.support.sheets import kept, kit, raw


@pytest.fixture
def database_url(tmp_path):
    """One kind of database is enough; Stale under real writers is shown with the rows."""
    return f"sqlite:///{tmp_path / 'database.sqlite3'}"


@pytest.fixture
def sheet(ground):
    return kept(ground)


def rename(web, officer, sheet, **headers):
    return web.put(f"{PREFIX}/{sheet.id}/name", json={"name": "Melati"}, headers=officer | headers)


def test_a_change_without_a_condition_is_refused(web, officer, sheet):
    answer = rename(web, officer, sheet)

    assert (answer.status_code, answer.json["code"]) == (428, "condition_missing")


@pytest.mark.parametrize("tag", ['"v1"', 'W/"v1"', "v1"])
def test_a_change_of_what_was_seen_is_made(web, officer, sheet, tag):
    assert rename(web, officer, sheet, **{"If-Match": tag}).status_code == 200


def test_a_change_of_what_somebody_changed_meanwhile_is_refused(web, officer, sheet):
    tag = web.get(f"{PREFIX}/{sheet.id}", headers=officer).headers["ETag"]

    first = rename(web, officer, sheet, **{"If-Match": tag})
    second = rename(web, officer, sheet, **{"If-Match": tag})

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json["code"] == "stale"


@pytest.mark.parametrize("tag", ['"x1"', "v", "v\u00b2", "v-1", "v1, v2", "v" + "9" * 5000, '"'])
def test_a_tag_that_is_none_of_ours_is_a_bad_request(web, officer, sheet, tag):
    answer = rename(web, officer, sheet, **{"If-Match": tag})

    assert (answer.status_code, answer.json["code"]) == (400, "condition_broken")


def test_what_is_unchanged_is_not_sent_again_and_not_on_the_trail(web, officer, sheet, ground):
    path = f"{PREFIX}/{sheet.id}"

    answer = web.get(path, headers=officer | {"If-None-Match": tag_of(1)})

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", '"v1"')
    assert raw(ground, select(func.count()).select_from(kit.audit.rows))[0] == 0


@pytest.mark.parametrize("tag", ['"v2"', '"v11"', "v", ""])
def test_what_has_changed_is_sent(web, officer, sheet, tag):
    answer = web.get(f"{PREFIX}/{sheet.id}", headers=officer | {"If-None-Match": tag})

    assert (answer.status_code, answer.json["name"]) == (200, "Mawar")
