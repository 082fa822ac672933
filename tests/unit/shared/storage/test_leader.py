"""One leads, the others wait; whoever is killed or cut off leads no more."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from shared.contracts.event import Publisher
from shared.storage.leader import Leader, number_of
from tests.support.toy import a_ground
from tests.support.waiting import eventually

LEADS_UNTIL_KILLED = """
import sys, time
from shared.contracts.event import Publisher
from shared.storage.leader import Leader
from tests.support.toy import a_ground
leader = Leader(a_ground(sys.argv[1], Publisher.INTAKE), "relay")
print(leader.try_lead(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def ground(database_url):
    made = a_ground(database_url, Publisher.INTAKE)
    yield made
    made.database.close()


def test_only_one_leads(ground):
    with Leader(ground, "relay") as one, Leader(ground, "relay") as other:
        assert [one.try_lead(), other.try_lead()] == [True, False]
        assert [one.try_lead(), other.try_lead()] == [True, False]
        assert [one.still_leading(), other.still_leading()] == [True, False]


def test_another_leads_when_one_lets_go(ground):
    with Leader(ground, "relay") as one, Leader(ground, "relay") as other:
        one.try_lead()
        one.release()
        one.release()

        assert not one.still_leading()
        assert other.try_lead()
    assert not other.still_leading()


def test_each_kind_of_work_has_its_own_leader(ground):
    with Leader(ground, "relay") as relay, Leader(ground, "clock") as clock:
        assert relay.try_lead()
        assert clock.try_lead()


def test_who_was_killed_leads_no_more(ground, database_url):
    with (
        subprocess.Popen(
            [sys.executable, "-c", LEADS_UNTIL_KILLED, database_url],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[4],
            text=True,
        ) as first,
        Leader(ground, "relay") as second,
    ):
        assert first.stdout.readline() == "True\n"
        assert not second.try_lead()

        first.kill()

        eventually(second.try_lead)


def test_who_lost_the_connection_leads_no_more(fresh_postgres):
    ground = a_ground(fresh_postgres, Publisher.INTAKE)
    with Leader(ground, "relay") as one, Leader(ground, "relay") as other:
        assert one.try_lead()
        with ground.database.begin() as connection:
            held = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            connection.execute(text(held))

        assert not one.still_leading()
        eventually(other.try_lead)
        assert not one.try_lead()
    ground.database.close()


def test_who_cannot_reach_the_database_does_not_lead(fresh_postgres):
    ground = a_ground(fresh_postgres, Publisher.INTAKE)
    gone = ground.database.url.set(database="nowhere").render_as_string(hide_password=False)
    leader = Leader(type(ground)(**{**vars(ground), "database": type(ground.database)(gone)}), "x")

    assert not leader.try_lead()
    leader.release()
    ground.database.close()


def test_who_holds_a_file_that_was_replaced_leads_no_more(tmp_path):
    ground = a_ground(f"sqlite:///{tmp_path / 'one.sqlite3'}", Publisher.INTAKE)
    with Leader(ground, "relay") as one, Leader(ground, "relay") as other:
        assert one.try_lead()
        (tmp_path / "one.sqlite3.intake.relay.lock").unlink()

        assert not one.still_leading()
        assert other.try_lead()
    ground.database.close()


def test_the_number_of_a_name_stays_the_same_and_fits_into_64_bits():
    assert number_of("intake.relay") == number_of("intake.relay") != number_of("intake.clock")
    assert all(-(2**63) <= number_of(str(each)) < 2**63 for each in range(100))


def test_asking_whether_one_leads_is_quick(ground):
    with Leader(ground, "relay") as leader:
        leader.try_lead()
        begun = time.monotonic()
        assert all(leader.still_leading() for _ in range(20))
        assert time.monotonic() - begun < 2
