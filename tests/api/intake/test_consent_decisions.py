"""The latest decision of the person counts, and sharing without one takes a second person."""

from typing import Any

import pytest

from shared.contracts.roles import Role
from shared.identifiers import new_id
from tests.support.desk import Desk
from tests.support.intake import consent_answers

PARTNER = new_id()
OVERRIDDEN = {
    "giver": "UPTD_BEST_INTEREST",
    "basis": "vital-interest",
    "basis_reason": "Nyawa terancam",
}


def sharing(**changes: Any) -> dict[str, Any]:
    return (
        consent_answers(
            scope="RUJUKAN",
            institution_id=str(PARTNER),
            service="PSI_TERAPI",
            field_classes=["identity"],
        )
        | changes
    )


def preview(who: Any, planned: dict[str, Any]) -> Any:
    body = {"institution_id": str(PARTNER), "template": ["summary"]}
    return who.post(f"{planned['at']}/plan/items/{planned['item']['id']}/preview", body)


@pytest.mark.parametrize("service", ["PSI_TERAPI", None])
def test_a_later_no_takes_the_earlier_yes_back(
    office: Any, manager: Any, planned: dict[str, Any], service: str | None
) -> None:
    manager.made(f"{planned['at']}/consents", sharing())
    assert preview(manager, planned).status_code == 200

    manager.made(f"{planned['at']}/consents", sharing(decision="REFUSED", service=service))

    assert preview(manager, planned).json["code"] == "no_consent"
    standings = [one["standing"] for one in manager.get(f"{planned['at']}/consents").json]
    assert standings == ["REFUSED", "WITHDRAWN", "GIVEN"]
    assert office.topics()[-2:] == ["consent.refused", "consent.withdrawn"]


def test_a_no_to_one_service_ends_a_yes_to_everything_of_that_partner(
    manager: Any, planned: dict[str, Any]
) -> None:
    manager.made(f"{planned['at']}/consents", sharing(service=None))

    manager.made(f"{planned['at']}/consents", sharing(decision="REFUSED"))

    assert preview(manager, planned).json["code"] == "no_consent"


@pytest.mark.parametrize(
    "other", [{"service": "MED_VER"}, {"institution_id": str(new_id())}], ids=["service", "partner"]
)
def test_a_no_to_something_else_leaves_a_yes_alone(
    office: Any, manager: Any, planned: dict[str, Any], other: dict[str, str]
) -> None:
    manager.made(f"{planned['at']}/consents", sharing())

    manager.made(f"{planned['at']}/consents", sharing(decision="REFUSED") | other)

    assert preview(manager, planned).status_code == 200
    assert "consent.withdrawn" not in office.topics()


def test_a_later_yes_counts_again(manager: Any, planned: dict[str, Any]) -> None:
    manager.made(f"{planned['at']}/consents", sharing(decision="REFUSED"))
    manager.made(f"{planned['at']}/consents", sharing())

    assert preview(manager, planned).status_code == 200


def test_the_second_person_of_the_page_is_the_one_of_the_api(desk: Desk) -> None:
    case, _ = desk.a_planned_case()
    given = desk.told(f"/cases/{case}/consents", sharing(**OVERRIDDEN))
    approve = f"/kasus/{case}/persetujuan/{given['id']}/setuju"
    someone = Desk(desk.ground, desk.web, desk.unit, new_id())

    desk.sign_in(Role.PETUGAS_PENGADUAN)
    assert desk.press(approve, page=f"/kasus/{case}").status_code == 403

    someone.sign_in(Role.SUPERVISOR)
    assert someone.press(approve, page=f"/kasus/{case}").status_code == 303
    kept = next(one for one in desk.known(f"/cases/{case}/consents") if one["id"] == given["id"])
    assert kept["valid_until"] is None
