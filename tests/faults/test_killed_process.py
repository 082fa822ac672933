"""The standalone process is killed with SIGKILL again and again while people work."""

import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from services.intake.storage import tables as intake_tables
from services.monitoring.storage import tables as monitoring_tables
from shared.contracts.event import Publisher
from shared.identifiers import new_id
from tests.support import intake as answers
from tests.support.live import Live
from tests.support.network import a_town
from tests.support.oracle import examine
from tests.support.waiting import eventually

KILLS, PEOPLE, REPORTS = 5, 3, 8
BASE = "/api/intake/v1"


@dataclass
class Officer:
    """Files reports and opens their cases, and asks again with the same key until answered."""

    town: object
    live: Live
    done: dict[str, str] = field(default_factory=dict)
    tries: int = 0

    def work(self) -> None:
        for _ in range(REPORTS):
            report = self.post("/reports", answers.report_answers())
            case = self.post("/cases", {"report_id": report["id"]})
            self.done[report["id"]] = case["id"]

    def post(self, path: str, body: dict) -> dict:
        key = str(new_id())
        until = time.monotonic() + 120
        while time.monotonic() < until:
            self.tries += 1
            try:
                token = self.town.speaker("petugas").token(Publisher.INTAKE)
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
                answer = httpx.post(
                    self.live.url + BASE + path, json=body, headers=headers, timeout=10
                )
                if answer.status_code in (200, 201):
                    return answer.json()
                assert answer.status_code == 503, answer.text
            except httpx.HTTPError:
                time.sleep(0.3)
        raise AssertionError(f"{path} was never answered")


def killing(live: Live, chance: random.Random) -> int:
    """Kill the process at random moments and start it again; returns how often."""
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.5))
        live.kill()
        live.start()
    return KILLS


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_when_the_process_is_killed(tmp_path):
    seed = random.SystemRandom().randrange(10**6)
    live = Live(tmp_path / "data")
    with a_town(live.folder, public_url=live.url) as town:
        live.start()
        officers = [Officer(town, live) for _ in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as pool:
            working = [pool.submit(officer.work) for officer in officers]
            kills = killing(live, random.Random(seed))  # noqa: S311 - repeatable
            for each in working:
                each.result(timeout=150)
        filed = {report: case for officer in officers for report, case in officer.done.items()}
        eventually(lambda: not examine(town.network).stuck, within=60)
        live.kill()

        found = examine(town.network)
        sys.stdout.write(f"{found.line()}, kills {kills}, seed {seed}\n")
        assert len(filed) == PEOPLE * REPORTS
        assert not any(vars(found).values()), found
        assert reports_of(town) == filed.keys()
        assert cases_of(town) == Counter(filed.values())
        assert opened_lines(town) == Counter(filed.values()), "one line a case on the timeline"


def reports_of(town) -> set[str]:
    with town.network.parts[Publisher.INTAKE].ground.database.begin() as connection:
        found = connection.execute(select(intake_tables.reports.c.id)).scalars()
        return {str(one) for one in found}


def cases_of(town) -> Counter[str]:
    with town.network.parts[Publisher.INTAKE].ground.database.begin() as connection:
        found = connection.execute(select(intake_tables.cases.c.id)).scalars()
        return Counter(str(one) for one in found)


def opened_lines(town) -> Counter[str]:
    lines = monitoring_tables.lines
    with town.network.parts[Publisher.MONITORING].ground.database.begin() as connection:
        query = select(lines.c.case_id).where(lines.c.kind == "case.opened")
        return Counter(str(UUID(str(one))) for one in connection.execute(query).scalars())
