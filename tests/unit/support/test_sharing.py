"""What needs one server goes to one worker; everything else is shared file by file."""

import pytest

from tests.support import ramdisk, sharing


def test_every_test_that_needs_the_browser_goes_to_one_worker():
    scopes = {sharing.scope(f"tests/browser/test_{name}.py::test_x[a::b]") for name in "abc"}

    assert scopes == {"browser"}


def test_every_test_that_needs_rabbitmq_goes_to_one_worker():
    files = ("tests/contracts/test_bus.py", "tests/unit/support/test_servers.py")

    assert {sharing.scope(f"{file}::test_x") for file in files} == {"rabbitmq"}


def test_other_files_are_shared_one_by_one():
    assert sharing.scope("tests/unit/a/test_b.py::test_x[c]") == "tests/unit/a/test_b.py"


def test_what_takes_longest_begins_first():
    slow, quick = "tests/faults/test_a.py::test_x", "tests/architecture/test_b.py::test_y"

    assert sorted([quick, slow], key=sharing.turn) == [slow, quick]


@pytest.mark.parametrize(("wanted", "used"), [(0, True), (10**18, False)])
def test_memory_is_used_for_files_only_where_there_is_room(monkeypatch, tmp_path, wanted, used):
    monkeypatch.setattr(ramdisk, "_RAMDISK", tmp_path)
    monkeypatch.setattr(ramdisk, "_ROOM", wanted)
    monkeypatch.setattr(ramdisk.os, "environ", environment := {})

    ramdisk.use_for_temporary_files()

    assert environment == ({"PYTEST_DEBUG_TEMPROOT": str(tmp_path)} if used else {})
