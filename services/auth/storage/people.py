"""The people, found by the name they sign in with without that name being readable."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from services.auth.domain.invitation import Invitation
from services.auth.domain.machine import Machine
from services.auth.domain.person import Person
from services.auth.storage import tables
from shared.contracts.validation import worded
from shared.errors import AlreadyThere, NotFound
from shared.storage.dialect import for_update
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

    def locked(self, person_id: UUID) -> Person:
        """Return somebody, locked until commit; NotFound when there is nobody of this id."""
        query = select(tables.people).where(tables.people.c.id == person_id)
        found = self.of(for_update(self._work.connection, query))
        if not found:
            raise NotFound(tables.people.name)
        return found[0]

    def working_at(self, institution_id: UUID, *where: ColumnElement[bool]) -> list[Person]:
        """Return the people of an institution."""
        return self.find(tables.people.c.institution_id == institution_id, *where)

    def any(self) -> bool:
        """Tell whether there is anybody at all."""
        query = select(func.count()).select_from(tables.people)
        return bool(self._work.connection.execute(query).scalar_one())

    def _index(self, sign_in: str) -> bytes:
        return self._work.vault.blind("sign_in", sign_in.strip().lower())


class Invitations(Rows[Invitation]):
    """The one-time codes, of which only digests are kept."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work, tables.invitations, Invitation, sealed_for="id")

    def by_code(self, digest: str) -> Invitation | None:
        """Return the invitation of a code, good or not."""
        return self.first(tables.invitations.c.code_hash == digest)

    def void(self, person_id: UUID | None, *, at: datetime) -> None:
        """Use up every code of somebody that is still open; of everybody when None."""
        rows = tables.invitations
        whose = true() if person_id is None else rows.c.person_id == person_id
        changed = rows.update().where(whose, rows.c.used_at.is_(None)).values(used_at=at)
        self._work.connection.execute(changed)


class Machines(Rows[Machine]):
    """The OAuth clients."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work, tables.machines, Machine)

    def by_client_id(self, client_id: str) -> Machine | None:
        """Return the client of this name, if there is one."""
        if not client_id.isprintable():  # PostgreSQL takes no NUL in a text, and faults
            return None
        return self.first(tables.machines.c.client_id == client_id[:80])
