"""Every door against everybody, races, and nothing of a person where it does not belong."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from openapi_spec_validator import validate
from sqlalchemy import select

from deploy.services import service
from services.referral.domain.consent import ConsentStanding
from services.referral.domain.institution import InstitutionStanding
from services.referral.storage import tables
from services.referral.storage.work import begin
from shared.clock import now
from shared.contracts.auth import InstitutionRegistered
from shared.contracts.event import Publisher
from shared.contracts.intake import (
    CaseAccompanied,
    CaseAssigned,
    CaseOpened,
    ConsentRefused,
)
from shared.contracts.roles import Role
from shared.contracts.vocabulary import CaseClass, ConsentScope, InstitutionKind
from shared.identifiers import new_id
from shared.storage import migrate
from shared.storage.database import Database
from tests.api.referral.world import API, CANARY, World
from tests.support.threads import together

BODIES = {
    "refusal": {"reason": "AT_CAPACITY"},
    "failure": {"reason": "AT_CAPACITY"},
    "cancellation": {"reason": "SAFETY"},
    "cancellation-request": {"reason": "SAFETY"},
    "appointment": {"appointment_at": (now() + timedelta(days=9)).isoformat()},
    "hold": {"waiting_for": "waiting-person", "note": "x"},
    "completion": {"result": "given", "note": "x"},
    "handover": {"to_unit_id": str(new_id()), "accepted_at": now().isoformat()},
    "plan-item": {"plan_item_id": str(new_id()), "plan_item_version": 1},
    "recorded-answer": {"move": "accept", "door": "phone", "evidence": "x"},
}


def addresses(app, side: str) -> list[str]:
    prefix = f"{API}/{side}/<uuid:referral_id>/"
    rules = app.url_map.iter_rules()
    return sorted(rule.rule.removeprefix(prefix) for rule in rules if _posted(rule, prefix))


def _posted(rule, prefix) -> bool:
    return rule.rule.startswith(prefix) and "POST" in rule.methods


def test_every_address_of_a_move_is_closed_to_everybody_else(quick_world):
    world = quick_world
    referral = world.a_referral()
    before = world.everything()
    partners, units = addresses(world.app, "inbox"), addresses(world.app, "referrals")
    assert (len(partners), len(units)) == (18, 11)
    key = {"Idempotency-Key": "k"}

    def tried(side, move, headers):
        body = BODIES.get(move, {"note": "x"})
        path = f"{API}/{side}/{referral}/{move}"
        return world.web.post(path, json=body, headers=headers).status_code

    for move in partners:
        assert tried("inbox", move, {}) == 401
        assert tried("inbox", move, world.staff(Role.KEPALA_UPTD) | key) == 403
        assert tried("inbox", move, world.worker(org=world.other)) == 404
    for move in units:
        assert tried("referrals", move, {}) == 401
        assert tried("referrals", move, world.worker()) == 403
        assert tried("referrals", move, world.staff(Role.SUPERVISOR, org=world.other)) == 404
    assert world.everything() == before


def test_a_role_without_the_scope_reads_and_sends_nothing(quick_world):
    for role in (Role.ADMIN_DATA, Role.AUDITOR, Role.SATGAS, Role.TENAGA_AHLI):
        headers = quick_world.staff(role)
        assert quick_world.web.get(f"{API}/referrals", headers=headers).status_code == 403
        answer = quick_world.web.post(
            f"{API}/referrals", json=quick_world.an_order(), headers=headers
        )
        assert answer.status_code == 403


def test_who_does_not_work_on_a_case_does_not_find_its_referrals(world):
    referral = world.a_referral()
    opener, manager, companion = new_id(), new_id(), new_id()

    def sees(person, role):
        listed = world.web.get(f"{API}/referrals", headers=world.staff(role, person=person))
        found = world.as_unit(referral, person=person, role=role).status_code == 200
        assert found == ([row["id"] for row in listed.json["items"]] == [referral])
        return found

    def everybody():
        people = (opener, Role.PETUGAS_PENGADUAN), (manager, Role.MANAJER_KASUS)
        some = [sees(*one) for one in (*people, (companion, Role.PENDAMPING))]
        return [*some, sees(world.manager, Role.MANAJER_KASUS), sees(new_id(), Role.PENDAMPING)]

    of = {"happened_at": now(), "case_id": world.case, "unit_id": world.unit}
    assert everybody() == [False, False, False, True, False]
    opened = {"report_id": new_id(), "class_reported": CaseClass.KTP, "risk": None}
    world.hear(CaseOpened(**of, **opened, opened_by=opener))
    assert everybody() == [True] * 5
    world.hear(CaseAssigned(**of, manager_id=manager))
    assert everybody() == [True, True, False, False, False]
    world.hear(CaseAccompanied(**of, companion_id=companion))
    assert everybody() == [True, True, True, False, False]
    world.hear(CaseAccompanied(**of, companion_id=None))
    assert everybody() == [True, True, False, False, False]
    for overseer in (Role.SUPERVISOR, Role.KEPALA_UPTD):
        assert sees(new_id(), overseer)
    note = {"reason": "SAFETY"}
    assert world.unit_does(referral, "cancellation", note, person=new_id()).status_code == 404


def at_once(*deeds):
    """Do different things in threads that start together; nobody's fault may come of it."""
    done = together(len(deeds), lambda place: deeds[place]())
    assert not [one for one in done if isinstance(one, Exception)]
    assert not [one for one in done if getattr(one, "status_code", 0) >= 500]
    return done


