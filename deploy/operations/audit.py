"""``rajut audit verify``: walks every audit chain and holds it against the others' anchors."""

import sys

import click

from deploy.operations.ground import opened
from deploy.standalone.network import Network
from shared.contracts.event import Publisher
from shared.storage.audit import breaks, not_as_anchored
from shared.storage.work import Work, begin_with
from shared.worker.standing import anchors_of_others


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
def verify() -> None:
    """Say whether the trails are whole; exit code 1 when one is not."""
    with opened() as network:
        found = [line for of in Publisher for line in flaws(network, of)]
    for line in found:
        click.echo(line)
    click.echo("broken" if found else "whole")
    sys.exit(1 if found else 0)


def flaws(network: Network, of: Publisher) -> list[str]:
    """Return every flaw of one service's chain, by itself and by what the others were told."""
    told: dict[int, str] = {}
    for other in set(Publisher) - {of}:
        with begin_with(Work, network.parts[other].ground) as work:
            told |= anchors_of_others(work, of)
    ground = network.parts[of].ground
    with ground.database.begin() as connection:
        own = list(breaks(connection, ground.kit.audit, of))
        return own + list(not_as_anchored(connection, ground.kit.audit, told, of))
