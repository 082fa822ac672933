"""Everything that is good once, and what it is good for: codes, refresh tokens, assertions.

Reading and using up are two units of work: the database decides in the second who was first,
and whoever comes too late ends the whole family (RFC 9700, 2.2.2 and 4.14).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.auth.actions.pauses import Pause
from services.auth.actions.sessions import end_family
from services.auth.actions.sign_in import digest
from services.auth.domain.grants import Grantee, granted, narrowed
from services.auth.domain.institution import Institution
from services.auth.domain.machine import Machine
from services.auth.domain.person import Person
from services.auth.domain.session import (
    CODE_LIFE,
    LIMITS,
    AuthorizationCode,
    RefreshToken,
    Session,
)
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.scopes import Scope
from shared.errors import Conflict, NotAllowed
from shared.identifiers import new_id
from shared.storage.work import Ground

_TOKEN_BYTES: Final = 32
#: An assertion is remembered a little longer than any may live.
_ASSERTION_KEPT: Final = timedelta(minutes=10)


class NotGood(Conflict):
    """A code or token is unknown, used, too old, or its owner may no longer come in."""

    code = "grant_not_good"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a client asks a token for."""

    audience: Publisher
    scopes: frozenset[Scope] = frozenset()


@dataclass(frozen=True, kw_only=True)
class CodeFor:
    """What an authorization code is bound to."""

    machine_id: UUID
    person_id: UUID
    redirect_uri: str
    challenge: str
    resource: str
    asked: frozenset[Scope]


def find_machine(ground: Ground, client_id: str) -> Machine | None:
    """Return a client that may act, together with its institution; None for any other."""
    with begin(ground) as work:
        machine = work.machines.by_client_id(client_id)
        if machine is None or not machine.may_act:
            return None
        if machine.institution_id is None:
            return machine
        return machine if work.institutions.get(machine.institution_id).may_act else None


def note_assertion(ground: Ground, client_id: str, jti: str, *, at: datetime) -> bool:
    """Note that an assertion was shown; False when it was shown before."""
    with begin(ground) as work:
        kept = digest(f"{client_id}|{jti}")
        return work.single_use.assertion(kept, ends_at=at + _ASSERTION_KEPT)


def for_machine(ground: Ground, machine: Machine, wish: Wish) -> Grantee:
    """Return what a machine's own token says. Raises ScopeUnknown or NotAllowed."""
    _check_audience(machine, wish)
    with begin(ground) as work:
        institution = _institution(work, machine.institution_id)
    return Grantee(
        subject_id=machine.id,
        client_id=machine.client_id,
        institution_id=machine.institution_id,
        institution_kind=institution.kind if institution else None,
        roles=machine.roles,
        scopes=granted(machine.roles, audience=wish.audience, asked=wish.scopes),
        audience=wish.audience,
        issued_at=now(),
    )


def make_code(ground: Ground, bound: CodeFor, *, code: str, at: datetime) -> None:
    """Keep a code's digest with everything it is bound to, for sixty seconds."""
    with begin(ground) as work:
        work.codes.add(
            AuthorizationCode(
                id=new_id(),
                digest=digest(code),
                session_id=new_id(),
                made_at=at,
                ends_at=at + CODE_LIFE,
                **vars(bound),
            )
        )


def find_code(
    ground: Ground, code: str, machine: Machine, *, at: datetime
) -> AuthorizationCode | None:
    """Return a code of this client that is still in time; one shown again ends its family."""
    with begin(ground) as work:
        found = work.codes.made_for(machine.id, digest(code))
        if found is not None and found.used_at is not None:
            end_family(work, found.session_id, at=at)
            return None
    return found if found is not None and found.good(at=at) else None


def redeem_code(
    ground: Ground,
    code: AuthorizationCode,
    machine: Machine,
    wish: Wish,
    *,
    pause: Pause,
) -> Grantee:
    """Use up a code and open its session; NotGood when somebody was first."""
    _check_audience(machine, wish)
    pause("code")
    with begin(ground) as work:
        grantee, at = None, now()
        if work.single_use.code(code.digest, at=at):
            session = Session.open(
                code.session_id,
                person_id=code.person_id,
                machine_id=machine.id,
                asked=code.asked,
                limits=LIMITS[machine.client_id],
                at=at,
            )
            work.sessions.add(session)
            grantee = _for_person(work, session, machine, wish, at=at)
        else:
            end_family(work, code.session_id, at=now())
    return _or_not_good(grantee)


def find_refresh_token(ground: Ground, token: str) -> RefreshToken | None:
    """Return what is kept of a refresh token, used up or not."""
    with begin(ground) as work:
        return work.refresh_tokens.by_digest(digest(token))


def refresh(
    ground: Ground, token: RefreshToken, machine: Machine, wish: Wish, *, pause: Pause
) -> Grantee:
    """Use up a refresh token and give another; one shown twice ends its family (NotGood)."""
    _check_audience(machine, wish)
    pause("refresh")
    with begin(ground) as work:
        grantee, at = None, now()
        session = work.sessions.get(token.session_id)
        if session.machine_id != machine.id:
            pass  # another client's token: nothing is used up, nothing ends
        elif not work.single_use.refresh_token(token.digest, at=at):
            end_family(work, session.id, at=now())
        elif session.good(at=at):
            session.used(limits=LIMITS[machine.client_id], at=at)
            work.sessions.save(session)
            grantee = _for_person(work, session, machine, wish, at=at)
    return _or_not_good(grantee)


def _for_person(
    work: Work, session: Session, machine: Machine, wish: Wish, *, at: datetime
) -> Grantee | None:
    person = work.people.get(session.person_id)
    institution = work.institutions.get(person.institution_id)
    if not may_come_in(person, institution, machine):
        return None
    asked = narrowed(session.asked, wished=wish.scopes)
    return Grantee(
        subject_id=person.id,
        client_id=machine.client_id,
        institution_id=institution.id,
        institution_kind=institution.kind,
        roles=person.roles,
        scopes=granted(person.roles, audience=wish.audience, asked=asked),
        audience=wish.audience,
        issued_at=at,
        session_id=session.id,
        refresh_token=_new_refresh_token(work, session, at=at),
    )


def may_come_in(person: Person, institution: Institution, machine: Machine) -> bool:
    """Tell whether somebody may use a front now: active, not suspended, with a role it takes."""
    return person.may_sign_in and institution.may_act and bool(person.roles & machine.roles)


def may_use(ground: Ground, person: Person, machine: Machine) -> bool:
    """Tell whether this front is for her, before a code is made that would be good for nothing."""
    with begin(ground) as work:
        return may_come_in(person, work.institutions.get(person.institution_id), machine)


def _new_refresh_token(work: Work, session: Session, *, at: datetime) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    work.refresh_tokens.add(
        RefreshToken(id=new_id(), digest=digest(token), session_id=session.id, made_at=at)
    )
    return token


def _check_audience(machine: Machine, wish: Wish) -> None:
    # Before anything is used up: a wrong wish costs nobody her session.
    if wish.audience not in machine.audiences:
        raise NotAllowed


def _institution(work: Work, institution_id: UUID | None) -> Institution | None:
    return work.institutions.get(institution_id) if institution_id else None


def _or_not_good(grantee: Grantee | None) -> Grantee:
    if grantee is None:
        raise NotGood
    return grantee
