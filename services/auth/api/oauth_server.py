"""The authorization server: every grant, endpoint and extension is put together here."""

import logging
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidClientError, OAuth2Error
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from authlib.oauth2.rfc9207 import IssuerParameter
from flask import Response, request

from services.auth.actions import lookup, tokens
from services.auth.actions.lookup import FoundToken
from services.auth.actions.pauses import NONE, Pause
from services.auth.actions.signing import TOKEN_SECONDS, mint
from services.auth.api.oauth_clients import (
    SECRET,
    SIGNED,
    OAuthClient,
    SignedAssertion,
    basic_secret,
    refused,
)
from services.auth.api.oauth_grants import CodeGrant, MachineGrant, RefreshGrant, S256Only
from services.auth.api.oauth_request import Asked, from_address, from_body
from services.auth.domain.grants import Grantee
from shared.http.parts import Parts

#: Its debug lines print whole tokens.
logging.getLogger("authlib").setLevel(logging.WARNING)
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class InsecureAddress(Exception):
    """The public address is plain http to another machine: tokens would travel readable."""


class Server(AuthorizationServer):  # type: ignore[misc] # Authlib has no types
    """Authlib's server, without the defaults that do not fit here (security.md, section 3)."""

    def __init__(self, parts: Parts, *, pause: Pause = NONE) -> None:
        super().__init__(query_client=self._find, save_token=_kept_already)
        _refuse_plain_http(parts.web.public_url)
        self.ground = parts.ground
        self.web = parts.web
        self.pause = pause
        self.register_token_generator("default", Minted(parts))
        assertion = SignedAssertion(self.ground, issuer=self.web.issuer, pause=pause)
        self.register_client_auth_method(SIGNED, assertion)
        self.register_client_auth_method(SECRET, basic_secret)
        self.register_grant(MachineGrant)
        self.register_grant(CodeGrant, [S256Only(required=True)])
        self.register_grant(RefreshGrant)
        self.register_endpoint(Revocation)
        self.register_endpoint(Introspection)
        self.register_extension(_Issuer(self.web.issuer))

    def _find(self, client_id: str) -> OAuthClient | None:
        machine = tokens.find_machine(self.ground, client_id)
        return None if machine is None else OAuthClient(machine)

    def authenticate_client(self, asked: Any, methods: Any, endpoint: str = "token") -> Any:
        """Return the client; one refusal for every reason, and never two ways at once."""
        both = "client_assertion" in asked.form and "Authorization" in asked.headers
        try:
            if both or "client_secret" in asked.form:
                raise refused()
            client = super().authenticate_client(asked, methods, endpoint)
        except InvalidClientError:
            raise refused() from None
        if asked.form.get("client_id", client.get_client_id()) != client.get_client_id():
            raise refused()
        return client

    def create_oauth2_request(self, asked: Any) -> Asked:
        """Return the request under its public address, whatever the Host header says."""
        if isinstance(asked, Asked):
            return asked
        read = from_address if request.path.endswith("/authorize") else from_body
        return read(request, public_url=self.web.public_url)

    def handle_response(self, status: int, payload: Any, headers: Any) -> Response:
        """Answer; a redirect is 303, so that no browser ever posts again (RFC 9700, 4.12)."""
        response: Response = super().handle_response(
            303 if status == 302 else status, payload, headers
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def error_response(self, error: OAuth2Error) -> Response:
        """Answer an error; one that goes back to a front names us (RFC 9207)."""
        response: Response = self.handle_error_response(None, error)
        if error.redirect_uri:
            _Issuer(self.web.issuer).add_issuer_parameter(self, response)
        return response


def _refuse_plain_http(public_url: str) -> None:
    # The library's own check is switched off by a variable of the environment; this one is not.
    address = urlsplit(public_url)
    if address.scheme != "https" and address.hostname not in _LOOPBACK:
        raise InsecureAddress(public_url)


def _kept_already(token: Any, asked: Any) -> None:
    """Do nothing: what is kept of a token is kept in the unit of work that granted it."""


class Minted(BearerTokenGenerator):  # type: ignore[misc] # Authlib has no types
    """Makes the answer of the token endpoint out of a grantee."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(None)
        self._ground = parts.ground
        self._issuer = parts.web.issuer

    def generate(self, grant_type: str, client: Any, user: Grantee, *_: Any) -> dict[str, Any]:
        """Return the token, its five minutes, what it carries, and the next refresh token."""
        made = {
            "token_type": "Bearer",
            "access_token": mint(self._ground, user, issuer=self._issuer),
            "expires_in": TOKEN_SECONDS,
            "scope": " ".join(sorted(user.scopes)),
        }
        return made | ({"refresh_token": user.refresh_token} if user.refresh_token else {})


class _Issuer(IssuerParameter):  # type: ignore[misc] # Authlib has no types
    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def __call__(self, server: Any) -> None:
        # "after_authorization_response" is the grant's own hook and would run twice.
        server.register_hook("after_create_authorization_response", self.add_issuer_parameter)

    def get_issuer(self) -> str:
        return self._issuer


class _Held:
    """A token somebody shows, as the library asks about it."""

    def __init__(self, found: FoundToken) -> None:
        self.found = found

    def check_client(self, client: OAuthClient) -> bool:
        return self.found.client_id == client.get_client_id()

    def is_expired(self) -> bool:
        return not self.found.active

    def is_revoked(self) -> bool:
        return not self.found.active


def _held(server: Server, token: str) -> _Held | None:
    found = lookup.find_token(server.ground, token, issuer=server.web.issuer)
    return None if found is None else _Held(found)


class Revocation(RevocationEndpoint):  # type: ignore[misc] # Authlib has no types
    """RFC 7009: a client takes back what it holds."""

    CLIENT_AUTH_METHODS: ClassVar = [SIGNED, SECRET]

    def query_token(self, token: str, hint: str | None) -> _Held | None:
        """Return the token, whatever the hint says."""
        return _held(self.server, token)

    def revoke_token(self, token: _Held, asked: Any) -> None:
        """Take it back."""
        lookup.take_back(self.server.ground, asked.client.machine, token.found)


class Introspection(IntrospectionEndpoint):  # type: ignore[misc] # Authlib has no types
    """RFC 7662: a service asks what a token is."""

    CLIENT_AUTH_METHODS: ClassVar = [SIGNED]

    def query_token(self, token: str, hint: str | None) -> _Held | None:
        """Return the token, whatever the hint says."""
        return _held(self.server, token)

    def check_permission(self, token: _Held, client: OAuthClient, asked: Any) -> bool:
        """Every service may ask about every token; nobody else gets this far."""
        return True

    def introspect_token(self, token: _Held) -> dict[str, Any]:
        """Return the claims."""
        return {"active": True, "client_id": token.found.client_id, **token.found.claims}
