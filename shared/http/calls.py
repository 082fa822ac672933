"""Calls to another service, with the token of the one who asks; never inside a transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from shared import errors
from shared.contracts.event import Publisher
from shared.contracts.validation import OTHERWISE
from shared.errors import RajutError, Unavailable
from shared.storage.database import in_transaction
from shared.storage.work import correlation_id

_PATIENCE: Final = httpx.Timeout(5.0, connect=2.0)


class CallInTransaction(Exception):
    """A service was called while a transaction was open: a deadlock waiting to happen."""


@dataclass(frozen=True)
class Called:
    """What another service answered: status, headers and the parsed body (None when empty)."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Line:
    """A line to one service, speaking for one bearer."""

    def __init__(self, client: httpx.Client, token: str) -> None:
        self._line = client
        self._token = token

    def get(self, path: str, **query: Any) -> Any:
        """Return the body of a GET; raise the error that the problem document names."""
        given = {name: value for name, value in query.items() if value is not None}
        return self.ask("GET", path, params=given).body

    def post(self, path: str, body: Any = None, *, key: str = "") -> Any:
        """Return the body of a POST; ``key`` is sent as Idempotency-Key."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.ask("POST", path, json=body or {}, headers=headers).body

    def ask(self, method: str, path: str, **more: Any) -> Called:
        """Make any call. Raises Unavailable when nobody answers, else the error that is named."""
        if in_transaction():
            raise CallInTransaction(path)
        headers = {"X-Correlation-Id": correlation_id.get(), **more.pop("headers", {})}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            answer = self._line.request(method, path, headers=headers, **more)
        except httpx.HTTPError:
            raise Unavailable from None
        body = _read(answer)
        if answer.status_code >= 400:
            raise error_of(answer.status_code, body)
        return Called(answer.status_code, answer.headers, body)


class Calls:
    """Where each service is reached: over the network, or in the same process."""

    def __init__(self, reach: Callable[[Publisher], httpx.Client]) -> None:
        self._reach = reach

    def to(self, publisher: Publisher, *, token: str = "") -> Line:
        """Return a line to a service, speaking with this token."""
        return Line(self._reach(publisher), token)


def over_network(addresses: Mapping[Publisher, str]) -> Calls:
    """Return calls over HTTP to the given base addresses."""
    lines = {
        publisher: httpx.Client(base_url=address, timeout=_PATIENCE, follow_redirects=False)
        for publisher, address in addresses.items()
    }
    return Calls(lines.__getitem__)


def in_process(web: Callable[[], Any], public_url: str) -> Calls:
    """Return calls into a WSGI application of this process; ``web`` is asked at the first call."""
    made: list[httpx.Client] = []

    def reach(_: Publisher) -> httpx.Client:
        if not made:
            transport = httpx.WSGITransport(app=web(), raise_app_exceptions=False)
            made.append(httpx.Client(base_url=public_url, transport=transport))
        return made[0]

    return Calls(reach)


def error_of(status: int, body: Any) -> RajutError:
    """Return the error that a problem document names, as if it had been raised here."""
    told = body if isinstance(body, Mapping) else {}
    # An OAuth endpoint names its error by RFC 6749's own key.
    code = str(told.get("code") or told.get("error") or "")
    says = told.get("messages") or {}
    kind = _KNOWN.get(code)
    if kind is None and (status >= 500 or not code):
        return Unavailable()  # a fault over there, or somebody else who answers in its place
    kind = kind or _remote(status, code, says)
    error = RajutError.__new__(kind)
    RajutError.__init__(error, fields=_fields(told))
    error.named = dict.fromkeys(("what", "move", "standing"), "") if not says else {}
    error.told = says
    return error


def _remote(status: int, code: str, says: Mapping[str, str]) -> type[RajutError]:
    # An error another service declares beside its own rule: same status, code and sentences.
    sentences = {"id": says.get("id", Unavailable.id), "en": says.get("en", Unavailable.en)}
    return type("RemoteError", (RajutError,), {"status": status, "code": code, **sentences})


def _fields(told: Mapping[str, Any]) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {}
    for row in told.get("fields") or ():
        # The code says it in both languages; only what a rule worded itself is passed on as text.
        message = row.get("id") if row.get("code") == OTHERWISE else row.get("code")
        listed.setdefault(str(row.get("field")), []).append(str(message))
    return listed


def _read(answer: httpx.Response) -> Any:
    try:
        return answer.json() if answer.content else None
    except ValueError:
        return None


_KNOWN: Final = {
    kind.code: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, RajutError)
}
