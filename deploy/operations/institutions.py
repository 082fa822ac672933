"""``rajut institutions``: who takes part in the network."""

from uuid import UUID

import click
from click import Choice

from deploy.operations.ground import opened
from deploy.operations.say import refusals_said
from services.auth.actions import institutions as actions
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
