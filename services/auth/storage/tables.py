"""The tables of auth. Secrets are sealed or kept as digests; none lies in clear."""

from typing import Final

from sqlalchemy import Integer, MetaData, String, Table, Text, Uuid

from services.auth.domain import institution, machine, person, signing
from services.auth.domain.invitation import Purpose
from services.auth.domain.machine import MachineKind
from services.auth.domain.session import EndedBy
from shared.contracts.event import Publisher
from shared.contracts.protection import FieldClass
from shared.contracts.roles import Role
from shared.contracts.scopes import Scope
from shared.contracts.vocabulary import InstitutionKind
from shared.storage.columns import CONVENTION, column
from shared.storage.kit import kit_tables
from shared.storage.types import (
    BlindIndex,
    Code,
    CodeSet,
    EncryptedText,
    Json,
    UtcDateTime,
)

metadata: Final = MetaData(naming_convention=CONVENTION)
kit: Final = kit_tables(metadata)

_DIGEST: Final = String(64)

institutions: Final = Table(
    "institutions",
    metadata,
    column("id", Uuid, primary_key=True),
    column("kind", Code(InstitutionKind)),
    column("name", String(120)),
    column("standing", Code(institution.Standing)),
    column("registered_at", UtcDateTime),
    column("version", Integer),
)

people: Final = Table(
    "people",
    metadata,
    column("id", Uuid, primary_key=True),
    column("institution_id", Uuid, index=True),
    column("name", EncryptedText, FieldClass.IDENTITY),
    column("sign_in", EncryptedText, FieldClass.IDENTITY),
    column("sign_in_index", BlindIndex, FieldClass.IDENTITY, unique=True),
    column("roles", CodeSet(Role)),
    column("standing", Code(person.Standing)),
    column("since", UtcDateTime),
    column("password_hash", EncryptedText, FieldClass.INTERNAL_NOTES, nullable=True),
    column("totp_secret", EncryptedText, FieldClass.INTERNAL_NOTES, nullable=True),
    column("totp_step", Integer, nullable=True),
    column("reset_asked_by", Uuid, nullable=True),
    column("reset_asked_at", UtcDateTime, nullable=True),
    column("version", Integer),
)

invitations: Final = Table(
    "invitations",
    metadata,
    column("id", Uuid, primary_key=True),
    column("person_id", Uuid, nullable=True, index=True),
    column("purpose", Code(Purpose)),
    column("code_hash", _DIGEST, unique=True),
    column("made_at", UtcDateTime),
    column("ends_at", UtcDateTime),
    column("used_at", UtcDateTime, nullable=True),
    column("totp_secret", EncryptedText, FieldClass.INTERNAL_NOTES, nullable=True),
    column("version", Integer),
)

machines: Final = Table(
    "machines",
    metadata,
    column("id", Uuid, primary_key=True),
    column("client_id", String(80), unique=True),
    column("kind", Code(MachineKind)),
    column("institution_id", Uuid, nullable=True, index=True),
    column("name", String(120)),
    column("roles", CodeSet(Role)),
    column("audiences", CodeSet(Publisher)),
    column("standing", Code(machine.Standing)),
    column("registered_at", UtcDateTime),
    column("keys", Json),
    column("redirect_uris", Json),
    column("secret_digest", _DIGEST, nullable=True),
    column("version", Integer),
)

sessions: Final = Table(
    "sessions",
    metadata,
    column("id", Uuid, primary_key=True),
    column("person_id", Uuid, index=True),
    column("machine_id", Uuid),
    column("asked", CodeSet(Scope)),
    column("started_at", UtcDateTime),
    column("last_used_at", UtcDateTime),
    column("ends_at", UtcDateTime),
    column("idle_ends_at", UtcDateTime),
    column("ended_at", UtcDateTime, nullable=True),
    column("ended_by", Code(EndedBy), nullable=True),
    column("version", Integer),
)

refresh_tokens: Final = Table(
    "refresh_tokens",
    metadata,
    column("id", Uuid, primary_key=True),
    column("digest", _DIGEST, unique=True),
    column("session_id", Uuid, index=True),
    column("made_at", UtcDateTime),
    column("used_at", UtcDateTime, nullable=True),
)

codes: Final = Table(
    "codes",
    metadata,
    column("id", Uuid, primary_key=True),
    column("digest", _DIGEST, unique=True),
    column("machine_id", Uuid),
    column("person_id", Uuid),
    column("session_id", Uuid),
    column("redirect_uri", Text),
    column("challenge", String(128)),
    column("resource", String(80)),
    column("asked", CodeSet(Scope)),
    column("made_at", UtcDateTime),
    column("ends_at", UtcDateTime, index=True),
    column("used_at", UtcDateTime, nullable=True),
)

assertions: Final = Table(
    "assertions",
    metadata,
    column("digest", _DIGEST, primary_key=True),
    column("ends_at", UtcDateTime, index=True),
)

sign_ins: Final = Table(
    "sign_ins",
    metadata,
    column("id", Uuid, primary_key=True),
    column("cookie_digest", _DIGEST, unique=True),
    column("request_digest", _DIGEST),
    column("person_id", Uuid),
    column("begun_at", UtcDateTime, index=True),
    column("wrong_codes", Integer),
    column("done_at", UtcDateTime, nullable=True),
    column("version", Integer),
)

tries: Final = Table(
    "tries",
    metadata,
    column("id", Uuid, primary_key=True),
    column("about", BlindIndex, FieldClass.IDENTITY, index=True),
    column("at", UtcDateTime, index=True),
)

signing_keys: Final = Table(
    "signing_keys",
    metadata,
    column("id", Uuid, primary_key=True),
    column("kid", String(64), unique=True),
    column("public", Json),
    column("private", EncryptedText, FieldClass.INTERNAL_NOTES),
    column("standing", Code(signing.Standing)),
    column("made_at", UtcDateTime),
    column("since", UtcDateTime),
    column("version", Integer),
)
