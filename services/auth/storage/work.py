"""A unit of work of auth: its rows, and telling the others what was taken back."""

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from services.auth.domain.institution import Institution
from services.auth.domain.signing import SigningKey
from services.auth.storage import tables
from services.auth.storage.people import Invitations, Machines, People
from services.auth.storage.sessions import Codes, RefreshTokens, Sessions, SignIns
from services.auth.storage.single_use import SingleUse
from services.auth.storage.tries import Tries
from shared.contracts.auth import AccessRevoked
from shared.contracts.event import Event
from shared.storage.revocations import revoke
from shared.storage.rows import Rows
from shared.storage.work import Ground, begin_with
from shared.storage.work import Work as BaseWork


class Work(BaseWork):
    """What an action of auth may read and change."""

    def __init__(self, ground: Ground, connection: Connection) -> None:
        super().__init__(ground, connection)
        self.institutions = Rows(self, tables.institutions, Institution)
        self.people = People(self)
        self.invitations = Invitations(self)
        self.machines = Machines(self)
        self.sessions = Sessions(self)
        self.refresh_tokens = RefreshTokens(self)
        self.codes = Codes(self)
        self.sign_ins = SignIns(self)
        self.signing_keys = Rows(self, tables.signing_keys, SigningKey, sealed_for="id")
        self.single_use = SingleUse(connection)
        self.tries = Tries(connection, self.vault)

    def tell(self, *events: Event) -> None:
        """Leave events for the others; what is taken back holds here at once."""
        for event in events:
            self.outbox.add(event)
            if isinstance(event, AccessRevoked):
                kept = self.ground.kit.revocations
                revoke(self.connection, kept, event.subject_id, event.not_before)


def begin(ground: Ground) -> AbstractContextManager[Work]:
    """Open a unit of work; it commits whole or not at all."""
    return begin_with(Work, ground)