@pytest.mark.parametrize("attempt", range(3))
def test_a_withdrawal_and_an_acceptance_at_once_leave_no_access(world, attempt):
    referral = world.a_referral()
    at_once(lambda: world.partner_does(referral, "acceptance"), world.withdraw)

    ended = world.as_unit(referral).json
    assert (ended["standing"], ended["reason"]) == ("cancelled", "NO_CONSENT")
    assert world.as_partner(referral).json["content"] == {}
    numbers = [entry["move_no"] for entry in world.history(referral)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("attempt", range(3))
def test_a_withdrawal_and_a_sending_at_once_leave_nothing_open(world, attempt):
    at_once(world.send, world.withdraw)
    listed = world.web.get(f"{API}/referrals", headers=world.staff()).json["items"]
    assert all(row["standing"] == "cancelled" for row in listed)


def test_the_same_order_sent_at_once_is_one_referral(world):
    order = world.an_order()

    def send():
        browser = world.app.test_client()
        return browser.post(f"{API}/referrals", json=order, headers=world.staff())

    codes = {answer.status_code for answer in at_once(*[send] * 4)}

    assert 201 in codes
    assert codes <= {201, 200, 409}
    listed = world.web.get(f"{API}/referrals", headers=world.staff()).json["items"]
    assert len(listed) == 1


def test_nothing_of_a_person_lies_in_clear_or_in_a_log(tmp_path, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "canary.sqlite3"
    world = World(f"sqlite:///{file}")
    referral = world.a_referral(question="Siapa Catatan-Burung-Kenari?")
    world.partner_does(referral, "acceptance", {"note": "Catatan-Burung-Kenari"})
    world.as_partner(referral)
    world.partner_does(referral, "completion", {"result": "given", "note": CANARY})
    world.ground.database.close()

    kept = b"".join(path.read_bytes() for path in Path(tmp_path).glob("canary.sqlite3*"))
    said = "".join(capfd.readouterr()) + caplog.text
    for canary in (CANARY, CANARY.split()[2], "Catatan-Burung-Kenari"):
        assert canary.encode() not in kept
        assert canary not in said


def test_reading_and_moving_leave_rows_in_the_audit_trail(quick_world):
    referral = quick_world.a_referral()
    quick_world.partner_does(referral, "acceptance")
    quick_world.as_partner(referral)
    quick_world.as_partner(referral, org=quick_world.other)
    audit = tables.kit.audit.rows
    with quick_world.ground.database.begin() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.position)).all()
    told = [(row.outcome, row.action) for row in rows if "directory" not in row.action]
    assert ("wrote", "referral.send") in told
    assert ("wrote", "referral.accept") in told
    assert ("read", "inbox.read") in told
    assert told[-1][0] == "denied"
    shown = next(row for row in rows if row.action == "inbox.read")
    assert shown.object_ids == [referral]
    assert set(shown.field_classes) >= {"identity", "contact"}


def test_an_unchanged_referral_is_not_shown_again_and_leaves_no_row(quick_world):
    referral = quick_world.a_referral()
    partner, unit = f"{API}/inbox/{referral}", f"{API}/referrals/{referral}"
    tag = quick_world.as_partner(referral).headers["ETag"]
    audit = tables.kit.audit.rows

    def rows() -> int:
        with quick_world.ground.database.begin() as connection:
            return len(connection.execute(select(audit.c.position)).all())

    before = rows()
    for path, who in ((partner, quick_world.worker()), (unit, quick_world.staff())):
        answer = quick_world.web.get(path, headers=who | {"If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")
    assert rows() == before
    quick_world.partner_does(referral, "receipt")
    fresh = quick_world.web.get(partner, headers=quick_world.worker() | {"If-None-Match": tag})
    assert fresh.status_code == 200


def test_the_openapi_document_is_valid_and_names_every_address(quick_world):
    document = quick_world.web.get(f"{API}/openapi.json").json
    validate(document)
    assert f"{API}/inbox/{{referral_id}}/acceptance" in document["paths"]
    described = [
        (path, method)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if method in {"get", "post", "put"} and not told.get("summary")
    ]
    assert described == []


def test_consents_are_followed_through_every_change(world):
    refused = new_id()
    told = ConsentRefused(
        happened_at=now(),
        consent_id=refused,
        case_id=world.case,
        unit_id=world.unit,
        scope=ConsentScope.RUJUKAN,
        institution_id=world.partner,
    )
    world.hear(told)
    assert world.send(consent_id=str(refused)).json["code"] == "consent_does_not_cover"
    world.hear(told)
    world.give_consent(consent_id=refused)
    with begin(world.ground) as work:
        known = work.consents.get(refused)
    assert (known.standing, known.sequence) == (ConsentStanding.GIVEN, 3)
    assert world.send(consent_id=str(refused), consent_sequence=3).status_code == 201


def test_auth_may_name_an_institution_again(world):
    again = InstitutionRegistered(
        happened_at=now(), institution_id=world.partner, kind=InstitutionKind.PSIKIATER
    )
    world.hear(again)
    with begin(world.ground) as work:
        known = work.institutions.get(world.partner)
    assert (known.kind, known.name) == (InstitutionKind.PSIKIATER, "Psikolog Latihan A")
    assert known.standing is InstitutionStanding.ACTIVE


def test_the_migrations_make_the_tables_and_take_them_away(empty_database_url):
    referral = service(Publisher.REFERRAL)
    database = Database(empty_database_url)
    migrate.upgrade(database, referral.migrations, referral.metadata)
    assert migrate.differences(database, referral.metadata) == []
    migrate.downgrade(database, referral.migrations, referral.metadata)
    migrate.upgrade(database, referral.migrations, referral.metadata)
    database.close()
