"""The pages of a case: one green button, forms that keep their words, partners' answers."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.actions.following import hear_of_referral
from services.intake.storage.work import begin
from shared.clock import now
from shared.contracts.referral import ReferralDeclined, ReferralSent
from shared.contracts.referral_words import Door, ReferralStanding, Urgency
from shared.contracts.roles import Role
from shared.contracts.vocabulary import DeclineReason, Service
from shared.identifiers import new_id
from tests.support.desk import Desk, hidden_field, now_in_parts
from tests.support.intake import consent_answers, counselling_answers, screening_answers


def test_a_case_page_has_one_green_button_that_leads_on(desk: Desk) -> None:
    case = desk.a_case()

    page = desk.open(f"/kasus/{case}").text

    assert page.count("Langkah berikut") == 1
    assert f'href="/kasus/{case}/persetujuan"' in page
    assert "Mawar" in page
    assert "Linimasa sedang tidak dapat ditampilkan" in page


def test_what_is_the_managers_to_do_has_no_button_for_others(desk: Desk) -> None:
    case, item = desk.a_planned_case()
    sent_for(desk, case, item)
    assert f'href="/kasus/{case}/pemantauan" role="button"' in desk.open(f"/kasus/{case}").text

    desk.sign_in(Role.PETUGAS_PENGADUAN)

    page = desk.open(f"/kasus/{case}").text
    assert "Menunggu manajer kasus." in page
    assert 'role="button"' not in page
    assert desk.web.get(f"/kasus/{case}/pemantauan").status_code == 403


def test_a_veiled_screen_shows_no_name(desk: Desk) -> None:
    case = desk.a_case()
    answer = desk.press("/samarkan", page=f"/kasus/{case}", ke=f"/kasus/{case}")

    assert answer.headers["Location"] == f"/kasus/{case}"
    page = desk.open(f"/kasus/{case}").text
    assert "Mawar" not in page
    assert "kue" not in page


def test_the_veil_never_leads_away(desk: Desk) -> None:
    answer = desk.press("/samarkan", page="/kasus", ke="//elsewhere.example/")

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "name",
    ["keselamatan", "persetujuan", "skrining", "kebutuhan", "konseling", "penilaian-ulang",
     "laporan-wajib", "terminasi", "buka-kembali", "rencana", "rencana/baru", "rujukan/baru",
     "pemantauan"],
)  # fmt: skip
def test_every_form_of_a_case_opens_and_refuses_nothing_typed(desk: Desk, name: str) -> None:
    case = desk.a_case()

    assert desk.open(f"/kasus/{case}/{name}").status_code == 200
    if name not in ("rencana", "rujukan/baru"):
        before = desk.known(f"/cases/{case}")["version"]
        assert desk.press(f"/kasus/{case}/{name}").status_code == 422
        assert desk.known(f"/cases/{case}")["version"] == before


def test_consent_is_kept_by_the_page_as_by_the_api(desk: Desk) -> None:
    case = desk.a_case()
    typed = consent_answers(explained_limits="true", rights_explained="true")

    done = desk.press(f"/kasus/{case}/persetujuan", **typed)

    assert done.headers["Location"] == f"/kasus/{case}"
    (kept,) = desk.known(f"/cases/{case}/consents")
    assert (kept["scope"], kept["standing"]) == ("LAYANAN", "GIVEN")


def test_a_rule_that_refuses_is_said_and_the_form_keeps_its_words(desk: Desk) -> None:
    case = desk.a_case()
    typed = counselling_answers(agrees="true", concerns="Takut pulang") | now_in_parts("held_at")
    typed.pop("held_at", None)

    refused = desk.press(f"/kasus/{case}/konseling", **typed)

    assert refused.status_code == 409
    assert "Takut pulang" in refused.text


def test_an_older_page_does_not_overwrite_a_newer_one(desk: Desk) -> None:
    case = desk.a_case()
    shown = desk.open(f"/kasus/{case}/skrining").text
    form = {name: hidden_field(shown, name) for name in ("_csrf", "_once", "_seen")}
    desk.told(f"/cases/{case}/risk", {"risk": "TINGGI"})

    answers = screening_answers(is_ppa_mandate="true")
    refused = desk.web.post(f"/kasus/{case}/skrining", data=form | answers)

    assert refused.status_code == 412
    assert desk.known(f"/cases/{case}")["primary_class"] is None


def sent_for(desk: Desk, case: str, item: str) -> ReferralSent:
    told = ReferralSent(
        referral_id=new_id(),
        case_id=UUID(case),
        unit_id=desk.unit,
        institution_id=new_id(),
        service=Service.PSI_TERAPI,
        standing=ReferralStanding.REQUESTED,
        business_state=None,
        door=Door.STAFF,
        move_no=1,
        urgency=Urgency.H24,
        emergency=False,
        respond_by=now() + timedelta(days=1),
        serve_by=None,
        plan_item_id=UUID(item),
        consent_id=None,
        previous_referral_id=None,
        at_termination=False,
        happened_at=now(),
    )
    with begin(desk.ground) as work:
        hear_of_referral(work, told)
    return told


def test_a_partners_refusal_makes_another_partner_the_next_step(desk: Desk) -> None:
    case, item = desk.a_planned_case()
    asked = sent_for(desk, case, item)
    assert "Menunggu jawaban" in desk.open(f"/kasus/{case}/perkembangan").text
    shared = {name: getattr(asked, name) for name in ("referral_id", "case_id", "unit_id")}
    refused = ReferralDeclined(
        **shared,
        institution_id=asked.institution_id,
        service=asked.service,
        standing=ReferralStanding.REJECTED,
        business_state=None,
        door=Door.PORTAL,
        move_no=2,
        reason=DeclineReason.AT_CAPACITY,
        suggested_institution_id=None,
        happened_at=now(),
    )
    with begin(desk.ground) as work:
        hear_of_referral(work, refused)

    page = desk.open(f"/kasus/{case}").text

    assert "Pilih mitra pengganti" in page
    assert "Kapasitas penuh" in page
    assert f"/kasus/{case}/rujukan/{item}/mitra" in page


def test_the_judgement_asks_about_each_service_and_needs_a_cause(desk: Desk) -> None:
    case, item = desk.a_planned_case()
    about = sent_for(desk, case, item).referral_id.hex
    typed = {
        "contacted": "KLIEN",
        "mode": "TELEPON",
        f"manager_view_{about}": "CUKUP",
        f"person_view_{about}": "KURANG",
        "risk_now": "SEDANG",
        "action": "ASESMEN_ULANG",
    }
    typed |= now_in_parts("contact_at") | now_in_parts("next_contact_at")

    missing = desk.press(f"/kasus/{case}/pemantauan", **typed)
    assert f'href="#cause_{about}"' in missing.text

    typed[f"cause_{about}"] = "PENYAMPAIAN"
    unheard = desk.press(f"/kasus/{case}/pemantauan", **typed)
    assert unheard.status_code == 503
    assert "Tidak ada yang hilang" in unheard.text

    meanwhile = sent_for(desk, case, item).referral_id.hex
    asked_too = desk.press(f"/kasus/{case}/pemantauan", **typed)
    assert asked_too.status_code == 422
    assert f'href="#manager_view_{meanwhile}"' in asked_too.text
    assert f'href="#manager_view_{about}"' not in asked_too.text


def test_a_case_in_another_unit_is_not_found(desk: Desk, rooms: Any) -> None:
    case = desk.a_case()
    other = Desk(desk.ground, rooms[1].test_client(), new_id(), new_id()).sign_in()

    for path in ("", "/perkembangan", "/persetujuan", "/rencana"):
        assert other.web.get(f"/kasus/{case}{path}").status_code == 404


def test_no_page_tells_a_name_in_its_title_or_lets_itself_be_kept(desk: Desk) -> None:
    case = desk.a_case()

    answer = desk.open(f"/kasus/{case}")

    assert "Mawar" not in re.search(r"<title>(.*?)</title>", answer.text, re.S)[1]  # type: ignore[index]
    assert "no-store" in answer.headers["Cache-Control"]


def test_leaving_in_a_hurry_ends_the_session(desk: Desk) -> None:
    answer = desk.web.get("/keluar-cepat")

    assert "bmkg" in answer.headers["Location"]
    assert desk.web.get("/kasus").status_code == 303
