"""The OAuth endpoints that machines use: metadata, keys, token, revocation, introspection."""

from typing import Any

from authlib.oauth2.rfc6749 import OAuth2Error
from flask import Blueprint, Response, jsonify, request

from services.auth.actions.signing import jwks
from services.auth.api.oauth_request import check_body
from services.auth.api.oauth_server import Server
from services.auth.domain.grants import resource_of
from shared.contracts.event import Publisher
from shared.contracts.scopes import Scope
from shared.http.guard import anyone
from shared.http.parts import WebSettings

_BEFORE_SIGNING_IN = "a client shows here who it is"
_FOUND_BY_ALL = "what the server is and its public keys are for everyone"


def blueprint(server: Server) -> Blueprint:
    """Build the endpoints of one authorization server."""
    routes = Blueprint("oauth", __name__)

    @routes.get("/.well-known/oauth-authorization-server/auth")
    @anyone(_FOUND_BY_ALL)
    def metadata() -> Response:
        return _cached(jsonify(_metadata(server.web)))

    @routes.get("/auth/jwks")
    @anyone(_FOUND_BY_ALL)
    def keys() -> Response:
        return _cached(jsonify(jwks(server.ground)))

    @routes.post("/auth/token")
    @anyone(_BEFORE_SIGNING_IN)
    def token() -> Any:
        return _checked(server) or server.create_token_response()

    @routes.post("/auth/revoke")
    @anyone(_BEFORE_SIGNING_IN)
    def revoke() -> Any:
        return _checked(server) or server.create_endpoint_response("revocation")

    @routes.post("/auth/introspect")
    @anyone(_BEFORE_SIGNING_IN)
    def introspect() -> Any:
        return _checked(server) or server.create_endpoint_response("introspection")

    return routes


def _checked(server: Server) -> Response | None:
    try:
        check_body(request)
    except OAuth2Error as error:
        return server.error_response(error)
    return None


def _cached(response: Response) -> Response:
    # A minute: a key that was dropped in an emergency is gone as soon (security.md 4.6).
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _metadata(web: WebSettings) -> dict[str, Any]:
    """Return what RFC 8414 and RFC 9207 name."""
    methods = ["private_key_jwt", "client_secret_basic"]
    return {
        "issuer": web.issuer,
        "authorization_endpoint": f"{web.issuer}/authorize",
        "token_endpoint": f"{web.issuer}/token",
        "jwks_uri": f"{web.issuer}/jwks",
        "revocation_endpoint": f"{web.issuer}/revoke",
        "introspection_endpoint": f"{web.issuer}/introspect",
        "scopes_supported": sorted(Scope),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "token_endpoint_auth_methods_supported": methods,
        "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
        "revocation_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_signing_alg_values_supported": ["ES256"],
        "introspection_endpoint_auth_methods_supported": ["private_key_jwt"],
        "introspection_endpoint_auth_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "ui_locales_supported": ["id", "en"],
        "resources_supported": [resource_of(service) for service in Publisher],
    }
