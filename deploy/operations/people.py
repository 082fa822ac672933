"""``rajut people``: invite, change, stop and reset people at the command line."""

from uuid import UUID

import click
from click import Choice

from deploy.operations.ground import opened
from deploy.operations.say import refusals_said
from services.auth.actions import people as actions
from services.auth.domain.person import Newcomer
from services.auth.storage import tables
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.roles import Role

_ROLES = Choice([role.value for role in Role if role is not Role.LAYANAN])


@click.group()
def people() -> None:
    """People who sign in. What is done here is done by the keeper of this machine."""


@people.command()
@click.argument("institution", type=click.UUID)
@click.option("--name", required=True, help="As colleagues know her or him.")
@click.option("--sign-in", required=True, help="Small letters, digits, . _ -")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES)
@refusals_said
def invite(institution: UUID, name: str, sign_in: str, roles: tuple[str, ...]) -> None:
    """Invite somebody of INSTITUTION; prints the one-time code to tell in person."""
    newcomer = Newcomer(name=name, sign_in=sign_in, roles=frozenset(Role(one) for one in roles))
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        person, code = actions.invite_person(
            work, None, institution_id=institution, newcomer=newcomer, at=now()
        )
        click.echo(f"{person.id}\n{code}")


@people.command("list")
@click.argument("institution", type=click.UUID)
@refusals_said
def listed(institution: UUID) -> None:
    """List the people of INSTITUTION: id, standing, sign-in name, roles."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        for one in work.people.find(tables.people.c.institution_id == institution):
            roles = ", ".join(sorted(one.roles))
            click.echo(f"{one.id}  {one.standing:<8} {one.sign_in:<16} {roles}")


@people.command("roles")
@click.argument("person", type=click.UUID)
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES)
@refusals_said
def change_roles(person: UUID, roles: tuple[str, ...]) -> None:
    """Give PERSON these roles and no others; who is signed in signs in anew."""
    wanted = frozenset(Role(one) for one in roles)
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        actions.change_roles(work, None, person, roles=wanted, at=now())
    click.echo("changed")


@people.command()
@click.argument("person", type=click.UUID)
@refusals_said
def stop(person: UUID) -> None:
    """End PERSON's access everywhere, now."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        actions.stop_person(work, None, person, at=now())
    click.echo("stopped")


@people.command()
@click.argument("person", type=click.UUID)
@refusals_said
def reset(person: UUID) -> None:
    """Let PERSON set a new password and device; prints the one-time code."""
    with opened() as network, begin(network.parts[Publisher.AUTH].ground) as work:
        _, code = actions.reset_person(work, None, person, at=now())
        click.echo(code)
