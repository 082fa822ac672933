import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.csrf import ForgedForm, check_csrf, csrf_token, same_origin, token_fits

SECRET = b"the secret of one session"
OURS = "https://rajut.example"


def test_a_form_of_this_session_is_taken() -> None:
    check_csrf(SECRET, csrf_token(SECRET), {"Origin": OURS}, origin=OURS)


def test_two_pages_never_carry_the_same_token() -> None:
    assert csrf_token(SECRET) != csrf_token(SECRET)


def test_another_session_cannot_use_the_token() -> None:
    assert not token_fits(b"another session", csrf_token(SECRET))


@pytest.mark.parametrize("token", [None, "", "0" * 96, "é" * 96])
def test_a_form_without_our_token_is_refused(token: str | None) -> None:
    with pytest.raises(ForgedForm):
        check_csrf(SECRET, token, {"Origin": OURS}, origin=OURS)


@given(st.data())
def test_a_token_changed_anywhere_no_longer_fits(data: st.DataObject) -> None:
    token = csrf_token(SECRET)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda letter: letter != token[place]))

    assert not token_fits(SECRET, token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"Origin": OURS}, True),
        ({"Origin": OURS, "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "null"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": OURS, "Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
    ],
)
def test_the_browser_says_where_a_form_came_from(headers: dict[str, str], ours: bool) -> None:
    assert same_origin(headers, origin=OURS) is ours


def test_a_fitting_token_from_elsewhere_is_refused() -> None:
    with pytest.raises(ForgedForm):
        check_csrf(SECRET, csrf_token(SECRET), {"Sec-Fetch-Site": "cross-site"}, origin=OURS)
