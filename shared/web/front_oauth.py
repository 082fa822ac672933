"""How a front speaks with auth: PKCE S256, a signed assertion each time, one token a service."""

import base64
import hashlib
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

from shared.clock import now
from shared.contracts.event import Publisher
from shared.errors import NotSignedIn, RajutError, Unavailable
from shared.http.calls import Calls
from shared.http.parts import WebSettings
from shared.identifiers import new_id
from shared.security.tokens import audience_of

_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_LIVES: Final = timedelta(seconds=60)


class OAuth:
    """One front as a client of auth."""

    def __init__(self, calls: Calls, web: WebSettings, *, machine: str, key: ECKey) -> None:
        self._calls = calls
        self._web = web
        self._machine = machine
        self._key = key

    def address(self, *, state: str, verifier: str, back: str, service: Publisher) -> str:
        """Return the address where somebody signs in."""
        challenge = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._machine,
            "redirect_uri": self._web.public_url + back,
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "resource": audience_of(service),
        }
        return f"{self._web.issuer}/authorize?{urlencode(asked)}"

    def redeem(self, code: str, *, verifier: str, back: str) -> dict[str, Any]:
        """Return the tokens for a code; NotSignedIn when it is not good."""
        given = {"code": code, "code_verifier": verifier}
        where = {"redirect_uri": self._web.public_url + back}
        return self._token({"grant_type": "authorization_code", **given, **where})

    def refresh(self, refresh_token: str, service: Publisher) -> dict[str, Any]:
        """Return the next tokens of a session; NotSignedIn when it is over."""
        given = {"refresh_token": refresh_token, "resource": audience_of(service)}
        return self._token({"grant_type": "refresh_token", **given})

    def revoke(self, refresh_token: str) -> None:
        """End a session at auth; while auth cannot be reached it ends by itself."""
        try:
            self._ask("/auth/revoke", {"token": refresh_token})
        except RajutError:
            return

    def _token(self, given: dict[str, str]) -> dict[str, Any]:
        try:
            told = self._ask("/auth/token", given)
        except Unavailable:
            raise
        except RajutError as error:
            # 400: the code or token is not good. Anything else is not the person's to mend.
            raise (NotSignedIn() if error.status == 400 else Unavailable()) from None
        if not isinstance(told, dict):
            raise Unavailable
        return told

    def _ask(self, path: str, given: dict[str, str]) -> Any:
        proof = {"client_assertion_type": _ASSERTION, "client_assertion": self._assertion()}
        line = self._calls.to(Publisher.AUTH)
        return line.ask("POST", path, data={**given, **proof}).body

    def _assertion(self) -> str:
        at = now()
        claims: dict[str, Any] = {
            "iss": self._machine,
            "sub": self._machine,
            "aud": self._web.issuer,
            "iat": int(at.timestamp()),
            "exp": int((at + _ASSERTION_LIVES).timestamp()),
            "jti": str(new_id()),
        }
        return jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, self._key)
