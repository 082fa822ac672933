"""The ``rajut`` command and its parts."""

import click

from deploy.operations.migrations import migration


@click.group()
def rajut() -> None:
    """Look after an installation of RAJUT."""


rajut.add_command(migration)
