"""``rajut machines``: partners' own systems and their public keys."""

import json
from pathlib import Path
from uuid import UUID

import click

from deploy.operations.ground import opened
from deploy.operations.say import refusals_said
from services.auth.actions import machines as actions
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher


@click.group()
def machines() -> None:
    """Partners' own systems (OAuth clients)."""


@machines.command("register")
@click.argument("institution", type=click.UUID)
@click.argument("name")
@click.option("--jwks", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@refusals_said
def register_machine(institution: UUID, name: str, jwks: Path | None) -> None:
    """Register a system of INSTITUTION with its public keys; without keys it gets a secret."""
    keys = json.loads(jwks.read_text()) if jwks else None
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        machine, secret = actions.register_machine(
            work, None, institution_id=institution, name=name, jwks=keys, at=now()
        )
        click.echo(machine.client_id if secret is None else f"{machine.client_id}\n{secret}")


@machines.command("add-key")
@click.argument("machine", type=click.UUID)
@click.argument("jwk", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@refusals_said
def add_key(machine: UUID, jwk: Path) -> None:
    """Let MACHINE sign with a second public key (a file with one JWK)."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        actions.add_key(work, None, machine, jwk=json.loads(jwk.read_text()))
    click.echo("added")


@machines.command("remove-key")
@click.argument("machine", type=click.UUID)
@click.argument("kid")
@refusals_said
def remove_key(machine: UUID, kid: str) -> None:
    """Take a key of MACHINE away; tokens it has now are void."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        actions.remove_key(work, None, machine, kid=kid, at=now())
    click.echo("removed")


@machines.command("stop")
@click.argument("machine", type=click.UUID)
@refusals_said
def stop_machine(machine: UUID) -> None:
    """End MACHINE's access everywhere, now."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        actions.stop_machine(work, None, machine, at=now())
    click.echo("stopped")
