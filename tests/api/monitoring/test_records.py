"""Monitoring records (F14) over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from services.monitoring.domain.deadlines import Standing
from services.monitoring.storage import tables
from shared.contracts.intake import CaseClosed
from shared.contracts.roles import Role
from shared.contracts.vocabulary import TerminationReason
from shared.identifiers import new_id
from tests.api.monitoring.world import World, wita

TUESDAY = wita(3, 3, 9)
FRIDAY = wita(3, 6, 10)
REFERRAL = new_id()
CANARY = "Kenari-kuning-7731"

PSI: dict[str, Any] = {
    "service": "PSI_TERAPI",
    "referral_id": str(REFERRAL),
    "manager_view": "CUKUP",
    "person_view": "CUKUP",
}
SHELTER: dict[str, Any] = {
    "service": "RSO_SHELTER",
    "manager_view": "BERLEBIH",
    "person_view": "CUKUP",
    "cause": "KLIEN_BERUBAH",
}


@pytest.fixture
def sent(case: World) -> World:
    case.hear(case.sent(REFERRAL, TUESDAY))
    return case


def body(**changed: Any) -> dict[str, Any]:
    return {
        "contact_at": FRIDAY.isoformat(),
        "contacted": "PENYEDIA",
        "mode": "TELEPON",
        "judgements": [PSI],
        "risk_now": "TINGGI",
        "action": "TERUSKAN",
        "next_contact_at": (FRIDAY + timedelta(days=7)).isoformat(),
        "new_needs": CANARY,
        "person_words": CANARY,
        "notes": CANARY,
    } | changed


def write(world: World, *roles: Role, at: Any = FRIDAY, **changed: Any) -> Any:
    headers = changed.pop("headers", None)
    path = f"/cases/{world.case}/records"
    return world.ask("POST", path, *roles, at=at, json=body(**changed), headers=headers)


def test_one_record_judges_several_services_and_each_is_told(sent):
    answer = write(sent, judgements=[PSI, SHELTER], action="REVISI_RENCANA")
    assert answer.status_code == 201, answer.text
    told = [(e.service.value, e.adequacy.value) for e in sent.told("adequacy.judged")]
    assert told == [("PSI_TERAPI", "CUKUP"), ("RSO_SHELTER", "BERLEBIH")]
    assert [one["counts"] for one in answer.json["judgements"]] == ["CUKUP", "BERLEBIH"]


def test_a_record_is_read_as_it_was_written(sent):
    written = write(sent).json
    (read,) = sent.get(f"/cases/{sent.case}/records", at=FRIDAY)["items"]
    assert read == written
    assert (read["notes"], read["recorded_by"]) == (CANARY, str(sent.manager))


def test_pages_of_records_begin_with_the_latest(sent):
    for hours in (0, 1, 2):
        at = FRIDAY + timedelta(hours=hours)
        write(sent, at=at, contact_at=at.isoformat())
    first = sent.ask("GET", f"/cases/{sent.case}/records?limit=2", at=FRIDAY)
    hours = [one["contact_at"][11:13] for one in first.json["items"]]
    assert hours == ["04", "03"]
    rest = first.headers["Link"].split(">")[0].partition("/v1")[2]
    assert [one["contact_at"][11:13] for one in sent.get(rest)["items"]] == ["02"]


def test_a_contact_meets_the_deadline_and_sets_the_next(sent):
    write(sent)
    contacts = [d for d in sent.rows(tables.deadlines) if d["rule"].value == "T22"]
    assert [(one["standing"], one["due_at"]) for one in contacts] == [
        (Standing.MET, TUESDAY + timedelta(days=7)),
        (Standing.OPEN, FRIDAY + timedelta(days=7)),
    ]
    assert sent.tasks()[-2:] == [("contact", "done"), ("contact", "open")]


def test_what_was_said_lies_encrypted_and_stands_nowhere_else(sent):
    write(sent)
    for table in tables.metadata.sorted_tables:
        assert CANARY not in repr(sent.rows(table)), table.name
    (row,) = sent.rows(tables.records)
    assert len(row["notes"]) > len(CANARY)


def test_writing_and_reading_are_audited_with_the_classes_shown(sent):
    write(sent)
    sent.get(f"/cases/{sent.case}/records", at=FRIDAY)
    trail = sorted(sent.rows(tables.kit.audit.rows), key=lambda row: row["position"])[-2:]
    assert [row["outcome"] for row in trail] == ["wrote", "read"]
    assert all("narrative" in row["field_classes"] for row in trail)


def test_the_same_request_again_writes_one_record(sent):
    key = {"Idempotency-Key": "f14-1"}
    first, again = write(sent, headers=key), write(sent, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert len(sent.rows(tables.records)) == 1
    assert len(sent.told("adequacy.judged")) == 1


def test_the_same_key_with_another_body_is_refused(sent):
    key = {"Idempotency-Key": "f14-1"}
    write(sent, headers=key)
    before = sent.everything()
    answer = write(sent, headers=key, mode="SURAT")
    assert (answer.status_code, answer.json["code"]) == (409, "idempotency_key_reused")
    assert sent.everything() == before


def judging(**changed: Any) -> dict[str, Any]:
    return {"judgements": [PSI | changed], "action": "ASESMEN_ULANG"}


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"colour": "red"}, "colour", "unknown_field"),
    ({"contact_at": "2026-02-30T09:00:00+08:00"}, "contact_at", "not_a_time"),
    ({"contact_at": "2026-03-07T09:00:00+08:00"}, "contact_at", "not_yet"),
    ({"contacted": "TETANGGA"}, "contacted", "wrong_code"),
    ({"mode": None}, "mode", "required"),
    ({"risk_now": "GAWAT"}, "risk_now", "wrong_code"),
    ({"notes": "x" * 4001}, "notes", "too_long"),
    ({"notes": {"a": 1}}, "notes", "wrong_type"),
    ({"referral_id": "17"}, "referral_id", "not_a_uuid"),
    ({"referral_id": str(new_id())}, "referral_id", "not_of_this_case"),
    ({"judgements": []}, "judgements", "required"),
    ({"judgements": "all"}, "judgements", "wrong_type"),
    ({"judgements": [PSI, PSI]}, "judgements.1.service", "said_twice"),
    (judging(person_view="KURANG"), "judgements.0.cause", "required"),
    (judging(cause="PENYAMPAIAN"), "judgements.0.cause", "not_wanted"),
    (judging(manager_view="LEBIH"), "judgements.0.manager_view", "wrong_code"),
    (judging(manager_view="BELUM"), "judgements.0.next_check_on", "required"),
    (judging(referral_id=str(new_id())), "judgements.0.referral_id", "not_of_this_case"),
    (judging(counts="CUKUP"), "judgements.0.counts", "unknown_field"),
    ({"next_contact_at": "2026-03-14T10:00:00+08:00"}, "next_contact_at", "too_far_ahead"),
    ({"next_contact_at": "2026-03-06T10:00:00+08:00"}, "next_contact_at", "not_after"),
    (
        {"items": [{"plan_item_id": str(new_id()), "status": "LUPA"}]},
        "items.0.status",
        "wrong_code",
    ),
    (
        {"judgements": [SHELTER], "action": "TERUSKAN"},
        "action",
        "contradicts_judgement",
    ),
]


def test_a_wrong_record_names_the_field_and_changes_nothing(sent, subtests):
    before = sent.everything()
    for changed, field, code in WRONG:
        with subtests.test(field=field, code=code):
            answer = write(sent, **changed)
            assert answer.status_code == 422, answer.text
            named = [(one["field"], one["code"]) for one in answer.json["fields"]]
            assert (field, code) in named
            assert sent.everything() == before
    assert sent.told("adequacy.judged") == []


def test_a_closed_case_takes_no_record(sent):
    sent.hear(
        CaseClosed(
            case_id=sent.case,
            unit_id=sent.unit,
            reason=TerminationReason.PINDAH,
            happened_at=TUESDAY + timedelta(hours=2),
        )
    )
    before = sent.everything()
    answer = write(sent)
    assert (answer.status_code, answer.json["code"]) == (409, "case_is_closed")
    assert sent.everything() == before


def test_a_case_that_is_not_ones_own_takes_no_record(sent):
    before = sent.everything()
    path = f"/cases/{sent.case}/records"
    for person, org in ((new_id(), None), (None, new_id())):
        answer = sent.ask("POST", path, at=FRIDAY, json=body(), person=person, org=org)
        assert answer.status_code == 404
    assert sent.everything() == before


@pytest.mark.parametrize("role", [Role.PENDAMPING, Role.PETUGAS_PENGADUAN, Role.TENAGA_AHLI])
def test_only_who_answers_for_a_case_judges(sent, role):
    assert write(sent, role).status_code == 403


def test_a_record_written_late_is_marked(sent):
    later = FRIDAY + timedelta(days=3)
    assert write(sent, at=later).json["entered_late"] is True


def test_the_problem_is_said_in_both_languages(sent):
    (wrong,) = write(sent, mode="MERPATI").json["fields"]
    assert (wrong["id"], wrong["en"]) == (
        "Pilih salah satu dari daftar.",
        "Choose one from the list.",
    )
