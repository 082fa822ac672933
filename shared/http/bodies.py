"""Reading JSON bodies: UTF-8, sent as JSON, and nothing in them that cannot be kept."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Request
from webargs.core import is_json, missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType


class Reader(FlaskParser):
    """Reads the arguments of a route. What is no JSON is refused, never taken for an empty body."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """Return the parsed body; BadRequest (400) or UnsupportedMediaType (415) otherwise."""
        body = req.get_data(cache=True)
        if not body:
            return missing
        if not is_json(req.mimetype):
            raise UnsupportedMediaType
        try:
            read = json.loads(body.decode(), parse_constant=_refuse)
            _check(read)
        except (ValueError, RecursionError):
            raise BadRequest from None
        return read


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _check(value: Any) -> None:
    """Raise ValueError for text that no database and no UTF-8 file can hold."""
    if isinstance(value, str):
        value.encode()  # half of a surrogate pair raises UnicodeEncodeError
        if "\0" in value:
            raise ValueError("a zero character")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            _check(name)
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
