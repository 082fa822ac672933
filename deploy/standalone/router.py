"""The front of the standalone network: a router by path from the same table as the proxy's."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from deploy.services import PATHS
from shared.contracts.event import Publisher

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

#: Prefixes that the table sends to a service are matched whole: /j is not /jalan.
_ROOT: Final = "/"


class Router:
    """Gives each request to the service that owns its path. Prefixes are never stripped."""

    def __init__(
        self, applications: Mapping[Publisher, Application], public_url: str, hosts: frozenset[str]
    ) -> None:
        self._applications = applications
        self._public_url = public_url
        self._hosts = hosts

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "/")
        if path == "/healthz":
            return _plain(start_response, "200 OK", b'{"status":"ok"}\n', "application/json")
        if path.endswith("/metrics") and not _from_this_computer(environ):
            return _plain(start_response, "404 Not Found", b"", "text/plain")
        if environ.get("HTTP_HOST", "") not in self._hosts:
            return self._elsewhere(environ, start_response)
        return self._applications[owner_of(path)](environ, start_response)

    def _elsewhere(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # Cookies belong to one host: nobody signs in under another name (design, section 4).
        target = self._public_url + environ.get("PATH_INFO", "/")
        headers = [("Location", target), ("Content-Length", "0")]
        start_response("308 Permanent Redirect", headers)
        return [b""]


def owner_of(path: str) -> Publisher:
    """Return the service that owns a path."""
    return next(
        publisher
        for prefix, publisher in PATHS
        if prefix == _ROOT or path == prefix or path.startswith(f"{prefix}/")
    )


def _from_this_computer(environ: dict[str, Any]) -> bool:
    """Tell whether nobody outside asks: figures are for whoever keeps the machine."""
    proxied = "HTTP_X_FORWARDED_FOR" in environ
    return not proxied and environ.get("REMOTE_ADDR", "") in {"127.0.0.1", "::1"}


def _plain(start_response: Any, status: str, body: bytes, kind: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
