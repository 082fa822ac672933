"""An OAuth request as the library wants it, read from where it belongs and nowhere else.

At the token endpoint only the body counts, at the authorization endpoint only the address: the
library by itself mixes the two, and takes the address from the Host header (security.md 3).
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from authlib.oauth2.rfc6749 import (
    InvalidRequestError,
    OAuth2Error,
    OAuth2Payload,
    OAuth2Request,
)
from flask import Request
from werkzeug.datastructures import MultiDict

from services.auth.domain.grants import (
    ResourceUnknown,
    ScopeUnknown,
    scopes_asked,
    service_of,
)
from shared.contracts.event import Publisher
from shared.contracts.scopes import Scope

_FORM = "application/x-www-form-urlencoded"


class InvalidTargetError(OAuth2Error):  # type: ignore[misc] # Authlib has no types
    """The resource is missing, none of ours, or not for this client (RFC 8707, section 2)."""

    error = "invalid_target"


class Given(OAuth2Payload):  # type: ignore[misc] # Authlib has no types
    """The parameters of a request."""

    def __init__(self, values: "MultiDict[str, str]") -> None:
        self._values = values

    @property
    def data(self) -> "MultiDict[str, str]":
        """Every parameter."""
        return self._values

    @property
    def datalist(self) -> Mapping[str, list[str]]:
        """Every parameter with all its values."""
        return defaultdict(list, self._values.to_dict(flat=False))


class Asked(OAuth2Request):  # type: ignore[misc] # Authlib has no types
    """One request to the authorization server, under its public address."""

    def __init__(self, request: Request, values: "MultiDict[str, str]", *, public_url: str) -> None:
        super().__init__(request.method, public_url + request.path, headers=request.headers)
        self.payload = Given(values)
        self._values = values

    @property
    def form(self) -> "MultiDict[str, str]":
        """The parameters; at the token endpoint they come from the body."""
        return self._values

    @property
    def args(self) -> "MultiDict[str, str]":
        """The parameters; at the authorization endpoint they come from the address."""
        return self._values


def from_address(request: Request, *, public_url: str) -> Asked:
    """Return a request to the authorization endpoint; InvalidRequestError for strange letters."""
    _check_letters(request.args)
    return Asked(request, MultiDict(request.args), public_url=public_url)


def from_body(request: Request, *, public_url: str) -> Asked:
    """Return a request to the token endpoint and its like."""
    return Asked(request, MultiDict(request.form), public_url=public_url)


def check_body(request: Request) -> None:
    """Raise InvalidRequestError for parameters in the address, twice, or in another form."""
    if request.query_string:
        raise InvalidRequestError("Parameters belong into the body.")
    if request.mimetype != _FORM:
        raise InvalidRequestError("The body must be form-urlencoded.")
    if any(len(values) > 1 for _, values in request.form.lists()):
        raise InvalidRequestError("A parameter was given twice.")
    _check_letters(request.form)


def _check_letters(values: "MultiDict[str, str]") -> None:
    # RFC 6749, appendix A. The library answers others with a fault of the server: it repeats
    # them in its error descriptions, where it does not allow them itself.
    for name, value in values.items(multi=True):
        plain = value.isascii() and value.isprintable()
        if not plain or (name != "state" and set(value) & {'"', "\\"}):
            raise InvalidRequestError("Parameters are printable ASCII without quotes.")


def scopes_of(asked: Any) -> frozenset[Scope]:
    """Return the scopes of a request; ScopeUnknown for words that are none."""
    text = asked.payload.scope or ""
    if len(text) > 2000:
        raise ScopeUnknown
    return scopes_asked(text)


def audience_of(asked: Any, *, otherwise: Publisher | None = None) -> Publisher:
    """Return the one service the token is for; ResourceUnknown when it is not told or not ours."""
    named = asked.payload.datalist["resource"]
    if not named and otherwise is not None:
        return otherwise
    if len(named) != 1:
        raise ResourceUnknown
    return service_of(str(named[0]))
