"""The keeper of an installation works at the command line, as the README says."""

import json

import pytest
from click.testing import CliRunner
from joserfc.jwk import ECKey
from sqlalchemy import select, text

from deploy.operations.command import rajut
from deploy.standalone.first_start import greeting, prepare
from deploy.standalone.network import build
from shared.contracts.event import Publisher
from shared.http.parts import WebSettings

pytestmark = pytest.mark.slow


@pytest.fixture
def keeper(tmp_path):
    """Runs one command over an empty installation of its own."""
    environment = {"RAJUT_DATA": str(tmp_path / "office"), "PORT": "8000"}

    def run(*words: str, fails: bool = False) -> str:
        done = CliRunner(env=environment).invoke(rajut, words)
        assert bool(done.exit_code) is fails, done.output
        return done.stdout if not fails else done.output

    return run


def test_people_are_invited_changed_stopped_and_let_in_again(keeper):
    hospital = keeper("institutions", "register", "RS", "RS Contoh").strip()
    told = keeper(
        "people", "invite", hospital, "--name", "Dokter Contoh", "--sign-in", "dokter.contoh",
        "--role", "PEKERJA_MITRA",
    )  # fmt: skip
    person, code = told.split()
    assert code.startswith("U-")

    keeper("people", "roles", person, "--role", "KOORDINATOR_MITRA")
    assert "KOORDINATOR_MITRA" in keeper("people", "list", hospital)
    keeper("people", "stop", person)
    assert "stopped" in keeper("people", "list", hospital)
    assert keeper("people", "reset", person).strip().startswith("U-")
    refused = keeper("people", "roles", person, "--role", "MANAJER_KASUS", fails=True)
    assert "(invalid)" in refused
    assert "may not" in refused or "not right" in refused


def test_a_partners_system_is_registered_with_its_public_key(keeper, tmp_path):
    hospital = keeper("institutions", "register", "RS", "RS Contoh").strip()
    keys = tmp_path / "keys.json"
    key = ECKey.generate_key("P-256", auto_kid=True)
    keys.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))

    (machine,) = keeper("machines", "register", hospital, "SIMRS", "--jwks", str(keys)).split()
    with_secret = keeper("machines", "register", hospital, "Tanpa kunci").split()

    assert len(with_secret) == 2
    keeper("machines", "stop", machine)
    keeper("institutions", "suspend", hospital)
    assert "suspended" in keeper("institutions", "list")
    keeper("institutions", "reinstate", hospital)


def test_an_altered_audit_trail_is_found(keeper, tmp_path):
    keeper("institutions", "register", "RS", "RS Contoh")
    assert "whole" in keeper("audit", "verify")

    network = build(tmp_path / "office", WebSettings(public_url="http://127.0.0.1:8000"))
    with network.parts[Publisher.AUTH].ground.database.begin() as connection:
        connection.execute(text("UPDATE audit SET action = 'nothing' WHERE position = 1"))
    network.close()

    assert "altered 1" in keeper("audit", "verify", fails=True)


@pytest.fixture
def stuck(keeper, tmp_path):
    """Puts the registering of a hospital aside at intake, and returns hospital and event."""
    hospital = keeper("institutions", "register", "RS", "RS Contoh").strip()
    network = build(tmp_path / "office", WebSettings(public_url="http://127.0.0.1:8000"))
    with network.parts[Publisher.INTAKE].ground.database.begin() as connection:
        connection.execute(text("UPDATE inbox_streams SET last = 0"))
        put_aside = "UPDATE inbox SET state = 'parked', error = 'unknown kind', failures = 8"
        connection.execute(text(put_aside))
        (event,) = connection.execute(select(kit_of(network).inbox.rows.c.event_id)).scalars()
    network.close()
    return hospital, str(event)


def kit_of(network):
    return network.parts[Publisher.INTAKE].ground.kit


def test_an_event_that_was_put_aside_is_shown_and_replayed(keeper, stuck):
    hospital, event = stuck

    (line,) = keeper("parked", "list").splitlines()
    shown = keeper("parked", "show", event)

    for part in ("intake", "institution.registered", hospital, event, "unknown kind"):
        assert part in line
        assert part in shown
    assert "RS Contoh" not in line + shown, "what an event says is never shown"
    assert keeper("parked", "replay", event).strip() == "done"
    assert keeper("parked", "list") == ""
    assert "(not_parked)" in keeper("parked", "replay", event, fails=True)


def test_an_event_that_was_put_aside_is_skipped_with_a_reason(keeper, stuck):
    hospital, event = stuck

    keeper("parked", "skip", event, fails=True)
    assert "(wrong_reason)" in keeper("parked", "skip", event, "--reason", "x" * 121, fails=True)
    assert keeper("parked", "list", "--service", "referral") == ""
    why = ("--reason", "Agreed with the unit")
    assert keeper("parked", "skip", event, "--service", "intake", *why).strip() == "skipped"

    keeper("institutions", "suspend", hospital)
    assert keeper("parked", "list") == ""
    assert "whole" in keeper("audit", "verify")


def test_the_first_start_prints_a_code_and_later_ones_do_not_once_somebody_is_there(tmp_path):
    network = build(tmp_path / "office", WebSettings(public_url="http://127.0.0.1:8000"))
    prepare(network)

    first, second = greeting(network), greeting(network)

    assert first[0].split()[-1].startswith("U-")
    assert first != second, "each start makes a new code and voids the last"
    network.close()
