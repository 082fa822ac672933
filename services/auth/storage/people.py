"""The people, found by the name they sign in with without that name being readable."""

from typing import TYPE_CHECKING

from services.auth.domain.person import Person
from services.auth.storage import tables
from shared.contracts.validation import worded
from shared.errors import AlreadyThere
from shared.storage.rows import Rows

if TYPE_CHECKING:
    from shared.storage.work import Work


class People(Rows[Person]):
    """Rows of people; each is sealed with a key of her own."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work, tables.people, Person, sealed_for="id")

    def add(self, thing: Person) -> Person:
        """Put somebody on file; AlreadyThere when the name to sign in with is taken."""
        thing.sign_in_index = self._index(thing.sign_in)
        if self.by_sign_in(thing.sign_in) is not None:
            raise AlreadyThere(fields={"sign_in": [worded("Nama masuk ini sudah dipakai.")]})
        return super().add(thing)

    def by_sign_in(self, sign_in: str) -> Person | None:
        """Return the person who signs in with this name, if there is one."""
        return self.first(tables.people.c.sign_in_index == self._index(sign_in))

    def _index(self, sign_in: str) -> bytes:
        return self._work.vault.blind("sign_in", sign_in.strip().lower())
