"""Where the public keys of auth come from: fetched once, kept a minute, and again when unknown."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc.jwk import KeySet

from shared.clock import now
from shared.errors import Unavailable

_FRESH: Final = timedelta(seconds=60)
#: An unknown key asks for a new fetch at most this often, so that nobody can make us hammer auth.
_AGAIN: Final = timedelta(seconds=5)


class PublicKeys:
    """The signing keys of auth, cached in this process."""

    def __init__(self, fetch: Callable[[], Mapping[str, Any]]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._set: KeySet | None = None
        self._fetched_at = datetime.min.replace(tzinfo=now().tzinfo)

    def for_key(self, key_id: str) -> KeySet:
        """Return the keys, fetched anew when old or when ``key_id`` is not among them.

        Raises Unavailable when auth cannot be asked and nothing is cached.
        """
        with self._lock:
            age = now() - self._fetched_at
            known = self._set is not None and any(key.kid == key_id for key in self._set.keys)
            if self._set is None or age > _FRESH or (not known and age > _AGAIN):
                self._refresh()
            assert self._set is not None  # noqa: S101 - _refresh sets it or raises
            return self._set

    def _refresh(self) -> None:
        try:
            fetched = KeySet.import_key_set(dict(self._fetch()))  # type: ignore[arg-type]
        except Unavailable:
            if self._set is None:
                raise
            return
        self._set, self._fetched_at = fetched, now()
