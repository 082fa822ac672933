"""The three grants, on the library's frames: what is used up and what it gives is ours."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import (
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    RefreshTokenGrant,
)
from authlib.oauth2.rfc6749.models import AuthorizationCodeMixin
from authlib.oauth2.rfc7636 import CodeChallenge

from services.auth.actions import tokens
from services.auth.actions.tokens import CodeFor, NotGood, Wish
from services.auth.api.oauth_clients import SECRET, SIGNED
from services.auth.api.oauth_request import InvalidTargetError, audience_of, scopes_of
from services.auth.domain.grants import (
    Grantee,
    ResourceUnknown,
    ScopeUnknown,
    resource_of,
    service_of,
)
from services.auth.domain.session import AuthorizationCode, RefreshToken
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.scopes import Scope
from shared.errors import NotAllowed, Stale

_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@contextmanager
def in_oauth_words() -> Iterator[None]:
    """Say our refusals in the words of RFC 6749 and RFC 8707."""
    try:
        yield
    except ScopeUnknown:
        raise InvalidScopeError from None
    except (ResourceUnknown, NotAllowed):
        raise InvalidTargetError("Name one resource this client may use.") from None
    except (NotGood, Stale):  # Stale: the session was ended at this very moment
        raise InvalidGrantError("It is unknown, was used, or is too old.") from None


class MachineGrant(ClientCredentialsGrant):  # type: ignore[misc] # Authlib has no types
    """``client_credentials``: a partner's system or a service speaks for itself."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = [SIGNED, SECRET]

    def generate_token(self, **_: Any) -> Any:
        """Return the token of the machine that asks."""
        machine = self.request.client.machine
        only = next(iter(machine.audiences)) if len(machine.audiences) == 1 else None
        with in_oauth_words():
            wish = Wish(
                audience=audience_of(self.request, otherwise=only), scopes=scopes_of(self.request)
            )
            grantee = tokens.for_machine(self.server.ground, machine, wish)
        return super().generate_token(user=grantee)


class S256Only(CodeChallenge):  # type: ignore[misc] # Authlib has no types
    """PKCE for everyone and S256 only; by itself the library takes ``plain``, or nothing."""

    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Raise InvalidRequestError unless there is one challenge, by S256."""
        given = grant.request.payload.datalist
        challenge, method = given["code_challenge"], given["code_challenge_method"]
        if method != ["S256"] or len(challenge) != 1 or not _CHALLENGE.fullmatch(challenge[0]):
            raise InvalidRequestError("One code_challenge by S256 is needed.")


class _Shown(AuthorizationCodeMixin):  # type: ignore[misc] # Authlib has no types
    """A code that was found, as the library asks about it."""

    code_challenge_method = "S256"

    def __init__(self, code: AuthorizationCode) -> None:
        self.code = code
        self.code_challenge = code.challenge

    def get_redirect_uri(self) -> str:
        """Return the address the code was sent to."""
        return self.code.redirect_uri

    def get_scope(self) -> str:
        """Return what was asked for."""
        return " ".join(sorted(self.code.asked))


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc] # Authlib has no types
    """``authorization_code``: somebody has signed in and one of our fronts fetches her tokens."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = [SIGNED]

    def generate_authorization_code(self) -> str:
        """Return 256 random bits."""
        return secrets.token_urlsafe(32)

    def validate_requested_scope(self) -> None:
        """Refuse scopes and resources that nobody owns before anybody signs in."""
        with in_oauth_words():
            scopes_of(self.request)
            audience_of(self.request, otherwise=Publisher.AUTH)

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Keep what the code is bound to."""
        only = next(iter(request.client.machine.audiences))
        bound = CodeFor(
            machine_id=request.client.machine.id,
            person_id=request.user.id,
            redirect_uri=request.payload.redirect_uri,
            challenge=request.payload.data["code_challenge"],
            resource=resource_of(audience_of(request, otherwise=only)),
            asked=scopes_of(request),
        )
        tokens.make_code(self.server.ground, bound, code=code, at=now())

    def query_authorization_code(self, code: str, client: Any) -> _Shown | None:
        """Return the code of this client, if it is still good."""
        found = tokens.find_code(self.server.ground, code, client.machine, at=now())
        return None if found is None else _Shown(found)

    def authenticate_user(self, authorization_code: _Shown) -> Grantee:
        """Use the code up and return for whom the token is."""
        code, machine = authorization_code.code, self.request.client.machine
        with in_oauth_words():
            audience = audience_of(self.request, otherwise=service_of(code.resource))
            return tokens.redeem_code(
                self.server.ground, code, machine, Wish(audience=audience), pause=self.server.pause
            )

    def delete_authorization_code(self, authorization_code: _Shown) -> None:
        """Leave it there, used up, so that showing it again is noticed."""


class _Family:
    """A refresh token that was found, as the library asks about it."""

    def __init__(self, token: RefreshToken) -> None:
        self.token = token

    def check_client(self, client: Any) -> bool:
        """Leave it to the action, which knows the session."""
        return True

    def get_scope(self) -> str:
        """Return every scope: the action narrows to what was asked for at sign-in."""
        return " ".join(Scope)


class RefreshGrant(RefreshTokenGrant):  # type: ignore[misc] # Authlib has no types
    """``refresh_token``: the next token of a session, for the service that is named."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = [SIGNED]
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> _Family | None:
        """Return the token, used up or not: that is decided when it is used."""
        found = tokens.find_refresh_token(self.server.ground, refresh_token)
        return None if found is None else _Family(found)

    def authenticate_user(self, refresh_token: _Family) -> Grantee:
        """Use the token up and return for whom the next one is."""
        with in_oauth_words():
            wish = Wish(audience=audience_of(self.request), scopes=scopes_of(self.request))
            return tokens.refresh(
                self.server.ground,
                refresh_token.token,
                self.request.client.machine,
                wish,
                pause=self.server.pause,
            )

    def revoke_old_credential(self, refresh_token: _Family) -> None:
        """Do nothing more: it was used up above, in one step with the next one's making."""
