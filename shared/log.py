"""One-line JSON logs with a correlation id; what could identify anybody is struck out."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

import structlog

_SECRET: Final = re.compile(
    r"authorization|cookie|assertion|password|token|secret|\A(code|body|otp|nik|name|phone)\Z", re.I
)
#: Anything with the shape of an identity number, a phone number or a mail address.
_SHAPES: Final = re.compile(
    r"(?<![\w-])\+?\d[\d .-]{7,}\d(?![\w-])"
    r"|\d{13,}"  # longer than any run of digits in one of our identifiers
    r"|[^\s@]+@[^\s@]+\.\w+"
)


def redact(_: Any, __: str, entry: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Strike secrets by name and personal numbers by shape."""
    for name, value in entry.items():
        if name not in {"timestamp", "correlation_id"}:
            entry[name] = _struck(name, value)
    return entry


def _struck(name: str, value: Any) -> Any:
    if _SECRET.search(name):
        return "[struck]"
    if isinstance(value, Mapping):
        return {_SHAPES.sub("[struck]", str(key)): _struck(str(key), v) for key, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_struck("", inner) for inner in value]
    if isinstance(value, BaseException):
        return type(value).__name__
    if value is None or isinstance(value, (bool, float)):
        return value
    struck = _SHAPES.sub("[struck]", str(value))
    return value if isinstance(value, int) and struck == str(value) else struck


def set_up(*, quiet: bool = False) -> None:
    """Send every log line of this process to standard error as one line of JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_the_name,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if quiet else logging.INFO
        ),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    if not any(isinstance(one, _Bridge) for one in logging.getLogger().handlers):
        logging.getLogger().addHandler(_Bridge())


class _Bridge(logging.Handler):
    """Says what other libraries log in our form: their sentence, without what they put into it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line; an address or a value given as an argument is left out."""
        error = record.exc_info[1] if record.exc_info else None
        told = {} if error is None else {"exc_info": error}
        logger(record.name).log(record.levelno, str(record.msg), **told)


def _only_the_name(_: Any, __: str, entry: MutableMapping[str, Any]) -> Mapping[str, Any]:
    # An error's text may quote what somebody typed; its kind and place are enough to find it.
    error = entry.pop("exc_info", None)
    if error is True:  # inside an except block, by logger.exception
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        entry["error"] = type(error).__name__
        entry["where"] = _place(error)
    return entry


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


def logger(name: str) -> Any:
    """Return a logger that names its part of the network."""
    return structlog.get_logger(part=name)


# Configured as soon as it is imported: structlog's own default prints the values of local
# variables with a traceback, and no process, not even a test, may do that here.
set_up()
