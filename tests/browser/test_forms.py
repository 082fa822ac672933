"""Forms that came back, and a report that was interrupted: nothing typed is lost."""

import re

from playwright.sync_api import expect

from tests.browser.errands import a_case, a_referral
from tests.browser.pages import fill, follow, press

WORDS = "Tempat tidur untuk ibu & dua anak, <segera>"


def test_a_staff_form_with_errors_keeps_what_was_typed_and_leads_to_each_field(doors, town):
    page = doors.signed_in("manajer")
    case = f"/kasus/{a_case(town)}"
    page.goto(f"{case}/kebutuhan")
    fill(page, need=WORDS, domain="AMAN")

    press(page, "Simpan kebutuhan", wrong=True)

    assert page.title().startswith("Galat: ")
    leads_to_each_field(page)
    assert page.locator("[name=need]").input_value() == WORDS
    assert page.locator("[name=domain]").input_value() == "AMAN"
    page.goto(f"{case}/rencana")
    expect(page.locator("main")).to_contain_text("Belum ada kebutuhan yang dicatat.")


def test_a_portal_form_with_errors_keeps_what_was_typed_and_leads_to_each_field(doors, town):
    code = a_referral(town, "psikolog-a")
    page = doors.signed_in("psikolog-a")
    page.goto(f"/mitra/rujukan/{code}")
    page.get_by_label("Terima", exact=True).check()
    press(page, "Kirim jawaban")
    follow(page, "Layanan selesai, kirim hasil")
    fill(page, note=WORDS)

    press(page, "Kirim hasil", wrong=True)

    assert page.title().startswith("Galat: ")
    leads_to_each_field(page)
    assert page.locator("[name=note]").input_value() == WORDS
    page.goto(f"/mitra/rujukan/{code}")
    expect(page.locator(".rajut-timeline")).not_to_contain_text("Layanan selesai")


def leads_to_each_field(page) -> None:
    """Every line of the summary names a field that is there and shows its error."""
    links = page.locator(".govuk-error-summary__list a")
    assert links.count() > 0
    for place in range(links.count()):
        links.nth(place).click()
        expect(page.locator(":focus")).to_have_attribute("name", re.compile("."))
    assert page.locator(".govuk-error-message").count() >= links.count()


def test_an_interrupted_report_goes_on_at_the_same_question_in_another_browser(doors):
    page = doors.signed_in("petugas")
    press(page, "Catat pengaduan")
    fill(page, can_talk_now="YA", safe_place_tonight="YA", weapon_access="TIDAK_TAHU")
    for name in ("with_perpetrator_now", "injured_now", "incident_within_72h", "threat_to_kill"):
        fill(page, **{name: "TIDAK"})
    fill(page, suicidal_thought="TIDAK", child_alone_with_perpetrator="TIDAK")
    press(page, "Simpan dan lanjutkan")
    fill(page, channel="LANGSUNG", arrival_mode="SENDIRI")
    press(page, "Simpan dan lanjutkan")
    told = page.url
    fill(page, reporter_type="KELUARGA", name="Paman Uji & Bibi")
    press(page, "Simpan dan lanjutkan")
    stopped_at, draft = page.url, page.url.split("/tulis/")[1].split("/")[0]
    page.context.close()

    other = doors.signed_in("petugas", width=1280)
    with other.expect_navigation():
        other.locator(f"main a[href='/pengaduan/tulis/{draft}']").click()

    assert other.url == stopped_at
    other.goto(told)
    assert other.locator("[name=name]").input_value() == "Paman Uji & Bibi"
