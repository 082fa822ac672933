"""A partner's whole journey on a telephone on which no script runs."""

from playwright.sync_api import expect

from tests.browser.errands import a_referral
from tests.browser.pages import fill, follow, press


def test_a_partner_accepts_reports_a_session_and_finishes_without_javascript(doors, town):
    code = a_referral(town, "psikolog-a")
    page = doors.signed_in("psikolog-a", javascript=False)
    follow(page, code)
    page.get_by_label("Terima", exact=True).check()
    press(page, "Kirim jawaban")
    expect(page.locator("main")).to_contain_text("UPTD sudah diberi tahu")
    expect(page.locator("main")).to_contain_text("Sulit tidur")

    follow(page, "Catat sesi")
    fill(page, came="ya", note="Datang tepat waktu.")
    press(page, "Kirim")
    follow(page, "Layanan selesai, kirim hasil")
    fill(page, result="given", note="Empat sesi diberikan.")
    press(page, "Kirim hasil")

    said = page.locator(".rajut-timeline__what").all_inner_texts()
    assert said[:3] == ["Layanan selesai", "Layanan dilaporkan", "Rujukan diterima"]


def test_a_form_that_is_sent_twice_moves_once(doors, town):
    code = a_referral(town, "psikolog-a")
    page = doors.signed_in("psikolog-a", javascript=False)
    page.goto(f"/mitra/rujukan/{code}")
    page.get_by_label("Terima", exact=True).check()
    press(page, "Kirim jawaban")
    follow(page, "Catat sesi")
    fill(page, came="ya", note="Sesi pertama.")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        press(page, "Kirim")
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": doors.url}

    again = page.request.post(sent.value.url, data=sent.value.post_data, headers=form)

    assert again.status == 200, "the second tap leads to the same page"
    assert again.url == page.url
    page.reload()
    said = page.locator(".rajut-timeline__what").all_inner_texts()
    assert said.count("Layanan dilaporkan") == 1
