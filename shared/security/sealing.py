"""Sealing fields: AES-256-GCM with a key per case, report, person or institution.

The key of each owner is wrapped by the service's versioned master key. Table, column and row
are bound in the associated data, so that a value cut from one place does not open in another
(security.md, section 6).
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.security.secret_file import made_once

_NONCE = 12


class BrokenSeal(Exception):
    """A sealed value does not open here: altered, moved, or its key is gone."""


def seal(key: bytes, plain: bytes, bound: str) -> bytes:
    """Encrypt ``plain`` so that it opens only with the same key and the same ``bound`` place."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound.encode())


def unseal(key: bytes, sealed: bytes, bound: str) -> bytes:
    """Decrypt; raise BrokenSeal when it was altered or moved."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound.encode())
    except (InvalidTag, ValueError):  # ValueError: cut so short that no nonce is left
        raise BrokenSeal(bound) from None


@dataclass(frozen=True)
class MasterKeys:
    """The versioned master keys of one service: the newest wraps, all unwrap."""

    keys: Mapping[int, bytes] = field(repr=False)

    @property
    def newest(self) -> int:
        """The version that wraps from now on."""
        return max(self.keys)

    def wrap(self, key: bytes, owner: UUID) -> tuple[int, bytes]:
        """Return the version and the wrapped key of an owner."""
        version = self.newest
        return version, seal(self.keys[version], key, f"owner|{owner}|{version}")

    def unwrap(self, version: int, wrapped: bytes, owner: UUID) -> bytes:
        """Return the key of an owner; BrokenSeal when the master key is not ours."""
        if version not in self.keys:
            raise BrokenSeal(f"master key {version} is not here")
        return unseal(self.keys[version], wrapped, f"owner|{owner}|{version}")

    def blind(self, purpose: str, value: str) -> bytes:
        """Return 128 bits by which equal values are found, and nothing else (HMAC-SHA256)."""
        key = hmac.digest(self.keys[min(self.keys)], f"blind|{purpose}".encode(), hashlib.sha256)
        return hmac.digest(key, value.encode(), hashlib.sha256)[:16]

    @classmethod
    def fresh(cls) -> Self:
        """Return a new random master key, for tests."""
        return cls({1: secrets.token_bytes(32)})

    @classmethod
    def kept_in(cls, file: Path) -> Self:
        """Read the keys from a file, making it (mode 600) when it is not there yet."""
        if not file.exists():
            made_once(file, json.dumps({"1": secrets.token_hex(32)}))
        read = json.loads(file.read_text())
        return cls({int(version): bytes.fromhex(key) for version, key in read.items()})
