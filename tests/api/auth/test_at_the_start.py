"""What holds before any request: names of cookies, no plain http, no tokens in logs."""

import logging
from typing import Any

import pytest

from services.auth.api.browser import cookie_name
from services.auth.api.oauth_server import InsecureAddress, Server
from shared.contracts.event import Publisher
from shared.http.calls import Calls
from shared.http.parts import Parts, WebSettings
from tests.support import issuer


@pytest.mark.parametrize(
    ("url", "name"), [("https://rajut.example", "__Host-auth"), ("http://127.0.0.1:8000", "auth")]
)
def test_the_cookie_is_bound_to_the_host_where_there_is_tls(url: str, name: str) -> None:
    assert cookie_name(WebSettings(public_url=url)) == name


def parts_at(url: str) -> Parts:
    nothing: Any = None
    return Parts(
        ground=nothing,
        verifier=issuer.verifier(Publisher.AUTH),
        calls=Calls(lambda _: nothing),
        web=WebSettings(public_url=url),
    )


@pytest.mark.parametrize("switched_off", [False, True])
def test_plain_http_to_another_machine_is_refused_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, switched_off: bool
) -> None:
    if switched_off:
        monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with pytest.raises(InsecureAddress):
        Server(parts_at("http://rajut.example"))
    Server(parts_at("http://127.0.0.1:8000"))
    Server(parts_at("https://rajut.example"))


def test_the_librarys_debug_lines_with_tokens_are_never_written() -> None:
    log = logging.getLogger("authlib.oauth2.rfc6749.grants.client_credentials")
    assert not log.isEnabledFor(logging.DEBUG)
