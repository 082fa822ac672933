"""The names of our cookies: bound to the host wherever there is TLS."""

import pytest

from services.auth.api.browser import cookie_name
from shared.http.parts import WebSettings


@pytest.mark.parametrize(
    ("url", "name"), [("https://rajut.example", "__Host-auth"), ("http://127.0.0.1:8000", "auth")]
)
def test_the_cookie_is_bound_to_the_host_where_there_is_tls(url: str, name: str) -> None:
    assert cookie_name(WebSettings(public_url=url)) == name
