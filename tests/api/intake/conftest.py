"""Intake's API over a fresh database of each kind, and people of one unit with their tokens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import ECKey
from sqlalchemy import func, select

from services.intake.app import create_app
from services.intake.storage.tables import kit, metadata
from services.intake.storage.work import begin
from shared.contracts.event import Event, Publisher
from shared.contracts.roles import Role
from shared.identifiers import new_id
from shared.storage.work import Ground
from tests.support.desk import Desk
from tests.support.intake import (
    consent_answers,
    counselling_answers,
    item_answers,
    need_answers,
    report_answers,
    safety_answers,
    screening_answers,
)
from tests.support.issuer import a_token, bearer
from tests.support.parts import app_over, ground_over

BASE = "/api/intake/v1"
MACHINES = {"staff-web": ECKey.generate_key("P-256")}


@dataclass
class Person:
    """Somebody of the unit, who speaks to the API."""

    web: FlaskClient
    unit: UUID
    roles: tuple[Role, ...]
    id: UUID

    def get(self, path: str, **more: Any) -> Any:
        return self.web.get(BASE + path, headers=self._headers(), **more)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.web.post(
            BASE + path, json={} if body is None else body, headers=self._headers(**headers)
        )

    def made(self, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.post(path, body)
        assert answer.status_code in (200, 201), answer.json
        return dict(answer.json)

    def _headers(self, **more: str) -> dict[str, str]:
        token = a_token(Publisher.INTAKE, *self.roles, org=self.unit, person=self.id)
        return bearer(token, **more)


@dataclass
class Office:
    """A unit with its API, its people, and what it has told the network."""

    ground: Ground
    web: FlaskClient
    unit: UUID

    def person(self, *roles: Role, unit: UUID | None = None) -> Person:
        return Person(self.web, unit or self.unit, roles, new_id())

    def topics(self) -> list[str]:
        rows = kit.outbox.rows
        with self.ground.database.begin() as connection:
            found = connection.execute(select(rows.c.topic).order_by(rows.c.id))
            return [topic for topic in found.scalars() if not topic.startswith("audit")]

    def hear(self, follow: Callable[[Any, Any], None], *events: Event) -> None:
        for told in events:
            with begin(self.ground) as work:
                follow(work, told)

    def everything(self) -> dict[str, int]:
        """How many rows each table has, but for the audit trail, which keeps denials."""
        with self.ground.database.begin() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in metadata.sorted_tables
                if not table.name.startswith("audit")
            }


@pytest.fixture
def office(database_url: str) -> Any:
    ground = ground_over(database_url, Publisher.INTAKE, metadata, kit)
    app = app_over(ground, create_app, MACHINES)
    yield Office(ground=ground, web=app.test_client(), unit=new_id())
    ground.database.close()


@pytest.fixture
def officer(office: Office) -> Person:
    return office.person(Role.PETUGAS_PENGADUAN)


@pytest.fixture
def manager(office: Office) -> Person:
    return office.person(Role.MANAJER_KASUS)


@pytest.fixture
def supervisor(office: Office) -> Person:
    return office.person(Role.SUPERVISOR)


@pytest.fixture
def case(officer: Person, manager: Person) -> dict[str, Any]:
    """A case in engagement, with its manager and its safety screening."""
    report = officer.made("/reports", report_answers() | {"safety": safety_answers()})
    opened = officer.made("/cases", {"report_id": report["id"]})
    return manager.made(f"/cases/{opened['id']}/assignment", {"manager_id": str(manager.id)})


@pytest.fixture
def planned(case: dict[str, Any], manager: Person) -> dict[str, Any]:
    """A case in intervention: screened, consented, planned and counselled; and its plan item."""
    at = f"/cases/{case['id']}"
    manager.made(f"{at}/consents", consent_answers())
    manager.made(f"{at}/next-stage")
    manager.made(f"{at}/screening", screening_answers())
    manager.made(f"{at}/next-stage")
    need = manager.made(f"{at}/needs", need_answers())
    item = manager.made(f"{at}/plan/items", item_answers(UUID(need["id"])))
    manager.made(f"{at}/plan/items/{item['id']}/decision", {"decision": "SETUJU"})
    manager.made(f"{at}/plan/agreement")
    manager.made(f"{at}/next-stage")
    manager.made(f"{at}/counselling", counselling_answers())
    return {"case": manager.get(at).json, "item": item, "at": at, "need": need}


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One workspace for all tests of a file; each works in a unit of its own."""
    file = tmp_path_factory.mktemp("staff") / "intake.sqlite3"
    ground = ground_over(f"sqlite:///{file}", Publisher.INTAKE, metadata, kit)
    yield ground, app_over(ground, create_app, MACHINES)
    ground.database.close()


@pytest.fixture
def desk(rooms: Any) -> Desk:
    """A case manager who is signed in."""
    ground, app = rooms
    return Desk(ground, app.test_client(), new_id(), new_id()).sign_in()
