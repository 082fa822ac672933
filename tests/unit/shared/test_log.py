"""Log lines: one line of JSON, and nobody can be found in one."""

import json
import subprocess
import sys
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.log import logger, redact

NIK, PHONE, MAIL = "9972055207930001", "+62 812-0000-1234", "mawar@example.test"
PERSONAL = [
    NIK,
    PHONE,
    MAIL,
    "081200001234",
    "0812 0000 1234",
    "62.812.0000.1234",
    f"nik={NIK}",
    f"nik:{NIK},",
    f"({NIK})",
    f"a{NIK}",
    f"id_{NIK}",
    f"{NIK}x",
    f"kasus {NIK} dan {MAIL}.",
]


@pytest.fixture
def line(capsys):
    """Log something and return the one line that came of it."""

    def log(*told, **named):
        logger("test").warning(*told, **named)
        (found,) = capsys.readouterr().err.splitlines()
        return json.loads(found)

    return log


def plain(entry):
    return json.dumps(entry, ensure_ascii=False)


@pytest.mark.parametrize("text", PERSONAL)
def test_what_has_the_shape_of_a_personal_number_is_struck(line, text):
    entry = line(text, field=text, inner={"list": [{"deep": text}], text: 1}, tupled=(text,))

    for part in (NIK, "mawar", "1234", "8120000"):
        assert part not in plain(entry)


@pytest.mark.parametrize(
    "name",
    [
        *("authorization", "Authorization", "Cookie", "Set-Cookie", "client_assertion"),
        *("access_token", "refresh_token", "secret", "client_secret", "password"),
        *("code", "body", "otp", "nik"),
    ],
)
def test_what_has_the_name_of_a_secret_is_struck(line, name):
    entry = line("event", **{name: "s3cr3t"}, headers={name: "s3cr3t"})

    assert "s3cr3t" not in plain(entry)
    assert entry[name] == "[struck]"


def test_a_number_is_struck_when_it_is_long_enough(line):
    entry = line("event", row=int(NIK), few=42, share=0.5, yes=True, none=None)

    assert entry["row"] == "[struck]"
    assert (entry["few"], entry["share"], entry["yes"], entry["none"]) == (42, 0.5, True, None)


def test_what_is_needed_to_find_a_fault_stays(line):
    case = UUID("01a2b3c4-d5e6-7f80-9a1b-2c3d4e5f6071")

    entry = line("parked", topic="case.risk_changed", status=503, case=case, route="/x/<uuid:id>")

    assert entry["event"] == "parked"
    assert (entry["topic"], entry["status"]) == ("case.risk_changed", 503)
    assert (entry["case"], entry["route"]) == (str(case), "/x/<uuid:id>")
    assert (entry["part"], entry["level"]) == ("test", "warning")
    assert entry["timestamp"].endswith("Z")


def test_an_error_is_named_with_its_place_and_nothing_it_quotes(line):
    def fail():
        hidden = f"local {NIK}"
        raise ValueError(f"Mawar {hidden}")

    with pytest.raises(ValueError, match="Mawar") as raised:
        fail()
    entry = line("fault", exc_info=raised.value, error_text=raised.value)

    assert entry["error"] == entry["error_text"] == "ValueError"
    assert entry["where"].split(":")[0].endswith("test_log")
    assert "Mawar" not in plain(entry)
    assert "local" not in plain(entry)


def test_an_error_being_handled_is_named_too(capsys):
    try:
        UUID("Mawar")
    except ValueError:
        logger("test").exception("fault")

    (found,) = capsys.readouterr().err.splitlines()
    assert json.loads(found)["error"] == "ValueError"
    assert "Mawar" not in found


def test_a_line_stays_one_line(line):
    assert line("two\nlines", more="a\r\nb")["more"] == "a\r\nb"


def test_what_other_libraries_log_is_one_line_of_json_without_personal_numbers():
    program = f"""
import logging
import shared.log
logging.getLogger("waitress").warning("asked by %s", "{NIK}")
try:
    raise ValueError("Mawar {NIK}")
except ValueError:
    logging.getLogger("x").exception("it broke for %s", "Melati {MAIL}")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    entries = [json.loads(each) for each in done.stderr.splitlines()]
    assert [entry["part"] for entry in entries] == ["waitress", "x"]
    assert entries[1]["error"] == "ValueError"
    assert NIK not in done.stderr
    assert [entry["event"] for entry in entries] == ["asked by %s", "it broke for %s"]
    assert "awar" not in done.stderr
    assert "Melati" not in done.stderr


@given(st.from_regex(r"\A99[0-9]{14}\Z"))
def test_every_identity_number_is_struck(nik):
    assert nik not in str(redact(None, "", {"told": nik, "more": [f"x {nik}."]}))


@pytest.mark.parametrize("text", ["case.risk_changed", "42", "2026", "1,2,3", "R-7KQ2M4X3"])
def test_what_is_not_personal_is_kept(text):
    assert redact(None, "", {"told": text}) == {"told": text}
