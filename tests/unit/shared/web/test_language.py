from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.web.labels import choices, label
from shared.web.language import address_in, current_language, explain, say
from shared.web.times import show_clock, show_date, show_left, show_time, urgency

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "id"),
        ("/", {"Accept-Language": "en-GB,en;q=0.9"}, "en"),
        ("/", {"Accept-Language": "fr"}, "id"),
        ("/", {"Accept-Language": "en", "Cookie": "bahasa=id"}, "id"),
        ("/?bahasa=en", {"Cookie": "bahasa=id"}, "en"),
        ("/?bahasa=xx", {"Cookie": "bahasa=yy"}, "id"),
    ],
)
def test_the_address_goes_before_the_cookie_before_the_browser(
    app: Flask, address: str, headers: dict[str, str], language: str
) -> None:
    with app.test_request_context(address, headers=headers):
        assert current_language() == language


def test_outside_a_page_everything_is_indonesian() -> None:
    assert current_language() == "id"
    assert say("Keluar cepat") == "Keluar cepat"


def test_a_sentence_is_said_in_english_with_its_names(app: Flask) -> None:
    with app.test_request_context("/?bahasa=en"):
        assert say("terlambat {span}", span="40 m") == "40 m late"
        assert say("Kalimat tanpa padanan") == "Kalimat tanpa padanan"


def test_a_language_asked_for_is_remembered(app: Flask, browser: FlaskClient) -> None:
    app.add_url_rule("/", "home", current_language)

    cookie = browser.get("/?bahasa=en").headers["Set-Cookie"]

    assert browser.get("/").text == "en"
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_switching_language_keeps_the_address(app: Flask) -> None:
    with app.test_request_context("/tugas?urut=batas&urut=kasus&bahasa=id"):
        assert address_in("en") == "/tugas?urut=batas&urut=kasus&bahasa=en"


@pytest.mark.parametrize(
    ("message", "language", "said"),
    [
        ("Missing data for required field.", "id", "Bagian ini perlu diisi."),
        ("Missing data for required field.", "en", "This needs an answer."),
        (
            "Longer than maximum length 20.",
            "id",
            "Isian ini terlalu panjang. Batasnya 20.",
        ),
        ("Umur belum masuk akal.", "en", "Umur belum masuk akal."),
    ],
)
def test_a_validation_message_is_worded_for_a_person(
    app: Flask, message: str, language: str, said: str
) -> None:
    with app.test_request_context("/", query_string={"bahasa": language}):
        assert explain(message) == said


def test_a_code_is_said_in_the_language_of_the_page(app: Flask) -> None:
    assert label("CL01", "TPPO") == "Tindak Pidana Perdagangan Orang"
    with app.test_request_context("/?bahasa=en"):
        assert dict(choices("CL01"))["TPPO"] == "Human trafficking"


def test_times_are_those_of_the_office(app: Flask) -> None:
    assert show_time(NOON) == "24 November 2026, 12.00 WITA"
    assert show_date(NOON + timedelta(hours=20)) == "25 November 2026"
    assert show_clock(NOON) == "12.00 WITA"
    with app.test_request_context("/?bahasa=en"):
        assert show_time(NOON) == "24 November 2026, 12:00 WITA"


@pytest.mark.parametrize(
    ("left", "said", "kind"),
    [
        (timedelta(hours=2, minutes=14), "2 j 14 m lagi", "soon"),
        (timedelta(minutes=-40), "terlambat 40 m", "late"),
        (timedelta(hours=-49), "terlambat 2 hari 1 j", "late"),
        (timedelta(days=3), "3 hari lagi", "calm"),
        (timedelta(seconds=30), "0 m lagi", "soon"),
    ],
)
def test_what_is_left_is_said_in_two_parts_at_most(left: timedelta, said: str, kind: str) -> None:
    assert show_left(NOON + left, NOON) == said
    assert urgency(NOON + left, NOON) == kind
