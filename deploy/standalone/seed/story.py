"""Tells a training scenario through the network's own API, with the unit's clock moved along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from deploy.standalone.network import Network
from deploy.standalone.seed.cast import Cast
from deploy.standalone.speaker import speaker
from shared.clock import now
from shared.contracts.event import Publisher
from shared.http.calls import Line
from shared.identifiers import new_id

WITA: Final = ZoneInfo("Asia/Makassar")
INTAKE: Final = "/api/intake/v1"
REFERRAL: Final = "/api/referral/v1"
MONITORING: Final = "/api/monitoring/v1"

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """A network in which people of the cast do what the scenario says."""

    network: Network
    cast: Cast

    def at(self, moment: str) -> datetime:
        """Move the training unit's clock to a moment in WITA (``2026-03-02 09:10``)."""
        meant = datetime.fromisoformat(moment).replace(tzinfo=WITA)
        offset = int((meant - now()).total_seconds())
        self.line("kepala", Publisher.INTAKE).post(
            f"{INTAKE}/units/{self.cast.unit_id}/clock", {"offset_seconds": offset}
        )
        self.network.deliver()
        self.network.tick()
        return meant

    def line(self, sign_in: str, publisher: Publisher) -> Line:
        """Return a line to a service as somebody of the cast."""
        return speaker(self.network, self.cast.people[sign_in]).to(publisher)

    def does(self, sign_in: str, path: str, body: Answers | None = None) -> dict[str, Any]:
        """Let somebody of the unit do something in intake, and carry what it tells."""
        done = self.line(sign_in, Publisher.INTAKE).post(f"{INTAKE}{path}", body or {})
        self.network.deliver()
        return dict(done)

    def opens(self, report: Answers, safety: Answers | None = None) -> dict[str, Any]:
        """The officer receives a report and opens a case for its first person."""
        told = {**report, **({"safety": safety} if safety else {})}
        kept = self.does("petugas", "/reports", told)
        self.does("petugas", f"/reports/{kept['id']}/response")
        case = self.does("petugas", "/cases", {"report_id": kept["id"]})
        manager = {"manager_id": str(self.cast.people["manajer"])}
        return self.does("supervisor", f"/cases/{case['id']}/assignment", manager)

    def refers(self, case: Answers, item: Answers, partner: str, wish: Answers) -> str:
        """The manager sends a referral for a plan item; returns its id."""
        to = {"institution_id": str(self.cast.institutions[partner])}
        path = f"{INTAKE}/cases/{case['id']}/plan/items/{item['id']}/referral-order"
        order = self.line("manajer", Publisher.INTAKE).post(path, {**to, **wish})
        sent = self.line("manajer", Publisher.REFERRAL).post(
            f"{REFERRAL}/referrals", order["body"], key=order["key"]
        )
        self.network.deliver()
        return str(sent["id"])

    def answers(self, sign_in: str, referral_id: str, move: str, body: Answers) -> None:
        """Somebody of a partner makes a move on a referral."""
        path = f"{REFERRAL}/inbox/{referral_id}"
        line = self.line(sign_in, Publisher.REFERRAL)
        line.get(path)
        line.post(f"{path}/{move}", dict(body), key=str(new_id()))
        self.network.deliver()

    def judges(self, case: Answers, record: Answers) -> None:
        """The manager judges the help (F14)."""
        path = f"{MONITORING}/cases/{case['id']}/records"
        line = self.line("manajer", Publisher.MONITORING)
        line.post(path, dict(record), key=str(new_id()))
        self.network.deliver()
