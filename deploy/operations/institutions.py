"""``rajut institutions`` and ``rajut machines``: who takes part, and with which systems."""

import json
from pathlib import Path
from uuid import UUID

import click
from click import Choice

from deploy.operations.ground import opened
from deploy.operations.say import refusals_said
from services.auth.actions import institutions as actions
from services.auth.actions import machines as machine_actions
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.vocabulary import InstitutionKind

_KINDS = Choice([kind.value for kind in InstitutionKind])


@click.group()
def institutions() -> None:
    """Institutions that take part in the network."""


@institutions.command("list")
@refusals_said
def listed() -> None:
    """List them: id, kind, standing, name."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        for one in work.institutions.find():
            click.echo(f"{one.id}  {one.kind:<12} {one.standing:<10} {one.name}")


@institutions.command()
@click.argument("kind", type=_KINDS)
@click.argument("name")
@refusals_said
def register(kind: str, name: str) -> None:
    """Register an institution of KIND (CL17) called NAME; prints its id."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        made = actions.register_institution(
            work, None, kind=InstitutionKind(kind), name=name, at=now()
        )
        click.echo(str(made.id))


@institutions.command()
@click.argument("institution", type=click.UUID)
@refusals_said
def suspend(institution: UUID) -> None:
    """Stop INSTITUTION and everybody in it, everywhere, now."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        actions.suspend_institution(work, None, institution, at=now())
    click.echo("suspended")


@institutions.command()
@click.argument("institution", type=click.UUID)
@refusals_said
def reinstate(institution: UUID) -> None:
    """Let INSTITUTION act again."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        actions.reinstate_institution(work, None, institution, at=now())
    click.echo("reinstated")


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
        machine, secret = machine_actions.register_machine(
            work, None, institution_id=institution, name=name, jwks=keys, at=now()
        )
        click.echo(machine.client_id if secret is None else f"{machine.client_id}\n{secret}")


@machines.command("stop")
@click.argument("machine", type=click.UUID)
@refusals_said
def stop_machine(machine: UUID) -> None:
    """End MACHINE's access everywhere, now."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        machine_actions.stop_machine(work, None, machine, at=now())
    click.echo("stopped")
