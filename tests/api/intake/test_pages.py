"""The staff pages work without JavaScript, keep what was typed, and do a thing once."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from joserfc.jwk import ECKey

from services.intake.actions.following import hear_of_referral
from services.intake.app import create_app
from services.intake.domain.forms.report import REPORT
from services.intake.storage.tables import kit, metadata
from services.intake.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.referral import (
    Door,
    ReferralDeclined,
    ReferralSent,
    ReferralStanding,
    Urgency,
)
from shared.contracts.roles import Role
from shared.contracts.vocabulary import DeclineReason, Service
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
from tests.support.parts import ground_over, parts_over

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
        hidden = {name: _hidden(shown, name) for name in ("_csrf", "_once", "_seen")}
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


def _hidden(page: str, name: str) -> str:
    hit = re.search(rf'name="{name}" value="([^"]*)"', page)
    return hit[1] if hit else ""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("staff") / "intake.sqlite3"
    ground = ground_over(f"sqlite:///{file}", Publisher.INTAKE, metadata, kit)
    app = create_app(
        replace(parts_over(ground), machines={"staff-web": ECKey.generate_key("P-256")})
    )
    yield ground, app
    ground.database.close()


@pytest.fixture
def desk(rooms: Any) -> Desk:
    ground, app = rooms
    return Desk(ground, app.test_client(), new_id(), new_id()).sign_in()


def now_in_parts(name: str) -> dict[str, str]:
    day = now() - timedelta(minutes=1)
    parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    return {f"{name}-{part}": value for part, value in parts.items()} | {f"{name}-time": "00.01"}


def test_who_is_not_signed_in_is_sent_there_and_comes_back(rooms: Any) -> None:
    answer = rooms[1].test_client().get("/kasus")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk?ke=%2Fkasus")


@pytest.mark.parametrize("path", ["/", "/tamu", "/pengaduan", "/kasus", "/bantuan"])
def test_every_start_of_work_opens_in_both_languages(desk: Desk, path: str) -> None:
    assert 'lang="id"' in desk.open(path).text
    assert 'lang="en"' in desk.open(f"{path}?bahasa=en").text


def test_the_start_page_stays_when_monitoring_is_silent(desk: Desk) -> None:
    page = desk.open("/").text

    assert "Daftar tugas sedang tidak dapat ditampilkan" in page
    assert "Catat pengaduan" in page


GUEST = {"visitor_alias": "Ibu M", "purpose": "PENGADUAN", "channel": "LANGSUNG"}


def test_a_guest_with_a_complaint_goes_on_to_it_with_nothing_typed_twice(desk: Desk) -> None:
    written = desk.press("/tamu", **GUEST, **now_in_parts("arrived_at"))
    draft = written.headers["Location"]

    assert draft.startswith("/pengaduan/tulis/")
    assert "Ibu M" in desk.open(f"{draft}/reporter/who").text


def test_a_form_that_does_not_fit_keeps_what_was_typed_and_links_to_the_field(desk: Desk) -> None:
    refused = desk.press("/tamu", **GUEST | {"visitor_alias": "", "origin": "Dari pasar"})

    assert refused.status_code == 422
    assert 'href="#visitor_alias"' in refused.text
    assert 'value="Dari pasar"' in refused.text
    assert "<title>Galat: " in refused.text


def test_a_form_sent_twice_is_done_once(desk: Desk) -> None:
    shown = desk.open("/tamu").text
    form = GUEST | now_in_parts("arrived_at") | {"purpose": "INFORMASI"}
    form |= {name: _hidden(shown, name) for name in ("_csrf", "_once")}

    first, again = desk.web.post("/tamu", data=form), desk.web.post("/tamu", data=form)

    assert (first.status_code, again.status_code) == (303, 303)
    assert len(desk.known("/guests")) == 1


def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    assert desk.web.post("/tamu", data=GUEST).status_code == 403
    assert desk.known("/guests") == []


def begun(desk: Desk) -> str:
    return str(desk.press("/pengaduan/baru", page="/pengaduan").headers["Location"])


def test_an_interrupted_report_goes_on_at_the_same_question(desk: Desk) -> None:
    draft = begun(desk)
    first = desk.open(draft).headers["Location"]
    assert first == f"{draft}/safety/all"

    onward = desk.press(first, **safety_answers()).headers["Location"]

    assert desk.open(draft).headers["Location"] == onward == f"{draft}/reporter/channel"
    assert draft in desk.open("/").text


def test_danger_is_said_at_once(desk: Desk) -> None:
    draft = begun(desk)

    answer = desk.press(f"{draft}/safety/all", **safety_answers(injured_now="YA"))

    assert answer.headers["Location"] == f"{draft}/bahaya"
    assert "110" in desk.open(f"{draft}/bahaya").text


def test_a_report_is_written_one_question_at_a_time_and_filed(desk: Desk) -> None:
    draft = begun(desk)
    said: dict[str, dict[str, Any]] = {
        "safety/all": safety_answers(),
        "reporter/channel": {"channel": "TELEPON"} | now_in_parts("reported_at"),
        "reporter/who": {"reporter_type": "ANONIM"},
        "persons.0/who": {"sex": "P"},
        "persons.0/age": {"age_group": "ANAK"},
        "persons.0/home": {"kelurahan": "NA"},
        "persons.0/safe_contact": {"safe_contact_mode": "TIDAK_ADA"},
        "incident/class": {"class_reported": "KTA", "forms": ["SEKSUAL", "FISIK"]},
    }
    at, asked = desk.open(draft).headers["Location"], []
    while not at.endswith("/periksa"):
        key = at.removeprefix(f"{draft}/")
        asked.append(key)
        at = desk.press(at, **said.get(key, {})).headers["Location"]

    assert "persons.0/guardian" in asked
    assert "request/duty" in asked
    assert "trafficking/trafficking" not in asked
    filed = desk.press(f"{draft}/simpan", page=at)
    report = desk.open(filed.headers["Location"]).text
    assert "Pengaduan tersimpan." in report
    assert "Formulir resmi belum lengkap" in report


def test_what_the_minimum_set_lacks_is_shown_with_links_to_it(desk: Desk) -> None:
    draft = begun(desk)

    refused = desk.press(f"{draft}/simpan", page=f"{draft}/periksa")

    assert refused.status_code == 422
    assert f"{draft}/incident/class#class_reported" in refused.text
    assert desk.known("/reports") == []
    assert desk.open(draft).status_code == 303


def test_every_question_of_the_form_has_its_screen(desk: Desk) -> None:
    draft = begun(desk)
    for block in REPORT.blocks:
        for question in block.questions:
            path = f"{block.name}.0" if block.repeats else block.name
            answer = desk.web.get(f"{draft}/{path}/{question.name}")
            asked = {field.name for field in question.fields if field.when is None}
            assert answer.status_code == (200 if asked and block.when is None else 404) or (
                not asked and answer.status_code in (200, 404)
            )


def test_somebody_elses_draft_is_not_found(desk: Desk, rooms: Any) -> None:
    draft = begun(desk)
    other = Desk(desk.ground, rooms[1].test_client(), desk.unit, new_id()).sign_in()

    assert other.web.get(draft).status_code == 404


def test_a_case_page_has_one_green_button_that_leads_on(desk: Desk) -> None:
    case = desk.a_case()

    page = desk.open(f"/kasus/{case}").text

    assert page.count("Langkah berikut") == 1
    assert f'href="/kasus/{case}/persetujuan"' in page
    assert "Mawar" in page
    assert "Linimasa sedang tidak dapat ditampilkan" in page


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
    form = {name: _hidden(shown, name) for name in ("_csrf", "_once", "_seen")}
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
    sent_for(desk, case, item)
    typed = {
        "contacted": "KLIEN",
        "mode": "TELEPON",
        "manager_view_0": "CUKUP",
        "person_view_0": "KURANG",
        "risk_now": "SEDANG",
        "action": "ASESMEN_ULANG",
    }
    typed |= now_in_parts("contact_at") | now_in_parts("next_contact_at")

    missing = desk.press(f"/kasus/{case}/pemantauan", **typed)
    assert 'href="#cause_0"' in missing.text

    unheard = desk.press(f"/kasus/{case}/pemantauan", **typed, cause_0="PENYAMPAIAN")
    assert unheard.status_code == 503
    assert "Tidak ada yang hilang" in unheard.text


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
