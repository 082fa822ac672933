"""Every error is a problem document: stable code, both languages, nothing of ours in it."""

import pytest
from sqlalchemy import select

from shared.errors import Invalid
from shared.http.factory import make_app
from shared.http.problems import MEDIA_TYPE
from shared.identifiers import new_id
from tests.support.parts import parts_over
from tests.support.sheet_app import PREFIX, RAISED, an_error, every_error
from tests.support.sheets import raw


@pytest.fixture
def database_url(tmp_path):
    """One kind of database is enough where the database is not what is tested."""
    return f"sqlite:///{tmp_path / 'database.sqlite3'}"


def fields(answer):
    return {each["field"]: each["code"] for each in answer.json.get("fields", ())}


def post(web, officer, body, **more):
    return web.post(PREFIX, json=body, headers=officer, **more)


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_each_error_is_told_with_its_status_code_and_both_languages(web, kind):
    error = RAISED["it"] = an_error(kind)

    answer = web.get(f"{PREFIX}/raised/it")

    assert (answer.status_code, answer.mimetype) == (kind.status, MEDIA_TYPE)
    assert (answer.json["status"], answer.json["code"]) == (kind.status, kind.code)
    assert answer.json["messages"] == {"id": error.says("id"), "en": error.says("en")}
    assert "{" not in answer.json["messages"]["id"] + answer.json["messages"]["en"]
    assert answer.json["title"] == error.says("id")
    assert answer.json["type"].endswith(kind.code)
    assert answer.json["correlation_id"] == answer.headers["X-Correlation-Id"]
    assert ("WWW-Authenticate" in answer.headers) == (kind.status == 401)


def test_the_title_is_in_the_language_the_caller_prefers(web):
    RAISED["it"] = Invalid()

    answer = web.get(f"{PREFIX}/raised/it", headers={"Accept-Language": "en, id;q=0.5"})

    assert answer.json["title"] == Invalid.en


def test_fields_are_told_with_path_code_and_both_languages(web):
    RAISED["it"] = an_error(Invalid)

    answer = web.get(f"{PREFIX}/raised/it")

    assert fields(answer) == {"persons.0.sex": "wrong_code", "born": "impossible_date"}
    assert all(
        each["id"] and each["en"] and each["id"] != each["en"] for each in answer.json["fields"]
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"extra": 1}, {"extra": "unknown_field"}),
        ({"risk": "SANGAT"}, {"risk": "wrong_code"}),
        ({"risk": 7}, {"risk": "wrong_type"}),
        ({"name": 7}, {"name": "wrong_type"}),
        ({"name": None}, {"name": "required"}),
        ({"name": "x" * 41}, {"name": "too_long"}),
        ({"born": "2026-02-30"}, {"born": "impossible_date"}),
        ({"age": 121}, {"age": "out_of_range"}),
        ({"age": "tua"}, {"age": "wrong_type"}),
        ({"inner": [{"risk": "RENDAH"}, {}]}, {"inner.1.risk": "required"}),
        ({"inner": [{"risk": "RENDAH", "y": 1}]}, {"inner.0.y": "unknown_field"}),
        ({"inner": {}}, {"inner": "wrong_type"}),
    ],
)
def test_a_field_that_is_not_right_is_named(web, officer, changed, told):
    answer = post(web, officer, {"name": "Mawar"} | changed)

    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert fields(answer) == told


def test_a_body_that_is_no_object_is_not_right(web, officer):
    answer = post(web, officer, ["Mawar"])

    assert (answer.status_code, fields(answer)) == (422, {"body": "wrong_type"})


def test_an_argument_of_the_query_is_named_as_it_stands_in_the_address(web):
    answer = web.get(f"{PREFIX}/asked?entah=1")

    assert answer.status_code in {200, 422}
    assert set(fields(answer)) <= {"entah"}


def test_nothing_is_changed_when_a_field_is_not_right(web, officer, ground):
    post(web, officer, {"name": "Mawar", "extra": 1})

    from tests.support.sheets import sheets

    assert raw(ground, select(sheets.c.id)) is None


BROKEN = {
    "cut off": b'{"name": "Maw',
    "not UTF-8": b'{"name": "\xff"}',
    "UTF-16": '{"name": "Mawar"}'.encode("utf-16"),
    "a word": b"Mawar",
    "not a number": b'{"name": "Mawar", "age": NaN}',
    "endless brackets": b"[" * 100_000,
    "endless objects": b'{"a":' * 100_000,
    "a number without end": b'{"name": "Mawar", "age": ' + b"9" * 5000 + b"}",
    "half a surrogate": b'{"name": "\\ud800"}',
    "a zero character": b'{"name": "a\\u0000b"}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_json_that_cannot_be_read_or_kept_is_a_bad_request(web, officer, body):
    answer = web.post(PREFIX, data=body, content_type="application/json", headers=officer)

    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    assert answer.mimetype == MEDIA_TYPE


@pytest.mark.parametrize("path", ["", "/open"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "a/b;c"])
def test_a_body_that_is_not_sent_as_json_is_refused(web, officer, path, kind):
    answer = web.post(PREFIX + path, data=b'{"name": "x"}', content_type=kind, headers=officer)

    assert (answer.status_code, answer.json["code"]) == (415, "wrong_media_type")


def test_an_empty_body_is_an_empty_object(web):
    assert web.post(f"{PREFIX}/open").json == {"note": ""}


def test_a_body_too_large_is_refused(web, officer):
    answer = post(web, officer, {"name": "x" * 1_100_000})

    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_what_is_not_there_is_told_like_what_is_not_known(web, officer):
    unknown = web.get(f"{PREFIX}/{new_id()}", headers=officer)
    no_id = web.get(f"{PREFIX}/1", headers=officer)
    no_route = web.get("/api/intake/v1/entah", headers=officer)

    for answer in (unknown, no_id, no_route):
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")
        assert answer.mimetype == MEDIA_TYPE
    assert unknown.json["messages"] == no_id.json["messages"]


def test_a_method_that_is_not_there_keeps_the_list_of_those_that_are(web, officer):
    answer = web.patch(PREFIX, headers=officer)

    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
    assert answer.mimetype == MEDIA_TYPE


def test_a_fault_of_ours_says_nothing_of_itself(web, capsys):
    RAISED["it"] = ZeroDivisionError("Mawar 9972055207930001")

    answer = web.get(f"{PREFIX}/raised/it")

    assert (answer.status_code, answer.json["code"]) == (500, "fault")
    text = answer.get_data(as_text=True) + capsys.readouterr().err
    assert "Mawar" not in text
    assert "9972055207930001" not in text
    assert "ZeroDivisionError" not in answer.get_data(as_text=True)


def test_two_applications_of_one_process_do_not_mix(ground):
    assert make_app(parts_over(ground), title="A").test_client().get(PREFIX).status_code == 404
