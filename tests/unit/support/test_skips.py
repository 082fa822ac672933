"""What cannot be had is skipped aloud; in CI it fails."""

import pytest

from tests.support import skips
from tests.support.skips import CannotHave, first_that_works, have


@pytest.fixture(autouse=True)
def _as_if_outside_of_this_run(monkeypatch):
    monkeypatch.setattr(skips, "REASONS", {})
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("RAJUT_TEST_WITHOUT", raising=False)


def refuse():
    raise CannotHave("no such thing")


def test_the_ways_are_tried_in_their_order():
    ways = {"first": refuse, "second": lambda: "found", "third": lambda: "not reached"}

    assert first_that_works("broker", ways) == "found"


def test_when_no_way_works_every_reason_is_told():
    with pytest.raises(CannotHave, match=r"^first: no such thing; second: no such thing$"):
        first_that_works("broker", {"first": refuse, "second": refuse})


@pytest.mark.parametrize("hidden", ["broker", "broker:only", "other,broker:only"])
def test_a_way_can_be_hidden(monkeypatch, hidden):
    monkeypatch.setenv("RAJUT_TEST_WITHOUT", hidden)

    with pytest.raises(CannotHave, match="switched off"):
        first_that_works("broker", {"only": lambda: "found"})


def test_a_lack_skips_the_test_and_is_remembered():
    with pytest.raises(pytest.skip.Exception, match="broker cannot be had"):
        have("broker", refuse)

    assert skips.REASONS == {"broker": "no such thing"}


def test_a_lack_fails_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="broker cannot be had"):
        have("broker", refuse)


def test_what_can_be_had_is_no_lack():
    assert have("broker", lambda: "found") == "found"
    assert skips.REASONS == {}
