import gzip
import re

import pytest
from flask import Blueprint, Flask, render_template
from flask.testing import FlaskClient

from shared.errors import NotFound
from shared.web import assets
from shared.web.pages import prepare
from shared.web.problems import show_problems
from shared.web.quick_exit import NEUTRAL, quick_exit

LONG = "<p>isi</p>" * 400


@pytest.fixture
def front(app: Flask) -> FlaskClient:
    app.add_url_rule("/", "home", lambda: LONG)
    app.add_url_rule("/kecil", "small", lambda: "<p>isi</p>")
    app.add_url_rule("/json", "json", lambda: {"a": 1})
    app.register_blueprint(quick_exit(["__Host-staf", "bahasa"]))
    return app.test_client()


def test_a_page_may_run_and_fetch_only_our_own(front: FlaskClient) -> None:
    policy = front.get("/").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_is_kept_by_the_browser(front: FlaskClient) -> None:
    assert front.get("/").headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in front.get("/json").headers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_every_answer_carries_the_safety_headers(front: FlaskClient, name: str, value: str) -> None:
    assert front.get("/json").headers[name] == value
    assert front.get("/nowhere").headers[name] == value


def test_only_an_encrypted_line_is_told_to_stay_so(front: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in front.get("/").headers
    secure = front.get("/", base_url="https://rajut.example")
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]


def test_a_page_is_compressed_where_the_browser_can_read_it(front: FlaskClient) -> None:
    packed = front.get("/", headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data).decode() == LONG
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert front.get("/").text == LONG
    assert (
        "Content-Encoding" not in front.get("/kecil", headers={"Accept-Encoding": "gzip"}).headers
    )


def test_the_size_of_a_compressed_page_tells_little(front: FlaskClient) -> None:
    sizes = {len(front.get("/", headers={"Accept-Encoding": "gzip"}).data) for _ in range(40)}

    assert len(sizes) > 5


def test_a_front_that_serves_its_own_static_files_is_refused() -> None:
    with pytest.raises(ValueError, match="static_folder"):
        prepare(Flask(__name__, static_folder="static"))


@pytest.mark.parametrize("name", assets.SERVED)
def test_an_asset_is_kept_for_a_year_under_its_own_address(browser: FlaskClient, name: str) -> None:
    answer = browser.get(assets.asset(name), headers={"Accept-Encoding": "gzip"})

    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.data) == browser.get(assets.asset(name)).data


def test_an_asset_of_another_release_is_not_kept(browser: FlaskClient) -> None:
    assert browser.get("/static/older/rajut.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.css", "../pages.py", "VENDOR.toml"])
def test_nothing_else_is_served(browser: FlaskClient, name: str) -> None:
    assert browser.get(f"/static/{assets.digest()}/{name}").status_code == 404


def test_an_asset_that_is_not_served_cannot_be_named() -> None:
    with pytest.raises(KeyError):
        assets.asset("nothing.css")


def test_the_scripts_fetch_a_file_that_is_served() -> None:
    script = assets.assets()["rajut.js"].plain.decode()

    assert re.findall(r'import\("\./([^"]+)"\)', script) == [
        name for name in assets.SERVED if "govuk" in name
    ]


@pytest.mark.parametrize(("live", "budget"), [(False, 40_000), (True, 60_000)])
def test_a_page_with_all_it_needs_stays_light(page: Flask, live: bool, budget: int) -> None:
    html = gzip.compress(render_template("rajut/layout.html", live=live).encode())
    needed = [name for name in assets.SERVED if live or name != "htmx.js"]

    weight = len(html) + sum(len(assets.assets()[name].compressed) for name in needed)

    assert weight <= budget - 8_000, "leave room for what the page says"


def test_leaving_forgets_the_session_and_shows_something_neutral(front: FlaskClient) -> None:
    answer = front.get("/keluar-cepat")

    assert answer.status_code == 303
    assert answer.headers["Location"] == NEUTRAL
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == [
        "__Host-staf",
        "bahasa",
    ]
    assert all("Path=/" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


def test_leaving_ends_the_session_on_the_server_too(app: Flask) -> None:
    ended = []
    app.register_blueprint(
        quick_exit([], to="https://cuaca.example/", forget=lambda: ended.append(1))
    )

    assert app.test_client().get("/keluar-cepat").headers["Location"] == "https://cuaca.example/"
    assert ended == [1]


def test_an_error_of_ours_is_a_page_in_the_readers_language(app: Flask) -> None:
    routes = Blueprint("pages", __name__)
    show_problems(routes)

    @routes.get("/kasus")
    def case() -> str:
        raise NotFound("K-26-0042")

    app.register_blueprint(routes)
    answer = app.test_client().get("/kasus?bahasa=en")

    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert "K-26-0042" not in answer.text
