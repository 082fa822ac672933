"""How two workers share the tests: a file goes to one of them, and so does what needs one server.

Only one RabbitMQ and one browser are started; what takes longest begins first.
"""

from typing import Any

#: Folders whose tests one worker runs, and files that go with a folder because of its server.
_TOGETHER = {
    "tests/browser/": "browser",
    "tests/contracts/": "rabbitmq",
    "tests/unit/support/test_servers.py": "rabbitmq",
}
_FIRST = (
    "tests/faults/",
    "tests/browser/",
    "tests/contracts/",
    "tests/unit/support/test_servers.py",
    "tests/network/",
    "tests/api/",
    "tests/unit/shared/",
)


def turn(node: str) -> int:
    """When a test has its turn; those of one turn keep their order."""
    places = [place for place, start in enumerate(_FIRST) if node.startswith(start)]
    return places[0] if places else len(_FIRST)


def scope(node: str) -> str:
    """What goes to one worker together with this test."""
    file = node.split("::", 1)[0]
    return next((name for start, name in _TOGETHER.items() if file.startswith(start)), file)


def scheduler(config: Any, log: Any) -> Any:
    """The scheduler of pytest-xdist that asks ``scope``."""
    from xdist.scheduler import LoadScopeScheduling

    class ByServer(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope(nodeid)

    config.option.loadscopereorder = False
    return ByServer(config, log)
