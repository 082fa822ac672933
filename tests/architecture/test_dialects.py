"""What SQLite and PostgreSQL spell differently stands in one file, and few others know of it."""

import ast

import pytest

from tests.support.source import PACKAGES, files, short, tree

_NAMES = ("sqlite", "postgres", "psycopg", "dialect")
#: Everything else that may know which database it is, and why.
KNOWN = {
    "shared/storage/dialect.py": "it is the place",
    "shared/storage/database.py": "it opens each of them",
    "shared/storage/types.py": "SQLAlchemy hands each type the dialect it works for",
    "shared/storage/outbox.py": "a partial index and a counting key are spelt for each",
    "shared/storage/inbox.py": "a partial index is spelt for each",
    "shared/storage/migrate.py": "only PostgreSQL waits for locks while migrating",
    "shared/storage/alembic/env.py": "SQLite alters a table by writing it anew",
    "shared/storage/leader.py": "a lock of the database, or of the file",
    "shared/storage/headroom.py": "only a file of ours fills our disk",
    "deploy/operations/migrations.py": "a migration is written against a file that is thrown away",
    "deploy/standalone/network.py": "it names the files of the office's own databases",
}


def mentions(module):
    """Lines whose code (not its comments or docstrings) names a kind of database."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if id(node) not in told and any(name in word for word in _words(node) for name in _NAMES):
            yield node.lineno


def _words(node):
    match node:
        case ast.Constant(value=str() as text):
            yield text.lower()
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str() as name):
            yield name.lower()
        case ast.ImportFrom(module=str() as name) if name != "shared.storage.dialect":
            yield name


def test_only_those_who_must_know_which_database_it_is():
    found = {short(path) for path in files(*PACKAGES) if list(mentions(tree(path)))}

    assert sorted(found - set(KNOWN)) == []


def test_nobody_is_let_through_who_no_longer_needs_it():
    needed = {short(path) for path in files(*PACKAGES) if list(mentions(tree(path)))}

    assert sorted(set(KNOWN) - needed) == []


@pytest.mark.parametrize(
    "source",
    [
        "if database.sqlite: pass",
        "if c.dialect.name == 'x': pass",
        "Index('i', c, postgresql_where=w)",
        "import_module('psycopg')",
        "from sqlalchemy.dialects import postgresql",
    ],
)
def test_a_mention_is_found(source):
    assert list(mentions(ast.parse(source)))


def test_a_docstring_and_our_own_module_are_no_mention():
    source = '"""Not on SQLite."""\nfrom shared.storage.dialect import bump'

    assert not list(mentions(ast.parse(source)))
