"""Keluar cepat: gone at once, and going back shows nothing."""

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from shared.web.quick_exit import NEUTRAL

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASES, REFERRALS = "/kasus", "/mitra/tugas?lihat=berjalan"
FIRST = "main a[href^='/kasus/'], main a[href^='/mitra/rujukan/']"


def click(page: "Page") -> None:
    page.get_by_role("link", name="Keluar cepat").click()


def press_shift_three_times(page: "Page") -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize(
    ("who", "listed", "leave", "javascript"),
    [
        ("supervisor", CASES, click, True),
        ("petugas", CASES, click, False),
        ("manajer", CASES, press_shift_three_times, True),
        ("kanit", REFERRALS, click, True),
        ("psikolog-b", REFERRALS, click, False),
        ("rumah-aman", REFERRALS, press_shift_three_times, True),
    ],
)
def test_leaving_in_a_hurry_ends_the_session_and_back_shows_nothing(
    doors, who, listed, leave, javascript
):
    page = doors.signed_in_anew(who, javascript=javascript)
    stand_in_for_the_weather(page)
    page.goto(listed)
    with page.expect_navigation():
        page.locator(FIRST).first.click()
    secret, was = page.locator("h1").inner_text(), page.context.cookies(doors.url)

    leave(page)
    page.wait_for_url(f"{NEUTRAL}**")

    assert page.context.cookies(doors.url) == []
    page.go_back()
    expect(page.get_by_label("Nama masuk")).to_be_visible()
    assert secret not in page.content()
    nobody_gets_in_with(doors, was, listed)
    assert doors.complaints == [f"asked another origin: {NEUTRAL}"]
    doors.complaints.clear()


def stand_in_for_the_weather(page: "Page") -> None:
    """Answer in place of the neutral page; a route of Playwright is not asked after a redirect."""
    line = page.context.new_cdp_session(page)
    line.send("Fetch.enable", {"patterns": [{"urlPattern": f"{NEUTRAL}*"}]})
    answer = {"responseCode": 200, "body": b64encode(b"<title>Cuaca</title>").decode()}

    def paused(told) -> None:
        line.send("Fetch.fulfillRequest", {"requestId": told["requestId"], **answer})

    line.on("Fetch.requestPaused", paused)


def nobody_gets_in_with(doors, cookies, address) -> None:
    """Cookies that somebody copied before are worth nothing any more."""
    thief = doors.outside()
    thief.context.add_cookies(cookies)
    thief.goto(address)
    expect(thief.get_by_label("Nama masuk")).to_be_visible()
