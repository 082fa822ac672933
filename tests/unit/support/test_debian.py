"""A package that is installed for the tests leaves no service running."""

import pytest

from tests.support import debian
from tests.support.skips import CannotHave


def test_services_may_not_start_while_a_package_is_installed(monkeypatch, tmp_path):
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(debian, "_POLICY", policy)

    with debian._no_service_starts():
        assert policy.read_text().endswith("exit 101\n")
        assert policy.stat().st_mode & 0o111

    assert not policy.exists()


def test_the_machines_own_policy_is_left_alone(monkeypatch, tmp_path):
    policy = tmp_path / "policy-rc.d"
    policy.write_text("its own")
    monkeypatch.setattr(debian, "_POLICY", policy)

    with debian._no_service_starts():
        assert policy.read_text() == "its own"

    assert policy.read_text() == "its own"


def test_nothing_is_installed_by_someone_who_is_not_root(monkeypatch):
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)

    with pytest.raises(CannotHave, match="as root: apt-get install rabbitmq-server"):
        debian.install("rabbitmq-server")
