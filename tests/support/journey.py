"""The main job as steps that tests take: from a complaint to the judgement of the help."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.clock import now
from shared.contracts.event import Publisher
from tests.support import intake as answers
from tests.support.network import Town

INTAKE, REFERRAL, MONITORING = "/api/intake/v1", "/api/referral/v1", "/api/monitoring/v1"


def a_case_with_an_item(town: Town, **told: Any) -> tuple[str, str]:
    """A case in intervention with an agreed plan item for therapy; the case's path, the item."""
    officer, manager = (town.line(who, Publisher.INTAKE) for who in ("petugas", "manajer"))
    report = officer.post(
        f"{INTAKE}/reports", answers.report_answers(**told) | {"safety": answers.safety_answers()}
    )
    case = officer.post(f"{INTAKE}/cases", {"report_id": report["id"]})
    at = f"{INTAKE}/cases/{case['id']}"
    manager_id = str(town.cast.people["manajer"])
    town.line("supervisor", Publisher.INTAKE).post(f"{at}/assignment", {"manager_id": manager_id})
    manager.post(f"{at}/consents", answers.consent_answers())
    manager.post(f"{at}/next-stage")
    manager.post(f"{at}/screening", answers.screening_answers())
    manager.post(f"{at}/next-stage")
    need = manager.post(f"{at}/needs", answers.need_answers())
    item = manager.post(f"{at}/plan/items", answers.item_answers(UUID(need["id"])))
    manager.post(f"{at}/plan/items/{item['id']}/decision", {"decision": "SETUJU"})
    manager.post(f"{at}/plan/agreement")
    manager.post(f"{at}/next-stage")
    manager.post(f"{at}/counselling", answers.counselling_answers())
    return at, item["id"]


def allow_sharing(town: Town, at: str, partner: str) -> None:
    """The person allows that this partner gets what therapy needs."""
    consent = answers.consent_answers(
        scope="RUJUKAN",
        institution_id=str(town.cast.institutions[partner]),
        service="PSI_TERAPI",
        field_classes=["identity", "contact", "narrative", "risk", "health"],
    )
    town.line("manajer", Publisher.INTAKE).post(f"{at}/consents", consent)


def send_referral(
    town: Town, at: str, item_id: str, partner: str, *, problem: str = "Sulit tidur."
) -> dict[str, Any]:
    """The case manager sends the referral for the item to a partner."""
    wish = {
        "institution_id": str(town.cast.institutions[partner]),
        "template": ["call_name", "presenting_problem", "risk_level"],
        "urgency": "24JAM",
        "question": "Apakah terapi trauma dapat dimulai minggu ini?",
        "content": {"presenting_problem": problem},
    }
    manager = town.line("manajer", Publisher.INTAKE)
    order = manager.post(f"{at}/plan/items/{item_id}/referral-order", wish)
    town.deliver()
    return town.line("manajer", Publisher.REFERRAL).post(
        f"{REFERRAL}/referrals", order["body"], key=order["key"]
    )


def timeline(town: Town, at: str) -> list[str]:
    """The kinds of lines of the case's timeline, the latest first."""
    town.deliver()
    case_id = at.rsplit("/", 1)[1]
    line = town.line("manajer", Publisher.MONITORING)
    found = line.get(f"{MONITORING}/cases/{case_id}/timeline", limit="200")
    return [row["kind"] for row in found["items"]]


def judgement(town: Town, referral_id: str, adequacy: str, cause: str | None) -> dict[str, Any]:
    """A monitoring record that judges the therapy."""
    judged = {
        "service": "PSI_TERAPI",
        "referral_id": referral_id,
        "manager_view": "CUKUP",
        "person_view": adequacy,
    }
    return {
        "contact_at": now().isoformat(),
        "contacted": "KLIEN",
        "mode": "TELEPON",
        "judgements": [judged | ({"cause": cause} if cause else {})],
        "risk_now": "SEDANG",
        "action": "ASESMEN_ULANG",
        "next_contact_at": (now() + timedelta(days=7)).isoformat(),
    }


def accept_and_report(town: Town, referral_id: str) -> tuple[str, str]:
    """The partner reads, accepts, reads again and reports; what it saw before and after."""
    partner = town.line("psikolog-b", Publisher.REFERRAL)
    at = f"{REFERRAL}/inbox/{referral_id}"
    (waiting,) = partner.get(f"{REFERRAL}/inbox")["items"]
    assert waiting["id"] == referral_id
    before = str(partner.get(at))
    partner.post(f"{at}/acceptance", key="accept-1")
    after = str(partner.get(at))
    partner.post(f"{at}/progress", {"sessions_done": 2, "sessions_planned": 4}, key="progress-1")
    return before, after


def judge_too_little(town: Town, at: str, referral_id: str) -> None:
    """The manager judges the therapy; the person finds it too little."""
    town.deliver()
    record = judgement(town, referral_id, "KURANG", "KEBUTUHAN_BARU")
    path = f"{MONITORING}/cases/{at.rsplit('/', 1)[1]}/records"
    town.line("manajer", Publisher.MONITORING).post(path, record, key="record-1")
    town.deliver()
