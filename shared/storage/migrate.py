"""Brings the schema of a service to its newest form with Alembic, one history a service."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from shared.storage.database import Database

#: Waiting for a lock or running longer than this stops a migration instead of the service.
_PATIENCE = ("SET LOCAL lock_timeout = '4s'", "SET LOCAL statement_timeout = '60s'")


def configured(folder: Path, connection: Connection, metadata: MetaData) -> Config:
    """Return Alembic's configuration for one service over an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("alembic")))
    config.set_main_option("version_locations", str(folder))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, metadata=metadata)
    return config


def upgrade(database: Database, folder: Path, metadata: MetaData) -> None:
    """Run what has not run yet, all in one transaction: the schema is the old one or the new."""
    with database.begin() as connection:
        if not database.sqlite:
            for patience in _PATIENCE:
                connection.exec_driver_sql(patience)
        command.upgrade(configured(folder, connection, metadata), "head")


def downgrade(database: Database, folder: Path, metadata: MetaData) -> None:
    """Undo everything."""
    with database.begin() as connection:
        command.downgrade(configured(folder, connection, metadata), "base")


def write(database: Database, folder: Path, metadata: MetaData, name: str) -> None:
    """Write a new migration from the difference between the database and the tables."""
    number = f"{len(list(folder.glob('[0-9]*.py'))) + 1:04d}"
    with database.begin() as connection:
        config = configured(folder, connection, metadata)
        command.revision(config, message=name, autogenerate=True, rev_id=number)


def differences(database: Database, metadata: MetaData) -> list[Any]:
    """Return how the database differs from the tables; empty when the migrations are complete."""
    with database.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))
