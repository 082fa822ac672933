"""What `make` says to somebody whose Python does not do."""

import shutil
import subprocess

import pytest

from tests.support.source import ROOT

SCRIPT = ROOT / "deploy/tooling/environment.sh"
TOO_OLD = "case $2 in *exit*) exit 1;; *print*) echo 3.9;; esac"
NO_VENV = "case $2 in *ensurepip*) exit 1;; *print*) echo 3.12;; esac"


@pytest.fixture
def made_with(tmp_path):
    """Runs the script on a machine on which `python3` is this shell script, or nothing."""
    programs = tmp_path / "programs"
    programs.mkdir()

    def run(python3):
        if python3:
            (programs / "python3").write_text(f"#!/bin/sh\n{python3}\n")
            (programs / "python3").chmod(0o755)
        return subprocess.run(
            [shutil.which("sh"), str(SCRIPT), "python"],
            cwd=tmp_path,
            env={"PATH": str(programs)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("python3", "says"),
    [
        (TOO_OLD, "needs Python 3.11, 3.12 or 3.13 (found: 3.9)"),
        ("", "needs Python 3.11, 3.12 or 3.13 (found: none)"),
        (NO_VENV, "Python 3.12 is here, but not its venv module"),
    ],
)
def test_a_python_that_does_not_do_is_told_in_one_line_with_the_package(made_with, python3, says):
    run = made_with(python3)

    assert run.returncode != 0
    assert says in run.stderr
    assert "sudo apt-get install" in run.stderr
    assert "python3-venv" in run.stderr
    assert len(run.stderr.splitlines()) == 1
