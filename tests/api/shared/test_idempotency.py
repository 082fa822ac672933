"""The same request asked twice is done once, however it comes."""

import hashlib

import pytest
from sqlalchemy import event, func, select

from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.identifiers import new_id
from tests.support.issuer import a_token, bearer
from tests.support.sheet_app import PREFIX
from tests.support.sheets import kept, kit, raw, sheets
from tests.support.threads import together

KEY = {"Idempotency-Key": "one"}
MAWAR = {"name": "Mawar"}


def counted(ground, table=sheets):
    return raw(ground, select(func.count()).select_from(table))[0]


def test_the_same_key_and_body_give_the_same_answer_and_one_effect(web, officer, ground):
    first = web.post(PREFIX, json=MAWAR, headers=officer | KEY)
    second = web.post(PREFIX, json=MAWAR, headers=officer | KEY)

    assert (first.status_code, second.status_code) == (201, 201)
    assert (second.data, second.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert second.mimetype == "application/json"
    assert (first.headers.get("Idempotency-Replayed"), counted(ground)) == (None, 1)
    assert second.headers["Idempotency-Replayed"] == "true"


def test_twelve_at_once_have_one_effect_and_one_answer(app, officer, ground):
    def ask(_):
        answer = app.test_client().post(PREFIX, json=MAWAR, headers=officer | KEY)
        return answer.status_code, answer.json["id"]

    answers = together(12, ask)

    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    assert counted(ground) == 1


@pytest.mark.parametrize(
    ("path", "body"), [("", {"name": "Melati"}), ("?x=1", MAWAR), ("", {"name": "Mawar "})]
)
def test_the_key_of_another_request_is_refused(web, officer, ground, path, body):
    web.post(PREFIX, json=MAWAR, headers=officer | KEY)

    answer = web.post(PREFIX + path, json=body, headers=officer | KEY)

    assert (answer.status_code, answer.json["code"]) == (409, "idempotency_key_reused")
    assert counted(ground) == 1


def test_each_caller_has_keys_of_his_own(web, officer, ground):
    other = bearer(a_token(Publisher.INTAKE, Role.PETUGAS_PENGADUAN))

    one = web.post(PREFIX, json=MAWAR, headers=officer | KEY)
    two = web.post(PREFIX, json=MAWAR, headers=other | KEY)

    assert one.json["id"] != two.json["id"]
    assert counted(ground) == 2


def test_long_keys_that_begin_alike_are_not_one(web, officer, ground):
    for end in "ab":
        key = {"Idempotency-Key": "k" * 250 + end}
        web.post(PREFIX, json=MAWAR, headers=officer | key)
        web.post(PREFIX, json=MAWAR, headers=officer | key)

    assert counted(ground) == 2


def test_a_request_that_was_not_right_does_not_use_its_key_up(web, officer, ground):
    assert web.post(PREFIX, json={}, headers=officer | KEY).status_code == 422

    assert web.post(PREFIX, json=MAWAR, headers=officer | KEY).status_code == 201
    assert counted(ground) == 1


def test_an_answer_is_not_given_again_to_who_may_no_longer_have_it(web, ground):
    person = new_id()
    officer = bearer(a_token(Publisher.INTAKE, Role.PETUGAS_PENGADUAN, person=person))
    stopped = bearer(a_token(Publisher.INTAKE, Role.SATGAS, person=person))
    web.post(PREFIX, json=MAWAR, headers=officer | KEY)

    assert web.post(PREFIX, json=MAWAR, headers=stopped | KEY).status_code == 403


@pytest.mark.parametrize("place", ["UPDATE idempotency", "INSERT INTO audit ("])
def test_a_crash_between_the_change_and_the_answer_leaves_neither(web, officer, ground, place):
    def crash(_connection, _cursor, statement, *_rest):
        if statement.startswith(place):
            raise MemoryError

    event.listen(ground.database.engine, "before_cursor_execute", crash)
    answer = web.post(PREFIX, json=MAWAR, headers=officer | KEY)
    event.remove(ground.database.engine, "before_cursor_execute", crash)

    assert answer.status_code == 500
    assert [counted(ground, table) for table in (sheets, kit.idempotency, kit.audit.rows)] == [
        0
    ] * 3
    assert web.post(PREFIX, json=MAWAR, headers=officer | KEY).status_code == 201


def test_the_kept_answer_cannot_be_read_in_the_raw_row(web, officer, ground):
    web.post(PREFIX, json=MAWAR, headers=officer | KEY)

    assert b"Mawar" not in raw(ground, select(kit.idempotency.c.answer))[0]


def test_of_a_key_only_its_digest_is_kept(web, officer, ground):
    web.post(PREFIX, json=MAWAR, headers=officer | {"Idempotency-Key": "9972055207930001"})

    wanted = hashlib.sha256(b"9972055207930001").hexdigest()
    assert raw(ground, select(kit.idempotency.c.key))[0] == wanted


def test_a_partners_route_needs_a_key(web, officer, ground):
    sheet = kept(ground)
    path = f"{PREFIX}/{sheet.id}/acceptance"

    without = web.post(path, json={}, headers=officer)

    assert (without.status_code, without.json["code"]) == (400, "idempotency_key_missing")
    assert web.post(path, json={}, headers=officer | KEY).status_code == 200


def test_a_strangers_key_means_nothing(web):
    answers = [web.post(f"{PREFIX}/open", json={"note": note}, headers=KEY) for note in "ab"]

    assert [answer.json for answer in answers] == [{"note": "a"}, {"note": "b"}]
