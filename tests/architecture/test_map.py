"""The tables in the READMEs say what the code says."""

import pytest

from deploy.tooling.events_table import every_event
from deploy.tooling.map import stale, with_table
from deploy.tooling.routes_table import routes_of

PREFIX = "/api/referral/v1/referrals"
ROUTES = """
from services.referral import actions
from services.referral.actions.answers import accept as take_on

routes = Routes("referrals", __name__, url_prefix="/api/referral/v1/referrals")

@routes.post("/<uuid:referral_id>/acceptance")
@needs(Scope.{scope}, policy=RECEIVING_PARTNER)
def accept(work, referral_id):
    return take_on(work, referral_id) or actions.tell(work)

@routes.route("/open", methods=["GET", "POST"])
@anyone("a word of reason")
def open_to_all():
    return ""

def not_a_route():
    return actions.tell()
"""


def test_the_tables_are_fresh():
    assert stale() == [], "run make map"


def test_a_table_is_put_between_its_markers_and_the_rest_is_kept():
    text = with_table("# Title\n", "events", "| old |") + "\nBy hand.\n"

    renewed = with_table(text, "events", "| new |")

    assert renewed.startswith("# Title\n")
    assert renewed.endswith("\nBy hand.\n")
    assert "| new |" in renewed
    assert "| old |" not in renewed


def test_every_event_is_in_the_table():
    from shared.contracts.event import EVENTS

    table = every_event()

    assert EVENTS
    assert [topic for topic in EVENTS if f"| `{topic}` |" not in table] == []


@pytest.fixture
def routes(tmp_path):
    from shared.contracts.scopes import Scope

    (tmp_path / "api").mkdir()
    scope = next(iter(Scope))
    (tmp_path / "api" / "referrals.py").write_text(ROUTES.format(scope=scope.name))
    return routes_of(tmp_path).splitlines()[2:], scope


def test_a_route_is_told_with_who_may_and_what_it_calls(routes):
    lines, scope = routes

    accepts = (
        f"| `POST {PREFIX}/<uuid:referral_id>/acceptance` | `{scope}`, receiving partner "
        "| `accept`, `tell` |"
    )
    assert lines == [accepts, f"| `GET,POST {PREFIX}/open` | anyone |  |"]
