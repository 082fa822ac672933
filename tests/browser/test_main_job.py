"""The main job by hand: from the guest book to the case that goes back to assessment."""

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from shared.contracts.codes import label
from tests.browser.pages import fill, follow, press, take_next_step

if TYPE_CHECKING:
    from playwright.sync_api import Page

PARTNER = "Psikolog Latihan B"
WITHIN = 10
SAFETY = {
    "can_talk_now": "YA",
    "with_perpetrator_now": "TIDAK",
    "injured_now": "TIDAK",
    "incident_within_72h": "TIDAK",
    "threat_to_kill": "TIDAK",
    "weapon_access": "TIDAK_TAHU",
    "suicidal_thought": "TIDAK",
    "child_alone_with_perpetrator": "TIDAK",
    "safe_place_tonight": "TIDAK",
}
REPORT = {
    "reporter/channel": {"arrival_mode": "SENDIRI"},
    "reporter/who": {"reporter_type": "KORBAN"},
    "persons.0/who": {"name": "Sekar Uji", "alias": "Sekar", "sex": "P"},
    "persons.0/age": {
        "birth_date__day": "12",
        "birth_date__month": "7",
        "birth_date__year": "1993",
    },
    "persons.0/home": {"kelurahan": "52.72.05.1002"},
    "persons.0/safe_contact": {
        "safe_contact_mode": "TELEPON",
        "safe_contact_hour": "Selasa siang",
        "code_word": "kue",
    },
    "incident/class": {"class_reported": "KTP", "forms": ["FISIK"]},
    "incident/story": {"chronology": "Cerita yang dibuat untuk latihan."},
}
CONSENT = {
    "decision": "GIVEN",
    "explained_limits": "true",
    "rights_explained": "true",
    "method": "TANDA_TANGAN",
}


def question(page: "Page") -> str:
    """Which question of the report is asked, as its address says."""
    return "/".join(page.url.split("/tulis/")[1].split("/")[1:])


def open_case(officer: "Page") -> str:
    """The officer at the counter: guest book, safety first, the report, the case; its address."""
    follow(officer, "Catat tamu")
    fill(officer, visitor_alias="Ibu S")
    press(officer, "Simpan tamu")
    fill(officer, **SAFETY)
    press(officer, "Simpan dan lanjutkan")
    expect(officer.locator("h1")).to_have_text("Ada bahaya sekarang")
    follow(officer, "Lanjutkan mencatat")
    write_report(officer)
    press(officer, "Simpan pengaduan")
    take_next_step(officer, "Tanggapan pertama sudah diberikan")
    take_next_step(officer, "Buka kasus")
    return officer.url


def write_report(officer: "Page") -> None:
    asked = []
    while (key := question(officer)) != "periksa":
        assert key not in asked, f"{key} was asked twice"
        asked.append(key)
        fill(officer, **REPORT.get(key, {}))
        press(officer, "Simpan dan lanjutkan")
    assert REPORT.keys() <= set(asked)


def plan_help(manager: "Page") -> None:
    """The manager: takes the case, consent, screening, need, plan item, counselling."""
    take_next_step(manager, "Saya tangani")
    take_next_step(manager, "Isi persetujuan")
    fill(manager, **CONSENT)
    press(manager, "Simpan persetujuan")
    take_next_step(manager, "Lanjutkan")
    take_next_step(manager, "Isi skrining kasus")
    fill(manager, is_ppa_mandate="true", primary_class="KTP", authority="KOTA")
    fill(manager, risk_level="TINGGI", risk_basis="Belum ada tempat aman.", decision="LANJUT")
    press(manager, "Simpan skrining")
    take_next_step(manager, "Lanjutkan")
    agree_plan(manager)
    take_next_step(manager, "Lanjutkan")
    take_next_step(manager, "Catat konseling dasar")
    fill(manager, mode="TATAP_MUKA", concerns="Takut pulang.", decision="LANJUT")
    fill(manager, reason="Perlu terapi.", agrees="true")
    press(manager, "Simpan konseling")


def agree_plan(manager: "Page") -> None:
    take_next_step(manager, "Catat kebutuhan")
    fill(manager, domain="PSIKO", need="Pulih", urgency="1", agrees="true", source="KLIEN")
    press(manager, "Simpan kebutuhan")
    follow(manager, "Tambah layanan untuk kebutuhan ini")
    fill(manager, service="PSI_TERAPI", mode="RUJUKAN", goal="Tidur nyenyak")
    fill(manager, escort="TANPA", planned_sessions="4")
    press(manager, "Simpan bagian rencana")
    fill(manager, decision="SETUJU")
    press(manager, "Simpan keputusan")
    press(manager, "Rencana disepakati")


