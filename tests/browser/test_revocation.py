"""Somebody is stopped: her open browser stands before the sign-in page at her next click."""

import os
import subprocess
import sys
import time

import pytest

from tests.support.live import ROOT

WITHIN = 2.0


#: The name at the top of every page leads home.
HOME = ".rajut-header__name"


@pytest.mark.parametrize("who", ["kepala", "advokat"])
def test_whoever_is_stopped_is_out_within_two_seconds(doors, demo, town, who):
    page = doors.signed_in(who)
    page.locator(HOME).click()
    assert page.get_by_label("Nama masuk").count() == 0

    stop(demo, str(town.cast.people[who]))

    stopped = time.monotonic()
    while page.get_by_label("Nama masuk").count() == 0:
        assert time.monotonic() - stopped < WITHIN, f"{who} is still in"
        with page.expect_navigation():
            page.locator(HOME).click()


def stop(demo, person_id: str) -> None:
    """Stop somebody at the command line of the machine that serves the pages."""
    command = [sys.executable, "-m", "deploy.operations", "people", "stop", person_id]
    environment = {**os.environ, "RAJUT_DATA": str(demo.folder)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=60, capture_output=True)
