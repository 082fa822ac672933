"""What a test needs to have happened before, asked of the API instead of walked through pages."""

from typing import Any
from uuid import UUID

from shared.contracts.event import Publisher
from shared.errors import RajutError
from shared.identifiers import new_id
from tests.support import intake as answers
from tests.support.network import Town
from tests.support.waiting import eventually

INTAKE, REFERRAL = "/api/intake/v1", "/api/referral/v1"
CLASSES = ["identity", "contact", "narrative", "health", "risk"]


def a_case(town: Town) -> str:
    """The id of a case in which help is agreed and counselling was held; its manager is manajer."""
    manager = town.line("manajer", Publisher.INTAKE)
    told = answers.report_answers() | {"safety": answers.safety_answers()}
    report = town.line("petugas", Publisher.INTAKE).post(f"{INTAKE}/reports", told)
    case = manager.post(f"{INTAKE}/cases", {"report_id": report["id"]})
    at = f"{INTAKE}/cases/{case['id']}"
    manager.post(f"{at}/assignment", {"manager_id": str(town.cast.people["manajer"])})
    manager.post(f"{at}/consents", answers.consent_answers())
    manager.post(f"{at}/next-stage")
    manager.post(f"{at}/screening", answers.screening_answers())
    manager.post(f"{at}/next-stage")
    return str(case["id"])


def a_referral(town: Town, partner: str) -> str:
    """The code of a referral for therapy that was sent to a partner just now."""
    at = f"{INTAKE}/cases/{a_case(town)}"
    manager = town.line("manajer", Publisher.INTAKE)
    need = manager.post(f"{at}/needs", answers.need_answers())
    item = manager.post(f"{at}/plan/items", answers.item_answers(UUID(need["id"])))
    manager.post(f"{at}/plan/items/{item['id']}/decision", {"decision": "SETUJU"})
    manager.post(f"{at}/plan/agreement")
    manager.post(f"{at}/next-stage")
    manager.post(f"{at}/counselling", answers.counselling_answers())
    institution = str(town.cast.institutions[partner])
    shared = {"institution_id": institution, "service": "PSI_TERAPI"}
    consent = answers.consent_answers(scope="RUJUKAN", field_classes=CLASSES, **shared)
    manager.post(f"{at}/consents", consent)
    wish = {
        "institution_id": institution,
        "template": ["call_name", "presenting_problem"],
        "urgency": "24JAM",
        "question": "Apakah terapi dapat dimulai minggu ini?",
        "content": {"call_name": "Mawar", "presenting_problem": "Sulit tidur."},
    }
    order = manager.post(f"{at}/plan/items/{item['id']}/referral-order", wish)
    # The running process carries the consent to referral; until it is there, the answer is no.
    return str(eventually(lambda: _sent(town, order))["code"])


def accepted(town: Town, partner: str) -> str:
    """The code of a referral that the partner has accepted."""
    code = a_referral(town, partner)
    line = town.line(partner, Publisher.REFERRAL)
    one = next(one for one in line.get(f"{REFERRAL}/inbox")["items"] if one["code"] == code)
    at = f"{REFERRAL}/inbox/{one['id']}"
    line.get(at)
    line.post(f"{at}/acceptance", {}, key=str(new_id()))
    return code


def _sent(town: Town, order: dict[str, Any]) -> Any:
    line = town.line("manajer", Publisher.REFERRAL)
    try:
        return line.post(f"{REFERRAL}/referrals", order["body"], key=order["key"])
    except RajutError as refused:
        if refused.code != "consent_not_yet_known":
            raise
        return None
