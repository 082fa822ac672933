"""What a request leaves behind: one log line with a pattern, a correlation id, no secrets."""

import json
import re
from uuid import UUID

import pytest
from sqlalchemy import select

from shared.identifiers import new_id
from tests.support.sheet_app import PREFIX, RAISED
from tests.support.sheets import kept, kit, raw
from tests.support.toy import publish, risk_changed


@pytest.fixture
def database_url(tmp_path):
    """One kind of database is enough where the database is not what is tested."""
    return f"sqlite:///{tmp_path / 'database.sqlite3'}"


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_leaves_one_line_with_its_pattern_and_no_id(web, officer, ground, capsys):
    sheet = kept(ground)
    capsys.readouterr()

    web.get(f"{PREFIX}/{sheet.id}?nik=9972055207930001", headers=officer)

    (entry,) = lines(capsys)
    assert (entry["event"], entry["method"], entry["status"]) == ("answered", "GET", 200)
    assert entry["route"] == f"{PREFIX}/<uuid:sheet_id>"
    assert not {str(sheet.id), "9972055207930001"} & set(re.findall(r"[\w-]+", json.dumps(entry)))


@pytest.mark.parametrize("path", ["/lapor/9972055207930001", f"{PREFIX}/mawar@example.test"])
def test_an_address_that_is_not_ours_is_not_in_the_log(web, capsys, path):
    web.get(path)

    (entry,) = lines(capsys)
    assert (entry["route"], entry["status"]) == ("?", 404)
    assert "99720" not in json.dumps(entry)
    assert "mawar" not in json.dumps(entry)


def test_neither_token_nor_body_nor_cookie_is_ever_logged(web, officer, capsys):
    token = officer["Authorization"].removeprefix("Bearer ")
    web.set_cookie("staf", "c00kie")
    RAISED["it"] = ZeroDivisionError(token)

    web.post(PREFIX, json={"name": "Mawar", "extra": "Melati"}, headers=officer)
    web.post(PREFIX, json={"name": "Mawar"}, headers=officer)
    web.get(f"{PREFIX}/raised/it", headers=officer)

    told = capsys.readouterr().err
    assert told.count("answered") == 3
    for secret in (token, token.split(".")[2], "Mawar", "Melati", "c00kie"):
        assert secret not in told


def test_a_fault_is_logged_without_its_text_and_variables(web, capsys):
    RAISED["it"] = ZeroDivisionError("Mawar")

    web.get(f"{PREFIX}/raised/it")

    fault, answered = lines(capsys)
    assert (fault["event"], fault["error"]) == ("fault", "ZeroDivisionError")
    assert fault["where"].startswith("tests.support.sheet_app:")
    assert answered["status"] == 500
    assert "99720" not in json.dumps(fault)
    assert "Mawar" not in json.dumps(fault)


def test_a_statement_that_fails_does_not_tell_its_values(ground):
    sheet = kept(ground)

    with pytest.raises(Exception, match="sheets") as raised:
        kept(ground, id=sheet.id)

    told = str(raised.value).split("DETAIL")[0]  # PostgreSQL's own words follow; nobody logs them
    assert str(sheet.id) not in told
    assert sheet.id.hex not in told


@pytest.mark.parametrize("given", ["01a2b3c4-d5e6-7f80-9a1b-2c3d4e5f6071"])
def test_a_correlation_id_is_taken_over(web, ground, given):
    answer = web.get(PREFIX, headers={"X-Correlation-Id": given})

    assert answer.headers["X-Correlation-Id"] == answer.json["correlation_id"] == given
    assert raw(ground, select(kit.audit.rows.c.correlation_id))[0] == given


@pytest.mark.parametrize(
    "given",
    ["", "short", "x" * 65, "a b c d", "<script>x</script>", "9972055207930001", "Mawar-Penatoi"],
)
def test_a_correlation_id_of_another_form_is_replaced(web, given):
    answer = web.get(PREFIX, headers={"X-Correlation-Id": given})

    assert answer.headers["X-Correlation-Id"] == answer.json["correlation_id"] != given
    assert UUID(answer.headers["X-Correlation-Id"])


def test_each_request_has_a_correlation_id_of_its_own(web):
    assert len({web.get(PREFIX).headers["X-Correlation-Id"] for _ in range(3)}) == 3


def test_answers_are_neither_sniffed_nor_stored(web, officer):
    answer = web.get(PREFIX, headers=officer)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_readiness_and_figures_are_there_for_anybody(web, ground):
    publish(ground, risk_changed(new_id()))

    alive, ready, figures = (
        web.get(f"/api/intake/v1/{name}") for name in ("healthz", "readyz", "metrics")
    )

    assert (alive.json, ready.json) == ({"status": "ok"}, {"status": "ok"})
    told = dict(
        line.rsplit(" ", 1) for line in figures.text.splitlines() if not line.startswith("#")
    )
    assert float(told["rajut_outbox_oldest_seconds"]) >= 0
    assert (told["rajut_inbox_pending"], told["rajut_inbox_parked"]) == ("0.0", "0.0")
