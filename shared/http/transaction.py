"""One transaction for one answer: the change, its events, its audit rows and its key together."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, Final, TypeVar

from flask import Response, current_app, g, make_response, request

from shared.errors import KeyMissing
from shared.http.guard import access_of, actor, parts
from shared.storage.headroom import refuse_when_full
from shared.storage.idempotency import Answer
from shared.storage.work import Ground, Work

F = TypeVar("F", bound=Callable[..., Any])
Begin = Callable[[Ground], AbstractContextManager[Any]]

_LONGEST_KEY: Final = 200
_KEPT_HEADERS: Final = ("ETag", "Location", "Content-Type")


def reads(begin: Begin) -> Callable[[F], F]:
    """Give a view an open unit of work as its first argument; its audit row commits with it."""
    return _transacted(begin, once=False)


def changes(begin: Begin) -> Callable[[F], F]:
    """Give a view an open unit of work; the same Idempotency-Key gives the same answer again."""
    return _transacted(begin, once=True)


def _transacted(begin: Begin, *, once: bool) -> Callable[[F], F]:
    def wrap(view: F) -> F:
        @wraps(view)
        def transacted(*args: Any, **named: Any) -> Any:
            if once:
                refuse_when_full(parts().ground.database)
            with begin(parts().ground) as work:
                if not once:
                    return make_response(view(work, *args, **named))
                return _once(work, lambda: make_response(view(work, *args, **named)))

        return transacted  # type: ignore[return-value]

    return wrap


def _once(work: Work, answer: Callable[[], Response]) -> Response:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        _refuse_if_required()
    if not key or g.get("actor") is None:  # keys belong to callers; nobody owns a stranger's
        return answer()
    key = key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
    earlier = work.once.claim(actor().id, key, _digest())
    if earlier is not None:
        g.replayed = True
        return _again(earlier)
    made = answer()
    kept = {name: made.headers[name] for name in _KEPT_HEADERS if name in made.headers}
    text = made.get_data(as_text=True)
    work.once.keep(actor().id, key, Answer(made.status_code, kept, text))
    return made


def _refuse_if_required() -> None:
    view = current_app.view_functions[str(request.endpoint)]
    access = access_of(view)
    if access is not None and access.key == "required":
        raise KeyMissing


def _again(earlier: Answer) -> Response:
    response = Response(earlier.body, status=earlier.status, headers=earlier.headers)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _digest() -> str:
    asked = f"{request.method} {request.full_path}\n".encode() + request.get_data(cache=True)
    return hashlib.sha256(asked).hexdigest()
