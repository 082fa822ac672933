"""Migrations lead from nothing to exactly the tables of each service, and back."""

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, inspect

from deploy.services import services
from shared.contracts.event import Publisher
from shared.storage import migrate
from shared.storage.database import Database


@pytest.fixture
def database(empty_database_url):
    made = Database(empty_database_url)
    yield made
    made.close()


@pytest.mark.parametrize("publisher", list(Publisher))
def test_migrations_make_exactly_the_tables(database, publisher):
    known = services()[publisher]

    migrate.upgrade(database, known.migrations, known.metadata)

    assert migrate.differences(database, known.metadata) == []


@pytest.mark.parametrize("publisher", list(Publisher))
def test_migrating_twice_changes_nothing_and_undoing_leaves_nothing(database, publisher):
    known = services()[publisher]
    for _ in range(2):
        migrate.upgrade(database, known.migrations, known.metadata)

    migrate.downgrade(database, known.migrations, known.metadata)

    assert inspect(database.engine).get_table_names() == ["alembic_version"]


def test_a_migration_that_fails_leaves_the_old_schema(database, tmp_path):
    known = services()[Publisher.AUTH]
    (tmp_path / "0001_half.py").write_text(
        "from alembic import op\n"
        "revision, down_revision, branch_labels, depends_on = '0001', None, None, None\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE half (id INTEGER)')\n"
        "    op.execute('NOT SQL')\n"
        "def downgrade():\n"
        "    pass\n"
    )

    with pytest.raises(Exception, match="NOT"):
        migrate.upgrade(database, tmp_path, known.metadata)

    assert inspect(database.engine).get_table_names() == []


def test_a_column_of_another_type_is_found(database):
    for length, found in ((20, False), (40, True)):
        metadata = MetaData()
        Table("t", metadata, Column("id", Integer, primary_key=True), Column("c", String(length)))
        metadata.create_all(database.engine)

        assert bool(migrate.differences(database, metadata)) is found


def test_the_patience_of_a_migration_does_not_outlive_it(fresh_postgres):
    database = Database(fresh_postgres)
    known = services()[Publisher.AUTH]
    migrate.upgrade(database, known.migrations, known.metadata)

    with database.begin() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar_one() == "0"
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "15s"
    database.close()


def test_a_difference_is_found(database):
    known = services()[Publisher.AUTH]

    assert migrate.differences(database, known.metadata)
