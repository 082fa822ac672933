"""End sessions, one or all of somebody's."""

from datetime import datetime
from uuid import UUID

from services.auth.domain.revocation import revoked
from services.auth.domain.session import EndedBy, Session
from services.auth.storage.work import Work
from shared.contracts.auth import AccessOf
from shared.errors import NotFound
from shared.security.actor import Actor


def open_sessions(work: Work, person_id: UUID, *, at: datetime) -> list[Session]:
    """Return the sessions that somebody has open, the last used first."""
    return [session for session in work.sessions.open_of(person_id) if session.good(at=at)]


def end_own_session(work: Work, by: Actor, session_id: UUID, *, at: datetime) -> None:
    """End one of one's own sessions; NotFound for those of others."""
    session = work.sessions.own(by.id, session_id)
    end_session(work, session, EndedBy.SIGN_OUT, at=at)
    work.audit.wrote(by, "end_session", "session", [session.id])


def end_session(work: Work, session: Session, why: EndedBy, *, at: datetime) -> bool:
    """End a session and tell the others; of several who end it at once, the first does."""
    told = session.end(why, at=at)
    first = work.sessions.end(session.id, why, at=at)
    if first:
        work.tell(told)
    return first


def end_family(work: Work, session_id: UUID, *, at: datetime) -> None:
    """End the family of a token or code that was shown twice, if it came to be."""
    try:
        session = work.sessions.get(session_id)
    except NotFound:
        return
    if end_session(work, session, EndedBy.REUSE, at=at):
        work.audit.wrote(None, "end_family", "session", [session.id])


def sign_out_everywhere(work: Work, by: Actor | None, person_id: UUID, *, at: datetime) -> int:
    """End every session of somebody and void her tokens, without stopping her."""
    ended = work.sessions.end_all(person_id, EndedBy.REVOKED, at=at)
    work.tell(revoked(AccessOf.PERSON, person_id, at=at))
    work.audit.wrote(by, "sign_out_everywhere", "person", [person_id])
    return ended
