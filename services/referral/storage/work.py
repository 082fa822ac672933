"""A unit of work of referral: its rows, and keeping a move with its history and its event."""

from contextlib import AbstractContextManager
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.exc import IntegrityError

from services.referral.domain.consent import Consent
from services.referral.domain.disclosure import Content, Disclosure
from services.referral.domain.history import Entry
from services.referral.domain.institution import Institution
from services.referral.domain.referral import Referral
from services.referral.storage import tables
from shared.contracts.event import Publisher
from shared.contracts.referral import ReferralEvent
from shared.errors import AlreadyThere, NotFound
from shared.identifiers import short_code
from shared.storage.dialect import for_update, insert_or_ignore, insert_or_update
from shared.storage.rows import Rows
from shared.storage.work import Ground, begin_with
from shared.storage.work import Work as BaseWork


class Work(BaseWork):
    """What an action of referral may read and change."""

    def __init__(self, ground: Ground, connection: Connection) -> None:
        super().__init__(ground, connection)
        self.referrals = Rows(self, tables.referrals, Referral)
        self.contents = Rows(self, tables.contents, Content, sealed_for="case_id")
        self.disclosures = Rows(self, tables.disclosures, Disclosure)
        self.history = Rows(self, tables.history, Entry, sealed_for="case_id")
        self.consents = Rows(self, tables.consents, Consent)
        self.institutions = Rows(self, tables.institutions, Institution, sealed_for="id")

    def referral_to_move(self, referral_id: UUID, *where: ColumnElement[bool]) -> Referral:
        """Return a referral, locked until commit so that two moves never meet; or NotFound."""
        this = tables.referrals.c.id == referral_id
        found = self.referrals_to_move(this, *where)
        if not found:
            raise NotFound("referrals")
        return found[0]

    def referrals_to_move(self, *where: ColumnElement[bool], limit: int = 200) -> list[Referral]:
        """Return referrals, locked until commit, oldest first."""
        query = select(tables.referrals).where(*where).order_by(tables.referrals.c.id)
        return self.referrals.of(for_update(self.connection, query.limit(limit)))

    def consent_to_use(self, consent_id: UUID) -> Consent | None:
        """Return a consent, locked so that it is not withdrawn while a referral rests on it."""
        query = select(tables.consents).where(tables.consents.c.id == consent_id)
        found = self.consents.of(for_update(self.connection, query))
        for one in found:
            one.sequence = max(one.sequence, self.heard_of(consent_id))
        return found[0] if found else None

    def heard_of(self, consent_id: UUID) -> int:
        """Return the last sequence of this consent that had its effect here."""
        streams = self.ground.kit.inbox.streams
        query = select(streams.c.last).where(
            streams.c.publisher == Publisher.INTAKE,
            streams.c.aggregate == "consent",
            streams.c.aggregate_id == consent_id,
        )
        return int(self.connection.execute(query).scalar_one_or_none() or 0)

    def remember_case(self, case_id: UUID, unit_id: UUID, **who: UUID | None) -> None:
        """Keep what intake says of who opened a case, manages it or walks along."""
        values = {"id": case_id, "unit_id": unit_id, **who}
        insert_or_update(self.connection, tables.cases, values, key=["id"])

    def person_code(self, case_id: UUID, institution_id: UUID) -> str:
        """Return the code by which one partner knows the person; made at the first referral."""
        codes = tables.person_codes
        key = {"case_id": case_id, "institution_id": institution_id}
        fresh = key | {"code": short_code("P")}
        insert_or_ignore(self.connection, codes, fresh, unless=["case_id", "institution_id"])
        query = select(codes.c.code).filter_by(**key)
        return str(self.connection.execute(query).scalar_one())

    def add_referral(self, referral: Referral, content: Content) -> None:
        """Put a new referral and what it shares on file; AlreadyThere when it was sent before."""
        try:
            with self.connection.begin_nested():
                self.referrals.add(referral)
        except IntegrityError:
            raise AlreadyThere from None
        self.contents.add(content)

    def keep(self, referral: Referral, told: ReferralEvent) -> Referral:
        """Keep a move: the referral, its new history and its event, together."""
        self.referrals.save(referral)
        return self.tell(referral, told)

    def tell(self, referral: Referral, told: ReferralEvent) -> Referral:
        """Write the new history of a referral and leave its event."""
        for entry in referral.entries:
            self.history.add(entry)
        referral.entries.clear()
        self.outbox.add(told)
        return referral


def begin(ground: Ground) -> AbstractContextManager[Work]:
    """Open a unit of work; it commits whole or not at all."""
    return begin_with(Work, ground)
