"""From a code told in person to a password and a device; and the very first administrator."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from services.auth.domain import totp
from services.auth.domain.institution import Institution, a_name
from services.auth.domain.invitation import (
    Invitation,
    InvitationNotGood,
    Purpose,
    typed_digest,
)
from services.auth.domain.password import check_password, hashed
from services.auth.domain.person import Newcomer, Person, a_sign_in
from services.auth.domain.throttle import ADDRESS
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.contracts.auth import InstitutionRegistered
from shared.contracts.protection import FieldClass
from shared.contracts.roles import Role
from shared.contracts.validation import worded
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid
from shared.storage.work import Ground


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a good code opens: for whom (None: the first administrator), and her device's secret."""

    sign_in: str | None
    name: str | None
    totp_secret: str | None


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What was typed at enrolment; on a page the password twice.

    The last three are typed by the first administrator only.
    """

    code: str
    password: str
    password_again: str | None = None
    totp: str = ""
    unit_name: str = ""
    name: str = ""
    sign_in: str = ""


def first_admin_code(ground: Ground) -> str | None:
    """Return a code for the first administrator while nobody is there, otherwise None.

    Each call makes a new one and voids the last, since a code is kept nowhere.
    """
    at = now()
    with begin(ground) as work:
        if work.people.any():
            return None
        work.invitations.void(None, at=at)
        made, code = Invitation.make(None, purpose=Purpose.FIRST_ADMINISTRATOR, at=at)
        work.invitations.add(made)
        return code


def open_invitation(ground: Ground, typed: str, *, address: str, at: datetime) -> Opened:
    """Return what a code opens; InvitationNotGood or TooMany otherwise."""
    about = f"address|{address}"
    with begin(ground) as work:
        work.tries.check(ADDRESS, about, at=at)
        invitation = _found(work, typed, at=at)
        if invitation is not None:
            return _opened(work, invitation)
        work.tries.wrong(about, at=at)
        work.audit.denied(None, "open_invitation", InvitationNotGood.code)
    raise InvitationNotGood


@dataclass(frozen=True)
class _Seat:
    """For whom a code is; for the very first administrator also the unit that she makes."""

    person: Person
    unit: Institution | None = None
    told: InstitutionRegistered | None = None


def enrol(ground: Ground, typed: Enrolment, *, at: datetime) -> Person:
    """Set the password and the device and let her in; the code is used up.

    Raises InvitationNotGood, or Invalid with every field that is not right.
    """
    with begin(ground) as work:
        check_together(_checks(work, _good(work, typed.code, at=at), typed, at=at))
    password_hash = hashed(typed.password)  # takes long, so outside of any transaction
    with begin(ground) as work:
        invitation = _good(work, typed.code, at=at)
        seat = _seat(work, invitation, typed, at=at)
        step = _confirmed(seat.person, invitation, typed.totp, at=at)
        secret = None if step is None else invitation.totp_secret
        seat.person.enrol(password_hash=password_hash, totp_secret=secret, at=at)
        seat.person.totp_step = step  # the code shown here opens nothing a second time
        invitation.use(at=at)
        work.invitations.save(invitation)
        _keep(work, seat)
        work.audit.wrote(None, "enrol", "person", [seat.person.id], [FieldClass.IDENTITY])
        return seat.person


def check_together(checks: Iterable[Callable[[], object]]) -> None:
    """Make every check and raise one Invalid with all the fields that are not right."""
    fields: dict[str, list[str]] = {}
    for check in checks:
        try:
            check()
        except Invalid as error:
            fields |= error.fields
    if fields:
        raise Invalid(fields=fields)


def _checks(
    work: Work, invitation: Invitation, typed: Enrolment, *, at: datetime
) -> Iterator[Callable[[], object]]:
    person = work.people.get(invitation.person_id) if invitation.person_id else None
    if person is None:
        yield lambda: a_name(typed.unit_name, field="unit_name")
        yield lambda: a_name(typed.name)
        yield lambda: a_sign_in(typed.sign_in)
    sign_in = person.sign_in if person else typed.sign_in
    yield lambda: check_password(typed.password, sign_in=sign_in)
    yield lambda: _same(typed)
    yield lambda: _confirmed(person, invitation, typed.totp, at=at)


def _same(typed: Enrolment) -> None:
    if typed.password_again not in (None, typed.password):
        raise Invalid(fields={"password_again": [worded("Kedua kata sandi tidak sama.")]})


def _found(work: Work, typed: str, *, at: datetime) -> Invitation | None:
    digest = typed_digest(typed)
    if digest is None:
        return None
    found = work.invitations.by_code(digest)
    if found is None or not found.good(at=at):
        return None
    # The first administrator's code ends with the first person, however she came in.
    return None if found.person_id is None and work.people.any() else found


def _good(work: Work, typed: str, *, at: datetime) -> Invitation:
    found = _found(work, typed, at=at)
    if found is None:
        raise InvitationNotGood
    return found


def _opened(work: Work, invitation: Invitation) -> Opened:
    person = work.people.get(invitation.person_id) if invitation.person_id else None
    if (person is None or person.second_factor_needed) and invitation.totp_secret is None:
        invitation.totp_secret = totp.new_secret()
        work.invitations.save(invitation)
    return Opened(
        sign_in=person.sign_in if person else None,
        name=person.name if person else None,
        totp_secret=invitation.totp_secret,
    )


def _seat(work: Work, invitation: Invitation, typed: Enrolment, *, at: datetime) -> _Seat:
    if invitation.person_id is not None:
        return _Seat(work.people.get(invitation.person_id))
    unit, told = Institution.register(
        kind=InstitutionKind.UPTD_PPA, name=a_name(typed.unit_name, field="unit_name"), at=at
    )
    roles = frozenset({Role.ADMIN_SISTEM})
    newcomer = Newcomer(name=typed.name, sign_in=typed.sign_in, roles=roles)
    return _Seat(Person.invite(unit, newcomer, at=at), unit, told)


def _keep(work: Work, seat: _Seat) -> None:
    if seat.unit is None or seat.told is None:
        work.people.save(seat.person)
        return
    work.institutions.add(seat.unit)
    work.tell(seat.told)
    work.people.add(seat.person)


def _confirmed(
    person: Person | None, invitation: Invitation, typed: str, *, at: datetime
) -> int | None:
    """Return the step of the code that her device shows; None when she needs no device."""
    if person is not None and not person.second_factor_needed:
        return None
    step = totp.step_of(invitation.totp_secret or "", typed, at=at, last_step=None)
    if step is None:
        message = worded("Kode tidak cocok. Ketik kode enam angka yang sedang tampil.")
        raise Invalid(fields={"totp": [message]})
    return step
