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
Answered = Callable[[Work, Callable[[], Response]], Response]

_KEPT_HEADERS: Final = ("ETag", "Location", "Content-Type")


def reads(begin: Begin) -> Callable[[F], F]:
    """Give a view an open unit of work as its first argument; its audit row commits with it."""

    def answered(_work: Work, answer: Callable[[], Response]) -> Response:
        return answer()

    return _transacted(begin, answered)


def changes(begin: Begin, *, keep: bool = True) -> Callable[[F], F]:
    """Give a view an open unit of work; the same Idempotency-Key gives the same answer again.

    Without ``keep`` the answer tells a secret that is shown once: it is written nowhere, and the
    same key is told AnsweredBefore.
    """

    def answered(work: Work, answer: Callable[[], Response]) -> Response:
        return _once(work, answer, keep=keep)

    return _transacted(begin, answered, before=lambda: refuse_when_full(parts().ground.database))


def _transacted(
    begin: Begin, answered: Answered, *, before: Callable[[], None] = lambda: None
) -> Callable[[F], F]:
    def wrap(view: F) -> F:
        @wraps(view)
        def transacted(*args: Any, **named: Any) -> Any:
            before()
            with begin(parts().ground) as work:
                return answered(work, lambda: make_response(view(work, *args, **named)))

        return transacted  # type: ignore[return-value]

    return wrap


def _once(work: Work, answer: Callable[[], Response], *, keep: bool) -> Response:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        _refuse_if_required()
    if not key or g.get("actor") is None:  # keys belong to callers; nobody owns a stranger's
        return answer()
    earlier = work.once.claim(actor().id, key, _digest())
    if earlier is not None:
        g.replayed = True
        return _again(earlier)
    made = answer()
    if keep:
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
