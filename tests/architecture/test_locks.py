"""The lock files hold what pyproject.toml asks for, by hash, and tell nothing of the locker."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.support.source import ROOT

RUNTIME, DEVELOPMENT = "deploy/requirements.txt", "deploy/requirements-dev.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
WANTED = [(each, [RUNTIME]) for each in PROJECT["project"]["dependencies"]]
WANTED += [(each, [RUNTIME, DEVELOPMENT]) for each in PROJECT["dependency-groups"]["dev"]]


def locked(*files):
    """Name -> version."""
    lines = "".join((ROOT / file).read_text() for file in files)
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", lines, flags=re.MULTILINE))


@pytest.mark.parametrize(("wanted", "files"), WANTED)
def test_what_is_asked_for_is_locked_in_a_version_that_fits(wanted, files):
    requirement = Requirement(wanted)

    assert requirement.specifier.contains(locked(*files)[requirement.name]), "run make lock"


def test_both_locks_agree_on_what_is_in_both():
    runtime, development = locked(RUNTIME), locked(DEVELOPMENT)

    both = runtime.keys() & development.keys()
    assert {name: development[name] for name in both} == {name: runtime[name] for name in both}


@pytest.mark.parametrize("file", [RUNTIME, DEVELOPMENT])
def test_every_package_has_a_hash_and_no_address(file):
    text = (ROOT / file).read_text()
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|file:|--index-url|--find-links|@ ", text)
