"""Nothing that could tell who somebody is leaves the sealed columns: canaries are looked for."""

import pytest
from sqlalchemy import select

from shared.contracts.event import Publisher
from tests.support import intake as answers
from tests.support.journey import (
    a_case_with_an_item,
    accept_and_report,
    allow_sharing,
    judge_too_little,
    send_referral,
)
from tests.support.network import a_town

pytestmark = pytest.mark.slow

#: Planted where a person, an address, a number or a story is told. None of them is anybody.
CANARIES = (
    "Kenarikuning",
    "0800-0000-7788",
    "08000000",
    "9972055207930001",
    "Jalan Kenari Palsu",
    "ceritakenari",
    "masalahkenari",
    "pelakukenari",
)


@pytest.fixture
def told(tmp_path, capfd):
    """A town in which the whole way was gone with canaries; and what it printed meanwhile."""
    with a_town(tmp_path / "data") as town:
        town.fill_directory()
        person = answers.person(
            name="Kenarikuning",
            phone="0800-0000-7788",
            nik="9972055207930001",
            address_domicile="Jalan Kenari Palsu 9",
        )
        incident = answers.report_answers()["incident"] | {"chronology": "ceritakenari panjang"}
        at, item = a_case_with_an_item(
            town,
            persons=[person],
            incident=incident,
            alleged_perpetrators=[{"name": "pelakukenari", "relations": ["SUAMI"], "sex": "L"}],
        )
        allow_sharing(town, at, "psikolog-b")
        sent = send_referral(town, at, item, "psikolog-b", problem="masalahkenari")
        _, after = accept_and_report(town, sent["id"])
        assert "masalahkenari" in after, "the partner is shown what was consented to"
        judge_too_little(town, at, sent["id"])
        town.deliver()
        yield town, tmp_path / "data", "".join(capfd.readouterr())


def found_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in text.lower()]


def test_no_log_line_tells_who_somebody_is(told):
    _, _, printed = told

    assert '"event": "answered"' in printed
    assert found_in(printed) == []


def test_no_event_tells_who_somebody_is(told):
    town, _, _ = told

    for of in Publisher:
        ground = town.network.parts[of].ground
        with ground.database.begin() as connection:
            bodies = connection.execute(select(ground.kit.outbox.rows.c.body)).scalars().all()
        assert bodies, of
        assert found_in(b"".join(bodies).decode()) == [], of


def test_no_database_file_tells_who_somebody_is(told):
    _, folder, _ = told

    files = sorted(folder.glob("*.sqlite3*"))
    assert len(files) >= len(Publisher)
    for file in files:
        assert found_in(file.read_bytes().decode("latin-1")) == [], file.name


def test_no_audit_row_tells_who_somebody_is(told):
    town, _, _ = told

    for of in Publisher:
        ground = town.network.parts[of].ground
        with ground.database.begin() as connection:
            rows = connection.execute(select(ground.kit.audit.rows)).all()
        assert rows, of
        assert found_in(str(rows)) == [], of
