"""A referral service with one unit, two partners, and the network's events played by hand."""

import re
from datetime import timedelta
from uuid import UUID

from joserfc.jwk import ECKey
from sqlalchemy import select

from services.referral import subscriptions
from services.referral.app import PORTAL_MACHINE, create_app
from services.referral.storage import tables
from services.referral.storage.work import begin
from shared.clock import now
from shared.contracts.auth import InstitutionRegistered
from shared.contracts.event import Publisher
from shared.contracts.intake import ConsentGiven, ConsentWithdrawn
from shared.contracts.protection import FieldClass, LegalBasis
from shared.contracts.roles import Role
from shared.contracts.vocabulary import ConsentScope, InstitutionKind, Service
from shared.identifiers import new_id
from shared.storage.outbox import mark_sent
from shared.web.front_tokens import kept_of
from shared.web.front_visits import Visits
from tests.support.issuer import a_token, bearer
from tests.support.parts import app_over, ground_over

API = "/api/referral/v1"
MACHINES = {PORTAL_MACHINE: ECKey.generate_key("P-256", auto_kid=True)}
CANARY = "Melati Kenanga Canari"


class World:
    """The service, and who speaks to it."""

    def __init__(self, url: str) -> None:
        self.ground = ground_over(url, Publisher.REFERRAL, tables.metadata, tables.kit)
        self.app = app_over(self.ground, create_app, MACHINES)
        self.settle()

    def settle(self) -> None:
        """Begin anew with another unit, other partners and another case, in the same database."""
        self.web = self.app.test_client()
        self.unit, self.partner, self.other = new_id(), new_id(), new_id()
        self.manager, self.supervisor = new_id(), new_id()
        self.case, self.consent = new_id(), new_id()
        self.enter(self.partner, InstitutionKind.PSIKOLOG, "Psikolog Latihan A", ["PSI_TERAPI"])
        self.enter(self.other, InstitutionKind.PSIKOLOG, "Psikolog Latihan B", ["PSI_TERAPI"])
        self.give_consent()

    def hear(self, event) -> None:
        """Let an event of another service have its effect."""
        with begin(self.ground) as work:
            subscriptions.SUBSCRIPTIONS[type(event)](work, event)

    def give_consent(self, **changed) -> UUID:
        facts = {
            "consent_id": self.consent,
            "case_id": self.case,
            "unit_id": self.unit,
            "scope": ConsentScope.RUJUKAN,
            "basis": LegalBasis.CONSENT,
            "institution_id": self.partner,
            "service": Service.PSI_TERAPI,
            "field_classes": frozenset({FieldClass.IDENTITY, FieldClass.CONTACT}),
            "valid_until": None,
        }
        self.hear(ConsentGiven(happened_at=now(), **(facts | changed)))
        return changed.get("consent_id", self.consent)

    def withdraw(self) -> None:
        event = ConsentWithdrawn(
            happened_at=now(),
            consent_id=self.consent,
            case_id=self.case,
            unit_id=self.unit,
            scope=ConsentScope.RUJUKAN,
            institution_id=self.partner,
        )
        self.hear(event)

    def enter(self, institution: UUID, kind: InstitutionKind, name: str, services) -> None:
        self.hear(InstitutionRegistered(happened_at=now(), institution_id=institution, kind=kind))
        body = {"name": name, "services": services, "doors": ["portal", "api"]}
        headers = self.staff(Role.KEPALA_UPTD) | {"If-Match": '"v1"'}
        answer = self.web.put(f"{API}/institutions/{institution}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text

    def staff(self, role=Role.MANAJER_KASUS, *, person=None, org=None):
        token = a_token(
            Publisher.REFERRAL, role, org=org or self.unit, person=person or self.manager
        )
        return bearer(token)

    def worker(self, *, org=None, role=Role.PEKERJA_MITRA, **changed):
        token = a_token(
            Publisher.REFERRAL,
            role,
            org=org or self.partner,
            org_kind=InstitutionKind.PSIKOLOG,
            **changed,
        )
        return bearer(token, Idempotency_Key=str(new_id()))

    def an_order(self, **changed):
        order = {
            "case_id": str(self.case),
            "institution_id": str(self.partner),
            "service": "PSI_TERAPI",
            "urgency": "24JAM",
            "age_band": "U18_24",
            "question": "Apakah terapi trauma sesuai?",
            "with_companion": True,
            "content": {"call_name": CANARY, "contact_way": "Lewat UPTD"},
            "consent_id": str(self.consent),
            "consent_sequence": 1,
            "plan_item_id": str(new_id()),
            "plan_item_version": 1,
            "counselled_at": (now() - timedelta(days=1)).isoformat(),
            "person_agreed": True,
        }
        return {name: value for name, value in (order | changed).items() if value is not None}

    def send(self, **changed):
        return self.web.post(
            f"{API}/referrals", json=self.an_order(**changed), headers=self.staff()
        )

    def a_referral(self, **changed) -> str:
        answer = self.send(**changed)
        assert answer.status_code == 201, answer.text
        return answer.json["id"]

    def partner_does(self, referral: str, move: str, body=None, **who):
        path = f"{API}/inbox/{referral}/{move}"
        return self.web.post(path, json=body or {}, headers=self.worker(**who))

    def unit_does(self, referral: str, move: str, body=None, **who):
        path = f"{API}/referrals/{referral}/{move}"
        return self.web.post(path, json=body or {}, headers=self.staff(**who))

    def as_partner(self, referral: str, **who):
        return self.web.get(f"{API}/inbox/{referral}", headers=self.worker(**who))

    def as_unit(self, referral: str, **who):
        return self.web.get(f"{API}/referrals/{referral}", headers=self.staff(**who))

    def history(self, referral: str):
        return self.web.get(f"{API}/referrals/{referral}/history", headers=self.staff()).json

    def topics(self) -> list[str]:
        rows = tables.kit.outbox.rows
        with self.ground.database.begin() as connection:
            mine = select(tables.referrals.c.id).where(tables.referrals.c.case_id == self.case)
            query = select(rows.c.topic).where(rows.c.aggregate_id.in_(mine)).order_by(rows.c.id)
            return list(connection.execute(query).scalars())

    def relay(self) -> None:
        """Do what the relay does: give every event its place in the feed."""
        rows = tables.kit.outbox.rows
        with self.ground.database.begin() as connection:
            query = select(rows.c.id).where(rows.c.sent_at.is_(None)).order_by(rows.c.id)
            waiting = list(connection.execute(query).scalars())
            mark_sent(connection, tables.kit.outbox, waiting, now())

    def everything(self):
        """All that the service keeps, to see that a refusal changed nothing."""
        kept = {}
        ours = (tables.referrals, tables.history, tables.contents, tables.disclosures)
        with self.ground.database.begin() as connection:
            for table in (*ours, tables.kit.outbox.rows):
                kept[table.name] = connection.execute(
                    select(table).order_by(*table.primary_key)
                ).all()
        return kept

    def sign_in(self, *, org=None, role=Role.PEKERJA_MITRA) -> str:
        """Let a partner's worker be signed in at the portal; return the cookie."""
        person = new_id()
        token = a_token(
            Publisher.REFERRAL,
            role,
            org=org or self.partner,
            org_kind=InstitutionKind.PSIKOLOG,
            person=person,
            client_id=PORTAL_MACHINE,
        )
        told = {"refresh_token": "r", "access_token": token, "expires_in": 300}
        visit = Visits(self.ground, "mitra").open(
            kept_of(told, Publisher.REFERRAL, at=now()),
            person_id=person,
            session_id=new_id(),
            at=now(),
            until=now() + timedelta(hours=1),
        )
        self.web.set_cookie("mitra", visit.cookie)
        return visit.cookie

    def open(self, path: str):
        """Open a page of the portal."""
        return self.web.get(path)

    def press(self, path: str, page: str | None = None, **typed):
        """Open a form, fill it in and press its button."""
        shown = self.web.get(page or path).text
        form = {"_csrf": found(shown, "_csrf"), "_once": found(shown, "_once")} | typed
        return self.web.post(path, data=form)


def found(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    hit = re.search(rf'name="{name}" value="([^"]*)"', page)
    return hit[1] if hit else ""
