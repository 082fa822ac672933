"""The project's own Python files, for the tests that read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("services", "shared", "deploy")

_NOT_OURS_TO_SHAPE = {"migrations", "static", "vendor", "__pycache__", "node_modules"}


@dataclass(frozen=True)
class Definition:
    """A class or function: where it stands, what it is called, how many lines it takes."""

    where: str
    name: str
    lines: int
    is_class: bool


def files(*folders: str) -> list[Path]:
    """The Python files of these folders, without migrations and vendored code."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if not _NOT_OURS_TO_SHAPE & set(path.parts))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def definitions(path: Path) -> Iterator[Definition]:
    """Every class and function of a file, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            where = f"{short(path)}:{node.lineno}"
            yield Definition(where, node.name, lines, isinstance(node, ast.ClassDef))
