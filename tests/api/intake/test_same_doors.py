"""What may be done by the API and by a page is guarded by the same policy on both ways."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import CodeType
from typing import Any

import pytest

from services.intake import actions
from services.intake.web.sheets import PAGES
from shared.http.guard import access_of

#: Begun from a page only, or by a page that does more than the one call.
FEWEST = 20


def the_actions() -> set[str]:
    found = set()
    for module in pkgutil.iter_modules(actions.__path__, f"{actions.__name__}."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            defined_here = inspect.isfunction(thing) and thing.__module__ == module.name
            if defined_here and list(inspect.signature(thing).parameters)[:2] == ["work", "actor"]:
                found.add(name)
    return found


def names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from names_in(inner)


def called(do: Any) -> set[str]:
    return set(names_in(inspect.unwrap(do).__code__)) & the_actions()


@pytest.fixture(scope="module")
def doors(rooms: Any) -> dict[str, dict[str, set[str]]]:
    """For each action, by which policies one comes to it through the pages and the API."""
    found: dict[str, dict[str, set[str]]] = {}
    app = rooms[1]
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        access = access_of(view)
        if access is None or access.policy is None or "POST" not in (rule.methods or ()):
            continue
        way = "api" if rule.rule.startswith("/api/") else "page"
        for action in called(view):
            found.setdefault(action, {}).setdefault(way, set()).add(access.policy.name)
    for each in PAGES.values():
        for action in called(each.do):
            found.setdefault(action, {}).setdefault("page", set()).add(each.policy.name)
    return found


def test_an_action_has_the_same_policy_behind_both_doors(
    doors: dict[str, dict[str, set[str]]],
) -> None:
    both = {action: ways for action, ways in doors.items() if len(ways) == 2}

    assert len(both) >= FEWEST
    assert {action: ways for action, ways in both.items() if ways["api"] != ways["page"]} == {}
