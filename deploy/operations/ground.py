"""Opens the data of an installation for the ``rajut`` command, beside a running server or not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from deploy.standalone.network import Network, build
from deploy.standalone.settings import Settings, WrongSetting


@contextmanager
def opened() -> Iterator[Network]:
    """Open the installation that the environment names; a server may be running beside it.

    Events that a command leaves are carried at once, or by the running server. What a server makes
    known about itself at its start is left alone: a command may be called without its address.
    """
    try:
        settings = Settings.read(os.environ)
    except WrongSetting as error:
        raise click.ClickException(str(error)) from None
    network = build(settings.folder, settings.web)
    try:
        network.deliver()
        yield network
        network.deliver()
    finally:
        network.close()
