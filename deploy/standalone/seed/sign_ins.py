"""Passwords and device secrets of the training's people, made at random at every start."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import pyotp

from deploy.standalone.network import Network
from deploy.standalone.seed.cast import PEOPLE, Cast
from services.auth.actions.enrolment import Enrolment, enrol, open_invitation
from services.auth.actions.people import reset_person
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher

_ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class SignIn:
    """What somebody needs to sign in; printed once and kept nowhere else."""

    sign_in: str
    password: str
    totp_secret: str | None


def renew(network: Network, cast: Cast) -> list[SignIn]:
    """Give everybody a new password and a new device; sessions that were open end."""
    made = [
        _renewed(network, sign_in, cast.codes.get(sign_in) or _reset(network, cast.people[sign_in]))
        for sign_in in PEOPLE
    ]
    network.deliver()
    return made


def _reset(network: Network, person_id: UUID) -> str:
    with begin(network.parts[Publisher.AUTH].ground) as work:
        _, code = reset_person(work, None, person_id, at=now())
    assert code is not None  # noqa: S101 - the keeper's reset needs no second administrator
    return code


def _renewed(network: Network, sign_in: str, code: str) -> SignIn:
    ground = network.parts[Publisher.AUTH].ground
    opened = open_invitation(ground, code, address=_ADDRESS, at=now())
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    at = now()
    # A code is good once: the one before is used up here, so that the present one opens the door.
    before = int(at.timestamp()) - 30
    typed = pyotp.TOTP(opened.totp_secret).at(before) if opened.totp_secret else ""
    enrol(ground, Enrolment(code=code, password=password, totp=typed), at=at)
    return SignIn(sign_in, password, opened.totp_secret)


def told(made: list[SignIn]) -> list[str]:
    """Return the lines to print."""
    lines = ["LATIHAN, bukan data nyata / training, no real data. Masuk sebagai / sign in as:"]
    roles: Mapping[str, str] = {name: ", ".join(sorted(who[2])) for name, who in PEOPLE.items()}
    for one in made:
        device = f"  {one.totp_secret}" if one.totp_secret else ""
        lines.append(f"{one.sign_in:<11} {one.password}{device}  {roles[one.sign_in]}")
    lines.append("Kode enam angka / six digits: make code SECRET=<the letters beside the name>")
    return lines
