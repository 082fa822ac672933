"""Every row of the list of requirements that is claimed as shown names a test that exists."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = tomllib.loads((ROOT / "tests/requirements.toml").read_text(encoding="utf-8"))["rows"]


def named(shown: str | list[str]) -> list[str]:
    return [shown] if isinstance(shown, str) else shown


def named_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test")
    }


@pytest.mark.parametrize("row", ROWS)
def test_each_row_is_a_row_of_the_list(row):
    assert row.isdigit()
    assert 1 <= int(row) <= 152
    assert row != "134", "row 134 asks nothing of the product"


@pytest.mark.parametrize(("row", "shown"), ROWS.items(), ids=list(ROWS))
def test_each_row_names_tests_that_exist(row, shown):
    assert named(shown), f"row {row} names no test"
    for one in named(shown):
        file, _, test = one.partition("::")
        assert file.startswith("tests/"), one
        assert test.partition("[")[0] in named_in(ROOT / file), one
