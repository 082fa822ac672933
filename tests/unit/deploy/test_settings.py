"""What the standalone network refuses to be told."""

import pytest

from deploy.standalone.router import Router
from deploy.standalone.settings import Settings, WrongSetting
from shared.contracts.event import Publisher


def test_by_default_only_this_computer_reaches_it():
    settings = Settings.read({})

    assert (settings.bind, settings.public_url) == ("127.0.0.1", "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "told",
    [
        {"RAJUT_BIND": "0.0.0.0"},  # noqa: S104 - that is the point
        {"RAJUT_BIND": "192.0.2.7"},
        {"RAJUT_PUBLIC_URL": "http://rajut.example.go.id"},
        {"RAJUT_PUBLIC_URL": "http://127.0.0.1.example.go.id"},
        {"PORT": "eight"},
        {"PORT": "70000"},
        {"RAJUT_TRUSTED_PROXIES": "-1"},
    ],
)
def test_plain_http_on_a_network_and_nonsense_are_refused(told):
    with pytest.raises(WrongSetting):
        Settings.read(told)


@pytest.mark.parametrize("bind", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - with TLS before it
def test_behind_tls_it_may_listen_anywhere(bind):
    told = {"RAJUT_PUBLIC_URL": "https://rajut.example.go.id/", "RAJUT_BIND": bind}

    assert Settings.read(told).public_url == "https://rajut.example.go.id"


def asked(router, path, **environ):
    answered = []
    router(
        {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1", **environ},
        lambda status, headers: answered.append((status, dict(headers))),
    )
    return answered[0]


@pytest.fixture
def router():
    def application(environ, start_response):
        start_response("200 OK", [])
        return [b""]

    everybody = dict.fromkeys(Publisher, application)
    return Router(everybody, "http://127.0.0.1:8000", frozenset({"127.0.0.1:8000"}))


def test_figures_are_shown_to_this_computer_only(router):
    path = "/api/intake/v1/metrics"

    assert asked(router, path)[0] == "200 OK"
    assert asked(router, path, REMOTE_ADDR="192.0.2.7")[0] == "404 Not Found"
    assert asked(router, path, HTTP_X_FORWARDED_FOR="192.0.2.7")[0] == "404 Not Found"


def test_another_name_leads_to_the_one_address(router):
    status, headers = asked(router, "/kasus", HTTP_HOST="evil.example")

    assert status == "308 Permanent Redirect"
    assert headers["Location"] == "http://127.0.0.1:8000/kasus"
