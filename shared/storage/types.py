"""Column types: UTC times, codes by value, sets of codes, and what may only be kept encrypted."""

import json
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, LargeBinary, String, Text, TypeDecorator

E = TypeVar("E", bound=Enum)


class Sealed(bytes):
    """Ciphertext with its envelope; the only thing an encrypted column takes."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time; keep the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(TypeDecorator[E]):
    """One code of an enumeration, kept by value, never by the member's name."""

    impl = String(40)
    cache_ok = True

    def __init__(self, codes: type[E]) -> None:
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        """Keep the value; a code that the list does not have is refused."""
        return None if value is None else str(self.codes(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Return the member."""
        return None if value is None else self.codes(value)


class CodeSet(TypeDecorator[frozenset[E]]):
    """A set of codes, kept as a sorted JSON list."""

    impl = Text
    cache_ok = True

    def __init__(self, codes: type[E]) -> None:
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Keep the values, sorted. One bare text is refused: its letters are not codes."""
        if value is None:
            return None
        if isinstance(value, str):
            raise TypeError("a set of codes is wanted, not one text")
        return json.dumps(sorted(str(self.codes(code).value) for code in value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[E] | None:
        """Return the members."""
        return None if value is None else frozenset(self.codes(code) for code in json.loads(value))


class Json(TypeDecorator[Any]):
    """Plain JSON in clear, for codes and numbers only."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Keep it as sorted JSON text."""
        return None if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return what was kept."""
        return None if value is None else json.loads(value)


class _Encrypted(TypeDecorator[Any]):
    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Take ciphertext only, so that plain text can never reach the database by mistake."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("this column takes sealed values only; write through Rows")
        return value

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        """Return the ciphertext; Rows opens it."""
        return None if value is None else Sealed(value)


class EncryptedText(_Encrypted):
    """Text that is kept encrypted (AES-256-GCM); sealed and opened by Rows."""

    cache_ok = True

    @staticmethod
    def to_bytes(value: str) -> bytes:
        """Return the plain bytes of the text."""
        return value.encode()

    @staticmethod
    def from_bytes(plain: bytes) -> str:
        """Return the text."""
        return plain.decode()


class EncryptedJson(_Encrypted):
    """JSON that is kept encrypted; sealed and opened by Rows."""

    cache_ok = True

    @staticmethod
    def to_bytes(value: Any) -> bytes:
        """Return the plain bytes of the value."""
        return json.dumps(value, sort_keys=True, ensure_ascii=False).encode()

    @staticmethod
    def from_bytes(plain: bytes) -> Any:
        """Return the value."""
        return json.loads(plain)


class BlindIndex(TypeDecorator[bytes]):
    """A keyed digest for exact search of NIK and phone numbers; nothing can be read from it."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Take a digest of 128 bits only, so that no number itself is kept here by mistake."""
        if value is not None and not (isinstance(value, bytes) and len(value) == 16):
            raise TypeError("this column takes a keyed digest of 16 bytes only")
        return value

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the digest."""
        return None if value is None else bytes(value)