def refer(manager: "Page") -> None:
    """Four screens; the second asks for the person's consent when there is none yet."""
    take_next_step(manager, "Buat rujukan")
    manager.locator("[name=item]").first.check()
    press(manager, "Lanjutkan")
    manager.get_by_label(PARTNER).check()
    press(manager, "Lanjutkan")
    take_next_step(manager, "Isi persetujuan")
    fill(manager, **CONSENT)
    press(manager, "Simpan persetujuan")
    press(manager, "Periksa", wrong=True)
    fill(manager, question="Apakah terapi dapat dimulai minggu ini?")
    press(manager, "Periksa")
    expect(manager.locator("h1")).to_have_text("Periksa, lalu kirim")
    press(manager, "Kirim rujukan")


def accept(psychologist: "Page") -> None:
    """On her phone: the newest task, one tap to choose, one to send."""
    psychologist.locator("main a[href^='/mitra/rujukan/']").first.click()
    expect(psychologist.locator("main")).not_to_contain_text("Sekar")
    psychologist.get_by_label("Terima", exact=True).check()
    press(psychologist, "Kirim jawaban")
    expect(psychologist.locator("main")).to_contain_text("Sekar")


def report_session(psychologist: "Page") -> None:
    follow(psychologist, "Catat sesi")
    psychologist.get_by_label("Hadir", exact=True).check()
    press(psychologist, "Kirim")
    expect(psychologist.locator("main")).to_contain_text("UPTD sudah diberi tahu")


def comes_by_itself(case: "Page", words: str) -> None:
    """The open page says so within ten seconds, and nobody has loaded it anew."""
    started = time.monotonic()
    expect(case.locator("#perkembangan")).to_contain_text(words, timeout=WITHIN * 1000)
    assert time.monotonic() - started < WITHIN
    assert case.evaluate("window.kept") == "the very same page"


def judge_too_little(manager: "Page", cause: str) -> None:
    take_next_step(manager, "Nilai kecukupan")
    asked = manager.locator('main [name^="manager_view_"]').first.get_attribute("name") or ""
    about = asked.removeprefix("manager_view_")
    fill(manager, **{f"manager_view_{about}": "KURANG", f"person_view_{about}": "CUKUP"})
    fill(manager, action="ASESMEN_ULANG")
    press(manager, "Simpan penilaian", wrong=True)
    fill(manager, **{f"cause_{about}": cause})
    press(manager, "Simpan penilaian")


def answer_three_questions(manager: "Page", cause: str) -> None:
    fill(manager, unstated_need="Ya, tempat tinggal.", followed_through="Ya.", delivery="Tidak.")
    fill(manager, cause=cause)
    press(manager, "Simpan dan pindahkan kasus")


def until_the_step_is(case: "Page", words: str) -> None:
    """Look again until what another service advised has arrived."""
    until = time.monotonic() + WITHIN
    while case.locator(".rajut-next .govuk-button").inner_text() != words:
        assert time.monotonic() < until, f"no step “{words}”"
        case.reload()


@pytest.mark.slow
def test_the_closed_loop_runs_through_the_pages_of_officer_manager_and_psychologist(doors):
    case = open_case(doors.signed_in("petugas", width=1280))
    manager = doors.signed_in("manajer", width=1280)
    manager.goto(case)
    plan_help(manager)
    refer(manager)
    expect(manager.locator("#perkembangan")).to_contain_text(PARTNER, timeout=WITHIN * 1000)
    manager.evaluate("window.kept = 'the very same page'")

    psychologist = doors.signed_in("psikolog-b", width=390)
    accept(psychologist)
    comes_by_itself(manager, "Mitra menerima rujukan")
    report_session(psychologist)
    comes_by_itself(manager, "Mitra melaporkan kemajuan")

    until_the_step_is(manager, "Nilai kecukupan")
    judge_too_little(manager, "KEBUTUHAN_BARU")
    until_the_step_is(manager, "Jawab")
    take_next_step(manager, "Jawab")
    answer_three_questions(manager, "KEBUTUHAN_BARU")
    assert manager.url == case
    expect(manager.locator("[aria-current=step]")).to_contain_text(label("CL30", "ASSESSMENT"))
    expect(manager.locator(".rajut-facts")).to_contain_text("Putaran 1")
