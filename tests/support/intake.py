"""What the tests of intake start from: made-up answers that fit their forms, and aggregates."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.report import Report
from services.intake.domain.sheet import Place, Signature
from shared.contracts.vocabulary import Stage
from shared.identifiers import new_id

AT = datetime(2026, 3, 2, 1, 10, tzinfo=UTC)
UNIT = UUID("01999999-0000-7000-8000-000000000001")


def signed(at: datetime = AT, by: UUID | None = None) -> Signature:
    return Signature(by=by or new_id(), at=at, role="MANAJER_KASUS")


def person(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Mawar",
        "sex": "P",
        "birth_date": "1993-07-12",
        "kelurahan": "52.72.05.1002",
        "safe_contact_mode": "TELEPON",
        "safe_contact_hour": "Selasa siang",
        "code_word": "kue",
        "phone": "0800-0000-1234",
        "nik_status": "ADA",
        "nik": "9972055207930001",
    } | changes


def child(**changes: Any) -> dict[str, Any]:
    return person(birth_date="2014-05-01", nik=None, nik_status="TIDAK_PUNYA") | changes


def report_answers(**blocks: Any) -> dict[str, Any]:
    return {
        "reporter": {
            "channel": "LANGSUNG",
            "reported_at": "2026-03-02T09:10:00+08:00",
            "reporter_type": "KORBAN",
            "name": "Mawar",
        },
        "persons": [person()],
        "alleged_perpetrators": [{"name": "tidak dikenal", "relations": ["SUAMI"], "sex": "L"}],
        "incident": {
            "class_reported": "KTP",
            "forms": ["FISIK", "PSIKIS"],
            "acts": ["FIS_PUKUL"],
            "context": ["KDRT"],
            "chronology": "Cerita rahasia dari pelapor.",
        },
    } | blocks


def safety_answers(**changes: str) -> dict[str, str]:
    return {
        "can_talk_now": "YA",
        "with_perpetrator_now": "TIDAK",
        "injured_now": "TIDAK",
        "incident_within_72h": "TIDAK",
        "threat_to_kill": "TIDAK",
        "weapon_access": "TIDAK_TAHU",
        "suicidal_thought": "TIDAK",
        "child_alone_with_perpetrator": "TIDAK",
        "safe_place_tonight": "YA",
    } | changes


def consent_answers(**changes: Any) -> dict[str, Any]:
    return {
        "scope": "LAYANAN",
        "decision": "GIVEN",
        "basis": "consent",
        "giver": "CLIENT",
        "explained_limits": True,
        "rights_explained": True,
        "language": "id",
        "method": "TANDA_TANGAN",
    } | changes


def screening_answers(**changes: Any) -> dict[str, Any]:
    return {
        "is_ppa_mandate": True,
        "primary_class": "KTP",
        "authority": "KOTA",
        "risk_level": "SEDANG",
        "risk_basis": "Ada tempat aman.",
        "decision": "LANJUT",
    } | changes


def need_answers(**changes: Any) -> dict[str, Any]:
    return {
        "domain": "PSIKO",
        "need": "Pulih dari trauma",
        "urgency": "1",
        "agrees": True,
        "source": "KLIEN",
    } | changes


def item_answers(need_id: UUID, **changes: Any) -> dict[str, Any]:
    return {
        "need_id": str(need_id),
        "service": "PSI_TERAPI",
        "mode": "RUJUKAN",
        "goal": "Tidur nyenyak",
        "escort": "TANPA",
        "planned_sessions": 4,
    } | changes


def counselling_answers(**changes: Any) -> dict[str, Any]:
    return {
        "held_at": "2026-03-04T09:00:00+08:00",
        "mode": "TATAP_MUKA",
        "concerns": "Takut pulang",
        "decision": "LANJUT",
        "reason": "Perlu terapi",
        "agrees": True,
    } | changes


def reassessment_answers(cause: str) -> dict[str, Any]:
    return {
        "unstated_need": "Tidak",
        "followed_through": "Ya",
        "delivery": "Jarak terlalu jauh",
        "cause": cause,
    }


def closure_answers(**changes: Any) -> dict[str, Any]:
    return {
        "reason": "TUJUAN_TERCAPAI",
        "decided_with_person": True,
        "conclusion": "TERCAPAI",
        "achievement": "Aman di rumah",
        "keeping_progress": "Keluarga mendukung",
        "return_door_explained": True,
        "follow_up_wanted": True,
    } | changes


def a_report(**blocks: Any) -> Report:
    return Report.receive(new_id(), UNIT, report_answers(**blocks), signed=signed())


def a_case(stage: Stage = Stage.ENGAGEMENT, **facts: Any) -> Case:
    case, _ = Case.open(a_report(), position=0, number=7, by=new_id(), at=AT)
    case.stage = stage
    for name, value in facts.items():
        setattr(case, name, value)
    return case


def place_of(case: Case) -> Place:
    return Place(owner_id=case.id, unit_id=case.unit_id, stage=case.stage, loop_no=case.loop_no)
