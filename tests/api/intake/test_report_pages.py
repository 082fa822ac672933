"""The pages of reports work without JavaScript, keep what was typed, and do a thing once."""

from typing import Any

import pytest

from services.intake.domain.forms.report import REPORT
from shared.identifiers import new_id
from tests.support.desk import Desk, hidden_field, now_in_parts
from tests.support.intake import report_answers, safety_answers


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
    form |= {name: hidden_field(shown, name) for name in ("_csrf", "_once")}

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
    token = hidden_field(desk.open(at).text, "_csrf")
    filed = desk.press(f"{draft}/simpan", page=at)
    twice = desk.web.post(f"{draft}/simpan", data={"_csrf": token})
    assert twice.headers["Location"] == filed.headers["Location"]
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


def test_a_case_opened_twice_is_one_case(desk: Desk) -> None:
    report = desk.told("/reports", report_answers())["id"]
    form = {"_csrf": hidden_field(desk.open(f"/pengaduan/{report}").text, "_csrf"), "person": "0"}

    first, again = (desk.web.post(f"/pengaduan/{report}/kasus", data=form) for _ in range(2))

    assert again.headers["Location"] == first.headers["Location"]
    assert len(desk.known("/cases")) == 1
