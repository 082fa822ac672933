"""One place reads the time, so that a training unit's clock and a test's can be set."""

import ast

import pytest

from tests.support.source import PACKAGES, files, short, tree

CLOCK = "shared/clock.py"
_ASKED = {"now", "utcnow", "today", "localtime", "gmtime", "ctime", "time_ns"}
_OF = {"datetime", "date", "dt", "time", "func", "sa"}
#: Measuring how long something takes is not asking what time it is.
_TIME = {"monotonic", "perf_counter", "sleep", "monotonic_ns"}


def askers(module):
    """Lines that ask the computer or the database what time it is."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            of = ast.unparse(node.value).rpartition(".")[2]
            asked = node.attr in _ASKED and of in _OF
            if asked or (node.attr, of) == ("time", "time") or node.attr == "current_timestamp":
                yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for alias in node.names if alias.name not in _TIME)


def test_only_the_clock_reads_the_time():
    found = {short(path) for path in files(*PACKAGES) if list(askers(tree(path)))}

    assert found == {CLOCK}


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "x = field(default_factory=datetime.utcnow)",
        "datetime.datetime.now()",
        "date.today()",
        "time.time()",
        "from time import time",
        "time.time_ns()",
        "select(func.now())",
        "func.current_timestamp()",
    ],
)
def test_who_reads_the_time_is_found(source):
    assert list(askers(ast.parse(source)))


@pytest.mark.parametrize(
    "source", ["work.clock.now(unit)", "now()", "time.monotonic()", "from time import monotonic"]
)
def test_asking_our_clock_is_right(source):
    assert not list(askers(ast.parse(source)))
