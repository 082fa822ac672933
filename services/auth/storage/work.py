"""A unit of work of auth: its rows, and telling the others what was taken back."""

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from services.auth.domain.institution import Institution
from services.auth.domain.invitation import Invitation
from services.auth.domain.machine import Machine
from services.auth.domain.session import AuthorizationCode, RefreshToken, Session
from services.auth.domain.sign_in import SignIn
from services.auth.domain.signing import SigningKey
from services.auth.storage import tables
from services.auth.storage.people import People
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
        self.invitations = Rows(self, tables.invitations, Invitation, sealed_for="id")
        self.machines = Rows(self, tables.machines, Machine)
        self.sessions = Rows(self, tables.sessions, Session)
        self.refresh_tokens = Rows(self, tables.refresh_tokens, RefreshToken)
        self.codes = Rows(self, tables.codes, AuthorizationCode)
        self.sign_ins = Rows(self, tables.sign_ins, SignIn)
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
