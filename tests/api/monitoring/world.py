"""A small world for the tests of monitoring: one unit, its people, and what the others tell."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Table, select
from werkzeug.test import TestResponse

from services.monitoring.app import create_app
from services.monitoring.clock import TIMERS
from services.monitoring.domain.calendars import WITA
from services.monitoring.storage import tables
from services.monitoring.storage.work import Work, begin
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.contracts import codec, intake
from shared.contracts.event import PUBLISHERS, Event, Publisher
from shared.contracts.referral import ReferralEvent, ReferralSent
from shared.contracts.referral_words import BusinessState, Door, ReferralStanding, Urgency
from shared.contracts.roles import Role
from shared.contracts.vocabulary import CaseClass, Channel, ReporterType, RiskLevel, Service
from shared.identifiers import new_id
from shared.messaging.bus import Delivery
from shared.messaging.message import Message
from shared.storage.work import Ground
from shared.worker.consumer import Consumer, Following
from shared.worker.standing import KIT_SUBSCRIPTIONS
from shared.worker.timers import Clock
from tests.support.issuer import a_token, bearer
from tests.support.parts import app_over, ground_over

API = "/api/monitoring/v1"


def wita(month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WITA)


MONDAY = wita(3, 2, 9, 10)


@dataclass
class World:
    """One unit with a case manager, and what reached monitoring of its work."""

    ground: Ground
    web: FlaskClient
    consumer: Consumer[Work]
    unit: UUID = field(default_factory=new_id)
    manager: UUID = field(default_factory=new_id)
    officer: UUID = field(default_factory=new_id)
    report: UUID = field(default_factory=new_id)
    case: UUID = field(default_factory=new_id)
    partner: UUID = field(default_factory=new_id)
    places: Counter[tuple[str, UUID]] = field(default_factory=Counter)

    def hear(self, *events: Event) -> None:
        """Let monitoring hear of events, each when it happened, through its real consumer."""
        for event in events:
            with self.at(event.happened_at):
                self.deliver(event, place=self._next(event))

    def deliver(self, event: Event, *, place: int) -> None:
        (publisher, *_) = sorted(PUBLISHERS[event.topic])
        body = codec.encode(event)
        message = Message(
            event_id=event.event_id,
            publisher=publisher,
            topic=event.topic,
            aggregate=event.aggregate,
            aggregate_id=event.aggregate_id,
            sequence=place,
            happened_at=event.happened_at,
            correlation_id="",
            body=body,
        )
        self.consumer.take([Delivery(message, body)])

    def tick(self, at: datetime) -> None:
        """Let the clock of monitoring run at a moment."""
        with self.at(at):
            assert Clock(self.ground, TIMERS).tick(at) == len(TIMERS)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        with time_machine.travel(moment, tick=False):
            yield

    def ask(
        self,
        method: str,
        path: str,
        *roles: Role,
        at: datetime = MONDAY,
        person: UUID | None = None,
        org: UUID | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> TestResponse:
        """Ask as somebody of the unit: the case manager unless told."""
        with self.at(at):
            token = a_token(
                Publisher.MONITORING,
                *(roles or (Role.MANAJER_KASUS,)),
                org=org or self.unit,
                person=person or self.manager,
            )
            sent = bearer(token) | (headers or {})
            return self.web.open(f"{API}{path}", method=method, headers=sent, **more)

    def get(self, path: str, *roles: Role, **more: Any) -> Any:
        answer = self.ask("GET", path, *roles, **more)
        assert answer.status_code == 200, answer.text
        return answer.json

    def deadlines(self) -> dict[tuple[str, str], Any]:
        """Every deadline there is, by rule and part."""
        with begin(self.ground) as work:
            found = work.deadlines.find(order=tables.deadlines.c.id)
        return {(one.rule.value, one.applies_if.value): one for one in found}

    def tasks(self) -> list[tuple[str, str]]:
        """Every task as (kind, standing), the oldest first."""
        with begin(self.ground) as work:
            found = work.tasks.find(order=tables.tasks.c.id)
        return [(one.kind.value, one.standing.value) for one in found]

    def told(self, topic: str) -> list[Event]:
        """What monitoring itself has published under this topic."""
        rows = tables.kit.outbox.rows
        query = select(rows).where(rows.c.topic == topic).order_by(rows.c.id)
        with self.ground.database.begin() as connection:
            found = connection.execute(query).mappings().all()
        return [
            codec.decode(
                topic, row["body"], event_id=row["event_id"], happened_at=row["happened_at"]
            )
            for row in found
        ]

    def everything(self) -> dict[str, list[Any]]:
        """Every row of monitoring's own tables, to see that nothing was changed."""
        kit = {"audit", "audit_head", "timers"}
        with self.ground.database.begin() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(select(table))))
                for table in tables.metadata.sorted_tables
                if table.name not in kit
            }

    def rows(self, table: Table) -> list[Any]:
        with self.ground.database.begin() as connection:
            return list(connection.execute(select(table)).mappings())

    def _next(self, event: Event) -> int:
        self.places[event.aggregate, event.aggregate_id] += 1
        return self.places[event.aggregate, event.aggregate_id]

    # What happened, in short.

    def received(self, **changed: Any) -> intake.ReportReceived:
        told: dict[str, Any] = {
            "report_id": self.report,
            "unit_id": self.unit,
            "channel": Channel.LANGSUNG,
            "reporter_type": ReporterType.KORBAN,
            "class_reported": CaseClass.KTP,
            "reported_at": MONDAY,
            "risk": RiskLevel.TINGGI,
            "sexual": False,
            "needs_outreach": False,
            "happened_at": MONDAY,
        }
        return intake.ReportReceived(**told | changed)

    def opened(self, at: datetime = MONDAY + timedelta(minutes=30)) -> intake.CaseOpened:
        return intake.CaseOpened(
            case_id=self.case,
            unit_id=self.unit,
            report_id=self.report,
            opened_by=self.officer,
            class_reported=CaseClass.KTP,
            risk=RiskLevel.TINGGI,
            happened_at=at,
        )

    def accompanied(self, companion: UUID | None) -> intake.CaseAccompanied:
        return intake.CaseAccompanied(
            case_id=self.case,
            unit_id=self.unit,
            companion_id=companion,
            happened_at=MONDAY + timedelta(days=1),
        )

    def assigned(self, at: datetime = MONDAY + timedelta(minutes=31)) -> intake.CaseAssigned:
        return intake.CaseAssigned(
            case_id=self.case, unit_id=self.unit, manager_id=self.manager, happened_at=at
        )

    def referral(
        self, kind: type[ReferralEvent], referral_id: UUID, at: datetime, **told: Any
    ) -> Any:
        named: dict[str, Any] = {
            "referral_id": referral_id,
            "case_id": self.case,
            "unit_id": self.unit,
            "institution_id": self.partner,
            "service": Service.PSI_TERAPI,
            "standing": ReferralStanding.REQUESTED,
            "business_state": None,
            "door": Door.PORTAL,
            "move_no": 1,
            "happened_at": at,
        }
        return kind(**named | told)

    def sent(self, referral_id: UUID, at: datetime, **told: Any) -> ReferralSent:
        named: dict[str, Any] = {
            "urgency": Urgency.H24,
            "emergency": False,
            "respond_by": at + timedelta(hours=24),
            "serve_by": at + timedelta(days=7),
            "plan_item_id": None,
            "consent_id": None,
            "previous_referral_id": None,
            "at_termination": False,
            "door": Door.STAFF,
        }
        return self.referral(ReferralSent, referral_id, at, **named | told)

    def accepted_state(self) -> dict[str, Any]:
        return {"standing": ReferralStanding.IN_PROGRESS, "business_state": BusinessState.UNDER_WAY}


def a_world(url: str) -> World:
    """An empty world over an empty database."""
    ground = ground_over(url, Publisher.MONITORING, tables.metadata, tables.kit)
    following = Following(
        ground=ground, begin=begin, subscriptions={**KIT_SUBSCRIPTIONS, **SUBSCRIPTIONS}
    )
    return World(
        ground=ground,
        web=app_over(ground, create_app).test_client(),
        consumer=Consumer(following),
    )
