"""Speaks to the network's own HTTP edge as somebody of it, for seeding and for trying things out.

The token is made out the way auth would after a sign-in; every guard and policy is passed as
anybody else passes it.
"""

from dataclasses import dataclass
from uuid import UUID

from deploy.standalone.network import Network
from services.auth.actions.signing import mint
from services.auth.domain.grants import Grantee, granted
from services.auth.domain.person import Person
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.http.calls import Line
from shared.identifiers import new_id


@dataclass(frozen=True)
class Speaker:
    """One person of the network, speaking through the API."""

    network: Network
    person: Person
    session_id: UUID

    def to(self, publisher: Publisher) -> Line:
        """Return a line to a service with a fresh token of this person."""
        return self.network.parts[publisher].calls.to(publisher, token=self.token(publisher))

    def token(self, publisher: Publisher) -> str:
        """Return a token of this person for one service."""
        auth = self.network.parts[Publisher.AUTH]
        with begin(auth.ground) as work:
            institution = work.institutions.get(self.person.institution_id)
        grantee = Grantee(
            subject_id=self.person.id,
            client_id="staff-web",
            institution_id=institution.id,
            institution_kind=institution.kind,
            roles=self.person.roles,
            scopes=granted(self.person.roles, audience=publisher, asked=frozenset()),
            audience=publisher,
            issued_at=now(),
            session_id=self.session_id,
        )
        return mint(auth.ground, grantee, issuer=auth.web.issuer)


def speaker(network: Network, person_id: UUID) -> Speaker:
    """Return a speaker for somebody who is enrolled."""
    with begin(network.parts[Publisher.AUTH].ground) as work:
        return Speaker(network, work.people.get(person_id), new_id())
