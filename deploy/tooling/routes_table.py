"""The table of a service's routes, read from its source: method, path, who may, what it calls."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from shared.contracts.scopes import Scope

_EDGES: Final = ("api", "web", "portal")
_METHODS: Final = {"get", "post", "put", "patch", "delete"}
_CALLED: Final = (".actions", ".queries")

Route = ast.FunctionDef


def routes_of(service: Path) -> str:
    """Every route below the service's edges, in the order of its files."""
    lines = [line for path in _sources(service) for line in _routes(path)]
    return "\n".join(["| route | who may | calls |", "|---|---|---|", *lines])


def _sources(service: Path) -> list[Path]:
    return [path for edge in _EDGES for path in sorted((service / edge).rglob("*.py"))]


def _routes(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prefixes, imported = _prefixes(tree), _imported(tree)
    for node in tree.body:
        if isinstance(node, Route):
            calls = ", ".join(f"`{name}`" for name in _calls(node, imported))
            for method, address in _addresses(node, prefixes):
                yield f"| `{method} {address}` | {_who(node)} | {calls} |"


def _prefixes(tree: ast.Module) -> Mapping[str, str]:
    """Name of a blueprint in this file -> its url_prefix."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            prefix = [
                ast.literal_eval(word.value)
                for word in node.value.keywords
                if word.arg == "url_prefix" and isinstance(word.value, ast.Constant)
            ]
            name = ast.unparse(node.targets[0])
            found[name] = prefix[0] if prefix else ""
    return found


def _addresses(node: Route, prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for call in _decorators(node):
        blueprint, _, verb = ast.unparse(call.func).rpartition(".")
        if blueprint in prefixes and verb in (*_METHODS, "route") and call.args:
            path = ast.literal_eval(call.args[0]) if isinstance(call.args[0], ast.Constant) else "?"
            methods = ",".join(_methods(call)) if verb == "route" else verb.upper()
            yield methods, prefixes[blueprint] + path


def _methods(call: ast.Call) -> list[str]:
    named = [word.value for word in call.keywords if word.arg == "methods"]
    return list(ast.literal_eval(named[0])) if named else ["GET"]


def _who(node: Route) -> str:
    """The scope a route needs, or that anyone may come, or the policy of a page."""
    for call in _decorators(node):
        word = ast.unparse(call.func).rpartition(".")[2]
        if word == "anyone":
            return "anyone"
        if word in {"needs", "page"}:
            return ", ".join(_said(each) for each in [*call.args, *_values(call)])
    return ""


def _values(call: ast.Call) -> list[ast.expr]:
    return [word.value for word in call.keywords if word.arg == "policy"]


def _said(node: ast.expr) -> str:
    text = ast.unparse(node)
    if text.startswith("Scope."):
        return f"`{Scope[text.removeprefix('Scope.')]}`"
    return text.lower().replace("_", " ")


def _decorators(node: Route) -> Iterator[ast.Call]:
    return (each for each in node.decorator_list if isinstance(each, ast.Call))


def _imported(tree: ast.Module) -> Mapping[str, str]:
    """Name in this file -> the dotted thing it was imported from."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _calls(node: Route, imported: Mapping[str, str]) -> list[str]:
    """The actions and queries that the route's body calls."""
    found = []
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            root, _, rest = ast.unparse(call.func).partition(".")
            whole = f"{imported.get(root, '')}.{rest}".rstrip(".")
            if whole.startswith("services.") and any(part in whole for part in _CALLED):
                found.append(whole.rpartition(".")[2])
    return list(dict.fromkeys(found))
