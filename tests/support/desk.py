"""A browser at a desk of a unit: the staff pages without JavaScript, and the API beside them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.identifiers import new_id
from shared.web.front_tokens import kept_of
from shared.web.front_visits import Visits
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

API = "/api/intake/v1"


@dataclass
class Desk:
    """A browser at a desk of the unit, and the unit's API for what came before."""

    ground: Any
    web: Any
    unit: UUID
    person: UUID
    role: Role = Role.MANAJER_KASUS

    def sign_in(self, role: Role = Role.MANAJER_KASUS) -> "Desk":
        self.role = role
        token = self._token()
        told = {"refresh_token": "r", "access_token": token, "expires_in": 300}
        visit = Visits(self.ground, "staf").open(
            kept_of(told, Publisher.INTAKE, at=now()),
            person_id=self.person,
            session_id=new_id(),
            at=now(),
            until=now() + timedelta(hours=1),
        )
        self.web.set_cookie("staf", visit.cookie)
        return self

    def open(self, path: str) -> Any:
        answer = self.web.get(path)
        assert answer.status_code in (200, 303), answer.status_code
        return answer

    def press(self, path: str, page: str | None = None, **typed: Any) -> Any:
        shown = self.web.get(page or path).text
        hidden = {name: hidden_field(shown, name) for name in ("_csrf", "_once", "_seen")}
        form = {name: value for name, value in hidden.items() if value} | typed
        return self.web.post(path, data=form)

    def told(self, path: str, body: Any) -> dict[str, Any]:
        answer = self.web.post(API + path, json=body, headers=bearer(self._token()))
        assert answer.status_code in (200, 201), answer.json
        return dict(answer.json)

    def known(self, path: str) -> Any:
        return self.web.get(API + path, headers=bearer(self._token())).json

    def a_case(self) -> str:
        body = report_answers() | {"safety": safety_answers()}
        report = self.told("/reports", body)
        case = self.told("/cases", {"report_id": report["id"]})
        self.told(f"/cases/{case['id']}/assignment", {"manager_id": str(self.person)})
        return str(case["id"])

    def a_planned_case(self) -> tuple[str, str]:
        case = self.a_case()
        at = f"/cases/{case}"
        self.told(f"{at}/consents", consent_answers())
        self.told(f"{at}/next-stage", {})
        self.told(f"{at}/screening", screening_answers())
        self.told(f"{at}/next-stage", {})
        need = self.told(f"{at}/needs", need_answers())
        item = self.told(f"{at}/plan/items", item_answers(UUID(need["id"])))
        self.told(f"{at}/plan/items/{item['id']}/decision", {"decision": "SETUJU"})
        self.told(f"{at}/plan/agreement", {})
        self.told(f"{at}/next-stage", {})
        self.told(f"{at}/counselling", counselling_answers())
        return case, str(item["id"])

    def _token(self) -> str:
        return a_token(Publisher.INTAKE, self.role, org=self.unit, person=self.person)


def hidden_field(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    hit = re.search(rf'name="{name}" value="([^"]*)"', page)
    return hit[1] if hit else ""


def now_in_parts(name: str) -> dict[str, str]:
    day = now() - timedelta(minutes=1)
    parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    return {f"{name}-{part}": value for part, value in parts.items()} | {f"{name}-time": "00.01"}
