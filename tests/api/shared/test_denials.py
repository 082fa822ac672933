"""Denials are written down, and nothing is answered that cannot be; a lost database is told so."""

from flask import Blueprint
from sqlalchemy import select

from shared.errors import NotFound
from shared.http.factory import make_app
from shared.http.guard import anyone
from shared.identifiers import new_id
from shared.storage.database import Database
from shared.web.pages import prepare
from shared.web.problems import show_problems
from tests.support.parts import parts_over
from tests.support.sheet_app import PREFIX
from tests.support.sheets import kept, kit


def test_a_database_that_is_gone_is_told_as_not_available(web, officer, ground):
    sheet = kept(ground)
    _lose(ground)

    answer = web.get(f"{PREFIX}/{sheet.id}", headers=officer)
    ready = web.get("/api/intake/v1/readyz")
    alive = web.get("/api/intake/v1/healthz")

    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert (ready.status_code, alive.status_code) == (503, 200)


def _lose(ground):
    """Put an address in the place of the database at which nobody is."""
    url = (
        "sqlite:////nowhere/at/all.sqlite3"
        if ground.database.sqlite
        else "postgresql+psycopg://nobody:x@127.0.0.1:1/nothing"
    )
    ground.database.engine.dispose()
    ground.database.engine = Database(url).engine


def test_a_denial_is_on_the_trail_with_its_code_and_pattern_only(web, officer, auditor, ground):
    web.get(f"{PREFIX}/{new_id()}", headers=officer)
    web.get(PREFIX, headers=auditor)
    web.get(PREFIX)

    with ground.database.begin() as connection:
        rows = connection.execute(select(kit.audit.rows).order_by("position")).mappings().all()
    assert [(row["outcome"], row["note"], row["action"]) for row in rows] == [
        ("denied", "not_found", f"GET {PREFIX}/<uuid:sheet_id>"),
        ("denied", "not_allowed", f"GET {PREFIX}"),
        ("denied", "not_signed_in", f"GET {PREFIX}"),
    ]
    assert [row["actor_id"] is None for row in rows] == [False, False, True]


def test_a_denial_that_cannot_be_written_down_is_not_available(web, auditor, ground):
    with ground.database.begin() as connection:
        kit.audit.rows.drop(connection)

    answer = web.get(PREFIX, headers=auditor)

    assert (answer.status_code, answer.json["code"]) == (503, "audit_unavailable")


def test_an_answer_whose_reading_cannot_be_written_down_is_not_given(web, officer, ground):
    sheet = kept(ground)
    with ground.database.begin() as connection:
        kit.audit.rows.drop(connection)

    answer = web.get(f"{PREFIX}/{sheet.id}", headers=officer)

    assert (answer.status_code, answer.json["code"]) == (503, "audit_unavailable")
    assert "Mawar" not in answer.get_data(as_text=True)


def test_a_denial_inside_a_page_is_on_the_trail_too(ground):
    pages = Blueprint("pages", __name__)
    show_problems(pages)

    @pages.get("/lihat/<uuid:sheet_id>")
    @anyone("a test asks")
    def look(sheet_id):
        raise NotFound

    web = make_app(parts_over(ground), title="Toy", pages=[pages], dress=prepare).test_client()

    answer = web.get(f"/lihat/{new_id()}")

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    with ground.database.begin() as connection:
        (row,) = connection.execute(select(kit.audit.rows)).mappings()
    assert (row["outcome"], row["note"]) == ("denied", "not_found")
    assert row["action"] == "GET /lihat/<uuid:sheet_id>"
