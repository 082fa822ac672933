"""A whole network in the test's process: the four real services, delivered by hand."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.standalone.first_start import prepare
from deploy.standalone.network import Network, build
from deploy.standalone.seed.cast import Cast, call_together
from deploy.standalone.seed.directory import fill_directory
from deploy.standalone.speaker import Speaker, speaker
from shared.contracts.event import Publisher
from shared.http.calls import Line
from shared.http.parts import WebSettings
from tests.support.postgres import fresh_database

PUBLIC_URL = "http://127.0.0.1:8000"


@dataclass
class Town:
    """A network with the training's cast, and a way to speak as anybody of it."""

    network: Network
    cast: Cast

    def speaker(self, sign_in: str) -> Speaker:
        """Somebody of the cast."""
        return speaker(self.network, self.cast.people[sign_in])

    def line(self, sign_in: str, publisher: Publisher) -> Line:
        """A line to a service, speaking as somebody of the cast."""
        return self.speaker(sign_in).to(publisher)

    def fill_directory(self) -> None:
        """Let the directory know every partner of the cast."""
        fill_directory(self.network, self.cast)

    def deliver(self) -> int:
        """Carry every event that waits."""
        return self.network.deliver()


@contextmanager
def a_town(
    folder: Path, *, postgres_url: str | None = None, public_url: str = PUBLIC_URL
) -> Iterator[Town]:
    """Build a town over SQLite files, or over four fresh databases of a PostgreSQL server."""
    with ExitStack() as stack:
        databases: Mapping[Publisher, str] | None = None
        if postgres_url is not None:
            databases = {of: stack.enter_context(fresh_database(postgres_url)) for of in Publisher}
        network = build(folder, WebSettings(public_url=public_url), databases=databases)
        stack.callback(network.close)
        prepare(network)
        cast, _ = call_together(network)
        yield Town(network, cast)
