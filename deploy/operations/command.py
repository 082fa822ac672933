"""The ``rajut`` command and its parts."""

import click

from deploy.operations.audit import audit
from deploy.operations.codes import code
from deploy.operations.institutions import institutions
from deploy.operations.machines import machines
from deploy.operations.migrations import migration
from deploy.operations.parked import parked
from deploy.operations.people import people


@click.group()
def rajut() -> None:
    """Look after an installation of RAJUT."""


for part in (audit, code, institutions, machines, migration, parked, people):
    rajut.add_command(part)
