"""The private keys with which a service's own OAuth clients say who they are."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from joserfc.jwk import ECKey

from shared.contracts.event import Publisher
from shared.security.secret_file import made_once

#: The first-party OAuth clients and the service that runs each.
FIRST_PARTY: Final[Mapping[str, Publisher]] = {
    "staff-web": Publisher.INTAKE,
    "svc-intake": Publisher.INTAKE,
    "partner-portal": Publisher.REFERRAL,
    "svc-referral": Publisher.REFERRAL,
    "svc-monitoring": Publisher.MONITORING,
    "admin-web": Publisher.AUTH,
}


def own_keys(publisher: Publisher, file: Path) -> Mapping[str, ECKey]:
    """Return the private keys of a service's clients, making the file (mode 600) at first."""
    wanted = [machine for machine, runs in FIRST_PARTY.items() if runs is publisher]
    if not file.exists():
        _make(file, wanted)
    kept = json.loads(file.read_text())
    return {machine: ECKey.import_key(kept[machine]) for machine in wanted}


def _make(file: Path, machines: Iterable[str]) -> None:
    made = {
        machine: ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)
        for machine in machines
    }
    made_once(file, json.dumps(made))
