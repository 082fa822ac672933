"""What the web application of a service is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from joserfc.jwk import ECKey

from shared.contracts.event import Publisher
from shared.http.calls import Calls
from shared.security.tokens import TokenVerifier
from shared.storage.work import Ground


@dataclass(frozen=True)
class WebSettings:
    """Where the network stands, as browsers and partners see it."""

    public_url: str
    """Canonical, without a slash at the end; other hosts are redirected to it."""
    trusted_proxies: int = 0

    @property
    def secure(self) -> bool:
        """Whether cookies may carry the ``__Host-`` prefix: everywhere but on plain local http."""
        return self.public_url.startswith("https://")

    @property
    def issuer(self) -> str:
        """The OAuth issuer (RFC 8414)."""
        return f"{self.public_url}/auth"


@dataclass(frozen=True)
class Parts:
    """Everything a service's application is wired from."""

    ground: Ground
    verifier: TokenVerifier
    calls: Calls
    web: WebSettings
    machines: Mapping[str, ECKey] = field(default_factory=dict)
    """Private keys of the first-party OAuth clients this service runs, by client id."""

    @property
    def publisher(self) -> Publisher:
        """Which service this is."""
        return self.ground.publisher
