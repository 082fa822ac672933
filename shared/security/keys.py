"""Where the public keys of auth come from: fetched once, kept a minute, and again when unknown."""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.clock import now
from shared.errors import Unavailable

_FRESH: Final = timedelta(seconds=60)
#: Auth is asked again at most this often, for an unknown key or after no answer, so that nobody
#: can make us hammer it.
_AGAIN: Final = timedelta(seconds=5)
#: What an answer that is no key set ends in.
_NOT_KEYS: Final = (JoseError, ValueError, KeyError, TypeError, AttributeError)


class PublicKeys:
    """The signing keys of auth, cached in this process."""

    def __init__(self, fetch: Callable[[], Mapping[str, Any]]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._set: KeySet | None = None
        self._fetched_at = self._asked_at = datetime.min.replace(tzinfo=UTC)

    def for_key(self, key_id: str) -> KeySet:
        """Return the keys, fetched anew when old or when ``key_id`` is not among them.

        When auth gives no answer the old keys stay. Raises Unavailable when there are none.
        """
        with self._lock:
            moment = now()
            old = moment - self._fetched_at > _FRESH
            known = self._set is not None and any(key.kid == key_id for key in self._set.keys)
            rested = moment - self._asked_at > _AGAIN
            if self._set is None or (rested and (old or not known)):
                self._refresh()
            assert self._set is not None  # noqa: S101 - _refresh sets it or raises
            return self._set

    def _refresh(self) -> None:
        self._asked_at = now()
        try:
            fetched = KeySet.import_key_set(dict(self._fetch()))  # type: ignore[arg-type]
        except (Unavailable, *_NOT_KEYS):
            if self._set is None:
                raise Unavailable from None
            return
        self._set, self._fetched_at = fetched, now()
