"""Only the modules called settings know the environment; whoever starts hands it to them."""

import ast

import pytest

from tests.support.source import PACKAGES, files, short, tree

_READS = {"environ", "environb", "getenv", "getenvb"}


def readers(module):
    """Lines that touch the environment, except to hand it whole to a ``Settings.read``."""
    handed = {
        id(word)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("ettings.read")
        for word in node.args
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in _READS and id(node) not in handed:
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (node.lineno for alias in node.names if alias.name in _READS)


def test_nothing_but_settings_reads_the_environment():
    found = [
        f"{short(path)}:{line}"
        for path in files(*PACKAGES)
        if path.name != "settings.py"
        for line in readers(tree(path))
    ]

    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import os\nx = os.environ['A']",
        "import os\nx = os.getenv('A')",
        "from os import environ",
        "import os as o\nf(o.environ)",
        "import os\nSettings.read(os.environ.get('A'))",
    ],
)
def test_who_reads_the_environment_is_found(source):
    assert list(readers(ast.parse(source)))


def test_handing_it_to_the_settings_is_right():
    assert not list(readers(ast.parse("import os\ns = Settings.read(os.environ, demo=True)")))
