"""The two steps of signing in: the password, then the code of the device.

Unknown and wrong get the same answer in about the same time; wrong tries are counted in the
database, about the account and about the address (security.md 4.9 and 10). A wrong code counts
about the account like a wrong password: who knows the password has no more tries than who does
not, however many sign-ins she begins.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from services.auth.domain import totp
from services.auth.domain.password import LONGEST, matches
from services.auth.domain.person import Person
from services.auth.domain.sign_in import SignIn
from services.auth.domain.throttle import ACCOUNT, ADDRESS
from services.auth.storage.work import Work, begin
from shared.errors import NotSignedIn, Stale
from shared.identifiers import new_id
from shared.storage.work import Ground


class NotRight(NotSignedIn):
    """The name or the password is not right; which of them is not said."""

    code = "sign_in_not_right"
    id = "Nama masuk atau kata sandi tidak cocok."
    en = "The sign-in name or the password is not right."


class CodeNotRight(NotSignedIn):
    """The code of the device is wrong, was used already, or there is nothing to show it to."""

    code = "totp_not_right"
    id = "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya."
    en = "The code is not right or was used already. Wait for the next one."


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and from where."""

    sign_in: str
    password: str
    address: str

    @property
    def abouts(self) -> tuple[str, str]:
        """What a wrong try is counted about: the account and the address."""
        return account_of(self.sign_in), f"address|{self.address}"


def account_of(sign_in: str) -> str:
    """Return what wrong tries at an account are counted about, whether it is there or not."""
    return f"account|{sign_in.strip().lower()[:64]}"


#: The cookie: 256 random bits, of which only a digest is kept.
_COOKIE_BYTES: Final = 32


def digest(value: str) -> str:
    """Return what is kept of a cookie, a code or a token."""
    return sha256(value.encode()).hexdigest()


def show_password(
    ground: Ground, attempt: Attempt, *, request: str, at: datetime
) -> tuple[Person, str]:
    """Return the person and the cookie of her sign-in; NotRight or TooMany otherwise."""
    person = _looked_up(ground, attempt, at=at)
    # Outside of any transaction: this takes long on purpose.
    right = matches(attempt.password[: LONGEST + 1], person.password_hash if person else None)
    with begin(ground) as work:
        if person is not None and right:
            return person, _begun(work, person, request=request, at=at)
        work.tries.wrong(*attempt.abouts, at=at)
        work.audit.denied(None, "sign_in", NotRight.code)
    raise NotRight


def show_code(ground: Ground, cookie: str, typed: str, *, request: str, at: datetime) -> Person:
    """Return the person who has now shown both; CodeNotRight or TooMany otherwise."""
    try:
        with begin(ground) as work:
            sign_in = open_sign_in(work, cookie, request=request, at=at)
            person = _with_code(work, sign_in, typed, at=at) if sign_in else None
    except Stale:  # another request showed the same code at this very moment, and was first
        person = None
    if person is None:
        raise CodeNotRight
    return person


def open_sign_in(work: Work, cookie: str, *, request: str, at: datetime) -> SignIn | None:
    """Return the sign-in that a cookie stands for, while a code may still be shown to it."""
    found = work.sign_ins.by_cookie(digest(cookie), request=digest(request))
    return found if found is not None and found.open(at=at) else None


def _looked_up(ground: Ground, attempt: Attempt, *, at: datetime) -> Person | None:
    account, address = attempt.abouts
    with begin(ground) as work:
        work.tries.check(ACCOUNT, account, at=at)
        work.tries.check(ADDRESS, address, at=at)
        person = work.people.by_sign_in(attempt.sign_in)
        if person is None or not person.may_sign_in:
            return None
        return person if work.institutions.get(person.institution_id).may_act else None


def _begun(work: Work, person: Person, *, request: str, at: datetime) -> str:
    cookie = secrets.token_urlsafe(_COOKIE_BYTES)
    made = SignIn(
        id=new_id(),
        cookie_digest=digest(cookie),
        request_digest=digest(request),
        person_id=person.id,
        begun_at=at,
    )
    if not person.second_factor_needed:
        made.arrive(at=at)
        work.audit.wrote(None, "sign_in", "person", [person.id])
    work.sign_ins.add(made)
    return cookie


def _with_code(work: Work, sign_in: SignIn, typed: str, *, at: datetime) -> Person | None:
    # Whoever shows a code for her waits here, so that each sees the wrong ones before it.
    person = work.people.locked(sign_in.person_id)
    account = account_of(person.sign_in)
    work.tries.check(ACCOUNT, account, at=at)
    secret = person.totp_secret if person.may_sign_in else None
    step = totp.step_of(secret or "", typed, at=at, last_step=person.totp_step)
    if step is None:
        work.sign_ins.count_wrong(sign_in)
        work.tries.wrong(account, at=at)
        work.audit.denied(None, "sign_in_code", CodeNotRight.code)
        return None
    person.totp_step = step
    sign_in.arrive(at=at)
    work.people.save(person)
    work.sign_ins.save(sign_in)
    work.tries.forget(account)
    work.audit.wrote(None, "sign_in", "person", [person.id])
    return person
