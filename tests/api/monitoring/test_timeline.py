"""The timeline of a case over HTTP."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from services.monitoring.storage import tables
from shared.contracts.referral import ReferralAccepted
from shared.contracts.referral_words import Door
from shared.identifiers import new_id
from tests.api.monitoring.world import API, World, wita

TUESDAY = wita(3, 3, 9)


@pytest.fixture
def busy(case: World) -> World:
    """A case with ten lines: three of its opening, seven referrals sent an hour apart."""
    case.hear(*(case.sent(new_id(), TUESDAY + n * timedelta(hours=1)) for n in range(7)))
    return case


def test_a_line_tells_by_which_door_it_came_and_how_it_was_verified(case):
    referral = new_id()
    case.hear(case.sent(referral, TUESDAY))
    case.hear(case.referral(ReferralAccepted, referral, TUESDAY, door=Door.LETTER))
    newest = case.get(f"/cases/{case.case}/timeline")["items"][0]
    assert (newest["door"], newest["verification"]) == ("letter", "officer")
    assert newest["institution_id"] == str(case.partner)


def test_pages_follow_each_other_without_gap_or_overlap(busy):
    path, seen = f"/cases/{busy.case}/timeline?limit=3", []
    while path:
        answer = busy.ask("GET", path)
        seen += [line["id"] for line in answer.json["items"]]
        link = answer.headers.get("Link", "")
        path = link.split(">")[0].removeprefix("<").removeprefix(API)
    everything = busy.get(f"/cases/{busy.case}/timeline?limit=200")["items"]
    assert seen == [line["id"] for line in everything]
    assert len(seen) == 10


def test_a_timeline_that_has_not_changed_is_not_sent_again(busy):
    path = f"/cases/{busy.case}/timeline"
    tag = busy.ask("GET", path).headers["ETag"]
    audited = len(busy.rows(tables.kit.audit.rows))

    again = busy.ask("GET", path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert len(busy.rows(tables.kit.audit.rows)) == audited

    busy.hear(busy.sent(new_id(), TUESDAY + timedelta(days=1)))
    assert busy.ask("GET", path, headers={"If-None-Match": tag}).status_code == 200


def test_reading_a_timeline_is_audited(busy):
    busy.get(f"/cases/{busy.case}/timeline")
    last = max(busy.rows(tables.kit.audit.rows), key=lambda row: row["position"])
    assert (last["outcome"], last["action"]) == ("read", "read timeline")
    assert last["object_ids"] == [str(busy.case)]
    assert last["actor_id"] == busy.manager


WRONG: list[tuple[str, str, str | None]] = [
    ("limit=0", "limit", None),
    ("limit=many", "limit", None),
    ("cursor=nonsense", "cursor", None),
    ("cursor=WyJ4IiwieSJd", "cursor", "not_valid"),
    ("cursor=W10", "cursor", "not_valid"),
    ("colour=red", "colour", "unknown_field"),
]


def test_a_wrong_question_names_the_field(busy, subtests):
    for query, field, code in WRONG:
        with subtests.test(query=query):
            answer = busy.ask("GET", f"/cases/{busy.case}/timeline?{query}")
            assert answer.status_code == 422, answer.text
            (wrong,) = answer.json["fields"]
            assert wrong["field"].endswith(field)
            assert code is None or wrong["code"] == code


def test_no_name_can_stand_in_a_line(busy):
    with busy.ground.database.begin() as connection:
        rows = connection.execute(select(tables.lines.c.details)).scalars().all()
    texts = {value for row in rows for value in row.values() if isinstance(value, str)}
    assert all(" " not in text for text in texts)
