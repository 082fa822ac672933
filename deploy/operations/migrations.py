"""``rajut migration``: for developers, writes the next migration of a service."""

import tempfile
from pathlib import Path

import click

from deploy.services import service
from shared.contracts.event import Publisher
from shared.storage import migrate
from shared.storage.database import Database


@click.command()
@click.argument("name", type=click.Choice([publisher.value for publisher in Publisher]))
@click.argument("what")
def migration(name: str, what: str) -> None:
    """Write the next migration of the service NAME; WHAT says what it does, as a file name."""
    of = service(Publisher(name))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
        if list(of.migrations.glob("[0-9]*.py")):
            migrate.upgrade(database, of.migrations, of.metadata)
        migrate.write(database, of.migrations, of.metadata, what)
        database.close()
    click.echo(f"Written into services/{name}/storage/migrations/versions; read it before use.")
