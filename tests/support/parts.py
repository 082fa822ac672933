"""Parts of one service for its API tests: a fresh database, the test issuer, nobody to call."""

import httpx
from sqlalchemy import MetaData

from shared.contracts.event import Publisher
from shared.http.calls import Calls
from shared.http.parts import Parts, WebSettings
from shared.security.sealing import MasterKeys
from shared.storage.database import Database
from shared.storage.kit import KitTables
from shared.storage.work import Ground
from tests.support import issuer


def ground_over(url: str, publisher: Publisher, metadata: MetaData, kit: KitTables) -> Ground:
    """A ground with all tables made, over an empty database."""
    database = Database(url)
    metadata.create_all(database.engine)
    return Ground(publisher=publisher, database=database, kit=kit, masters=MasterKeys.fresh())


def parts_over(ground: Ground, calls: Calls | None = None) -> Parts:
    """Parts whose tokens the test issuer signs."""
    return Parts(
        ground=ground,
        verifier=issuer.verifier(ground.publisher),
        calls=calls or Calls(_nobody),
        web=WebSettings(public_url="http://127.0.0.1:8000"),
    )


def _nobody(publisher: Publisher) -> httpx.Client:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody is there", request=request)

    return httpx.Client(base_url="http://nobody", transport=httpx.MockTransport(refuse))
