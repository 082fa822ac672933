"""Sessions of the two web fronts: the browser holds a cookie, the tokens stay here, sealed."""

from sqlalchemy import LargeBinary, MetaData, String, Table, Uuid

from shared.contracts.protection import FieldClass
from shared.storage.columns import column
from shared.storage.types import EncryptedJson, UtcDateTime


def front_sessions_table(metadata: MetaData) -> Table:
    """Add the fronts' sessions to a schema. ``id_digest`` is the SHA-256 of the cookie."""
    return Table(
        "front_sessions",
        metadata,
        column("id", Uuid, primary_key=True),
        column("id_digest", LargeBinary, unique=True),
        column("front", String(20)),
        column("person_id", Uuid, nullable=True),
        column("session_id", Uuid, nullable=True),
        column("kept", EncryptedJson, FieldClass.INTERNAL_NOTES),
        column("made_at", UtcDateTime),
        column("seen_at", UtcDateTime),
        column("until", UtcDateTime),
    )
