from datetime import UTC, datetime, timedelta
from threading import Thread
from time import monotonic

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.auth.domain import invitation, totp
from services.auth.domain.invitation import Invitation, InvitationNotGood, Purpose
from services.auth.domain.password import check_password, hashed, matches
from services.auth.domain.throttle import ACCOUNT, ADDRESS
from shared.errors import Invalid, TooMany

AT = datetime(2026, 11, 22, 7, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(moved: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(int(AT.timestamp()) + 30 * moved)


def test_a_code_is_good_once() -> None:
    step = totp.step_of(SECRET, code(), at=AT, last_step=None)

    assert step is not None
    assert totp.step_of(SECRET, code(), at=AT, last_step=step) is None
    assert totp.step_of(SECRET, code(-1), at=AT, last_step=step) is None
    assert totp.step_of(SECRET, code(1), at=AT, last_step=step) == step + 1


@pytest.mark.parametrize(
    ("moved", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_one_step_wrong(moved: int, good: bool) -> None:
    assert (totp.step_of(SECRET, code(moved), at=AT, last_step=None) is not None) is good


@given(st.text())
def test_what_is_no_code_is_never_good(typed: str) -> None:
    if typed.replace(" ", "") not in {code(-1), code(0), code(1)}:
        assert totp.step_of(SECRET, typed, at=AT, last_step=None) is None


def test_a_device_reads_the_address() -> None:
    read = pyotp.parse_uri(totp.address(SECRET, sign_in="siti.contoh"))
    assert isinstance(read, pyotp.TOTP)
    assert (read.secret, read.issuer) == (SECRET, "RAJUT")


def test_a_password_is_kept_as_argon2id_of_the_least_strength() -> None:
    kept = hashed("kereta kuda biru 7")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert matches("kereta kuda biru 7", kept)
    assert not matches("kereta kuda biru 8", kept)
    assert not matches("kereta kuda biru 7", None)
    assert not matches("kereta kuda biru 7", "rubbish")


def test_unknown_takes_as_long_as_wrong() -> None:
    kept = hashed("kereta kuda biru 7")
    matches("warm", None)

    def seconds(against: str | None) -> float:
        start = monotonic()
        for _ in range(5):
            matches("wrong", against)
        return monotonic() - start

    wrong, unknown = seconds(kept), seconds(None)
    assert 0.3 < wrong / unknown < 3


def test_many_at_once_are_all_answered() -> None:
    kept = hashed("kereta kuda biru 7")
    answers: list[bool] = []
    threads = [
        Thread(target=lambda: answers.append(matches("kereta kuda biru 7", kept))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 8


@pytest.mark.parametrize(
    "password",
    [
        "sebelas 11x",
        "x" * 129,
        "password12345",
        "Bismillah2026!",
        "aaaaaaaaaaaaaa",
        "123456789012",
        "qwertyuiopasdf",
        "siti.contoh-rahasia",
        "1q2w3e4r5t6y",
        "thisisapassword",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_password(password, sign_in="siti.contoh")
    assert list(refused.value.fields) == ["password"]


@pytest.mark.parametrize("password", ["kereta kuda biru 7", "Ombak-Teluk-Perahu", "pjK2#vQ9!xLm"])
def test_a_good_password_is_taken(password: str) -> None:
    check_password(password, sign_in="siti.contoh")


def test_an_invitation_is_good_once_and_not_for_ever() -> None:
    made, told = Invitation.make(None, purpose=Purpose.ENROLMENT, at=AT)

    assert made.code_hash == invitation.typed_digest(told.lower().replace("-", " "))
    assert told not in repr(made)
    assert made.good(at=AT + timedelta(hours=72))
    assert not made.good(at=AT + timedelta(hours=72, seconds=1))
    made.use(at=AT)
    with pytest.raises(InvitationNotGood):
        made.use(at=AT)


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_reading_of_a_code(typed: str) -> None:
    assert invitation.typed_digest(typed) is None or len(typed) >= 4


def test_five_wrong_tries_and_then_ever_longer_waits_but_no_lock() -> None:
    wrong = [AT - timedelta(seconds=count) for count in range(5)]

    ACCOUNT.check(wrong[:4], at=AT)
    with pytest.raises(TooMany):
        ACCOUNT.check(wrong, at=AT)
    assert ACCOUNT.wait(wrong, at=AT) == timedelta(seconds=30)
    ACCOUNT.check(wrong, at=AT + timedelta(seconds=30))
    more = [*wrong, AT + timedelta(seconds=30)]
    assert ACCOUNT.wait(more, at=AT + timedelta(seconds=30)) == timedelta(seconds=60)


@given(st.lists(st.integers(0, 3600), max_size=60))
def test_a_wait_is_never_longer_than_its_limit_and_never_past_the_window(ago: list[int]) -> None:
    wrong = [AT - timedelta(seconds=count) for count in ago]
    for throttle in (ACCOUNT, ADDRESS):
        assert timedelta(0) <= throttle.wait(wrong, at=AT) <= throttle.longest_wait
        assert throttle.wait(wrong, at=AT + throttle.within) == timedelta(0)
