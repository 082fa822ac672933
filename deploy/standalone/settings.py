"""What the standalone network is told by its environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from shared.http.parts import WebSettings

#: Addresses that only this computer reaches.
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class WrongSetting(Exception):
    """A setting cannot be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """Read once at start; nothing else reads the environment."""

    port: int
    bind: str
    public_url: str
    trusted_proxies: int
    folder: Path

    @classmethod
    def read(cls, environ: Mapping[str, str], *, demo: bool = False) -> Self:
        """Read the settings; raise WrongSetting for one that cannot be used."""
        port = _number(environ, "PORT", 8000)
        public = environ.get("RAJUT_PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/")
        bind = environ.get("RAJUT_BIND", "127.0.0.1")
        settings = cls(
            port=port,
            bind=bind,
            public_url=public,
            trusted_proxies=_number(environ, "RAJUT_TRUSTED_PROXIES", 0),
            folder=Path(environ.get("RAJUT_DATA", "data/demo" if demo else "data/office")),
        )
        settings.refuse_unsafe()
        return settings

    def refuse_unsafe(self) -> None:
        """Raise WrongSetting when people would sign in over a network without TLS."""
        local = self.public_url.startswith(("http://127.0.0.1:", "http://localhost:"))
        alone = local and self.bind in _LOOPBACK
        if not alone and not self.public_url.startswith("https://"):
            raise WrongSetting(
                "RAJUT_PUBLIC_URL must begin with https:// when others reach this computer. "
                "See README, 'How an office installs it'."
            )

    @property
    def web(self) -> WebSettings:
        """How browsers and partners see the network."""
        return WebSettings(public_url=self.public_url, trusted_proxies=self.trusted_proxies)


def _number(environ: Mapping[str, str], name: str, otherwise: int) -> int:
    given = environ.get(name, str(otherwise))
    if not given.isdigit() or int(given) > 65535:
        raise WrongSetting(f"{name} must be a number from 0 to 65535.")
    return int(given)
