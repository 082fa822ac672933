"""Problem documents (RFC 9457), the same in every service: a stable code, both languages."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import Flask, Response, current_app, g, request
from marshmallow import ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.exceptions import HTTPException

from shared.contracts.validation import OTHERWISE, VALIDATION, code_of, is_standard
from shared.errors import (
    AuditUnavailable,
    Invalid,
    NotFound,
    RajutError,
    Said,
    TooLarge,
    Unavailable,
)
from shared.http.guard import PARTS
from shared.log import logger
from shared.storage.work import Work, begin_with, correlation_id

#: Where an application with pages keeps the English of its sentences.
ENGLISH: Final = "rajut.english"
MEDIA_TYPE: Final = "application/problem+json"

_HTTP: Final[Mapping[int, tuple[str, str, str]]] = {
    400: ("bad_request", RajutError.id, RajutError.en),
    404: ("not_found", NotFound.id, NotFound.en),
    405: ("method_not_allowed", "Cara ini tidak tersedia di alamat ini.", "Not available here."),
    413: ("too_large", TooLarge.id, TooLarge.en),
    415: ("wrong_media_type", "Kirimkan sebagai application/json.", "Send application/json."),
    422: ("invalid", Invalid.id, Invalid.en),
}


def register(app: Flask) -> None:
    """Answer every error of the JSON edge with a problem document."""
    app.register_error_handler(RajutError, refused)
    app.register_error_handler(ValidationError, invalid)
    app.register_error_handler(HTTPException, http_error)
    for out_of_reach in (OperationalError, InterfaceError, PoolExhausted):
        app.register_error_handler(out_of_reach, no_database)
    app.register_error_handler(Exception, our_fault)


def refused(error: RajutError) -> Response:
    """Answer an error of ours; a denial is written to the audit trail first."""
    error = audited(error)
    if error.status >= 500:
        logger("http").error("refused", code=error.code, exc_info=error.__cause__ or error)
    sentences = {"id": error.says("id"), "en": error.says("en")}
    return problem(error.status, error.code, sentences, list(_listed(error.fields)))


def audited(error: RajutError) -> RajutError:
    """Write a denial to the audit trail; return what to answer: AuditUnavailable when it fails."""
    denied = error.status in {401, 403, 404}
    return (_audit_denial(error) if denied else None) or error


def invalid(error: ValidationError) -> Response:
    """Answer fields that are not right."""
    sentences = {"id": Invalid.id, "en": Invalid.en}
    return problem(422, Invalid.code, sentences, list(_listed(_flat(error.messages))))


def http_error(error: HTTPException) -> Response:
    """Answer an error of the framework, keeping the headers it needs (``Allow`` on 405)."""
    status = error.code or 500
    found = getattr(error, "data", None) or {}
    if status == 422 and "messages" in found:
        places = found["messages"].values()  # of the body, of the query: a field is a field
        return invalid(ValidationError({k: v for place in places for k, v in _inner(place)}))
    code, indonesian, english = _HTTP.get(status, ("http_error", RajutError.id, RajutError.en))
    response = problem(status, code, {"id": indonesian, "en": english}, [])
    kept = [pair for pair in error.get_headers() if pair[0].lower() not in _OURS]
    response.headers.extend(kept)
    return response


_OURS: Final = frozenset({"content-type", "content-length"})


def no_database(error: SQLAlchemyError) -> Response:
    """Answer that the database does not answer; nothing was changed."""
    logger("http").error("database", exc_info=error)
    return problem(503, Unavailable.code, {"id": Unavailable.id, "en": Unavailable.en}, [])


def our_fault(error: Exception) -> Response:
    """Answer a fault of ours without a word of what it was about."""
    logger("http").error("fault", exc_info=error, endpoint=request.endpoint)
    says = {"id": "Terjadi galat di pihak kami. Tidak ada yang hilang.", "en": "Our fault."}
    return problem(500, "fault", says, [])


def problem(
    status: int, code: str, says: Mapping[str, str], listed: list[dict[str, str]]
) -> Response:
    """Return a problem document."""
    language = "en" if request.accept_languages.best_match(["id", "en"]) == "en" else "id"
    told: dict[str, Any] = {
        "type": f"urn:rajut:problem:{code}",
        "title": says[language],
        "status": status,
        "code": code,
        "messages": dict(says),
        "correlation_id": correlation_id.get(),
    }
    if listed:
        told["fields"] = listed
    response = Response(json.dumps(told, ensure_ascii=False), status=status, mimetype=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = f'Bearer error="invalid_token", error_code="{code}"'
    return response


def _flat(messages: Any, path: str = "") -> dict[str, list[str]]:
    if isinstance(messages, Mapping):
        flat: dict[str, list[str]] = {}
        for name, inner in messages.items():
            deeper = path if name == "_schema" else f"{path}.{name}".lstrip(".")
            flat |= _flat(inner, deeper)
        return flat
    listed = [messages] if isinstance(messages, str) else messages
    return {path or "body": [str(one) for one in listed]}


def _inner(place: Any) -> Iterator[tuple[str, Any]]:
    yield from place.items() if isinstance(place, Mapping) else (("_schema", place),)


def _listed(fields: Mapping[str, list[str]]) -> Iterator[dict[str, str]]:
    for field, messages in fields.items():
        for message in messages:
            code = code_of(message)
            indonesian, english = VALIDATION[code if code in VALIDATION else OTHERWISE]
            if not is_standard(message):
                indonesian, english = message, _english_of(message)
            yield {"field": field, "code": code, "id": indonesian, "en": english}


def _english_of(message: str) -> str:
    """Return the English of a sentence: its own, or the catalogue's where there are pages."""
    if isinstance(message, Said):
        return message.en
    catalogue: Mapping[str, str] = current_app.extensions.get(ENGLISH, {})
    return catalogue.get(message, VALIDATION[OTHERWISE][1])


def _audit_denial(error: RajutError) -> RajutError | None:
    """Write the denial down; return AuditUnavailable when that fails."""
    parts = current_app.extensions.get(PARTS)
    if parts is None:
        return None  # a page by itself, in a test: without a service there is no trail
    who = g.get("actor") or g.get("refused")
    try:
        with begin_with(Work, parts.ground) as work:
            work.audit.denied(who, f"{request.method} {request.url_rule or '?'}", error.code)
    except Exception as failed:  # noqa: BLE001 - whatever stops the audit stops the answer
        logger("http").error("audit", exc_info=failed)
        return AuditUnavailable()
    return None
