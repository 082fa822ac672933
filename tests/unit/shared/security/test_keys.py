"""The public keys of auth: asked for seldom, kept when auth does not answer."""

from datetime import timedelta

import pytest
import time_machine
from joserfc.jwk import ECKey, KeySet

from shared.errors import Unavailable
from shared.security.keys import PublicKeys
from shared.security.own_key import FIRST_PARTY, own_keys
from tests.support.sheets import NOON
from tests.support.threads import together

ONE, TWO = (ECKey.generate_key("P-256", auto_kid=True) for _ in range(2))


class Auth:
    """Stands for auth: counts how often it is asked, and may be out."""

    def __init__(self, *keys):
        self.keys = list(keys)
        self.asked = 0
        self.out = False
        self.answer = None

    def __call__(self):
        self.asked += 1
        if self.out:
            raise Unavailable
        return self.answer or KeySet(self.keys).as_dict(private=False)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


def kids(keys):
    return {key.kid for key in keys.keys}


def test_keys_are_fetched_once_for_many(clock):
    auth = Auth(ONE)
    keys = PublicKeys(auth)

    answers = together(12, lambda _: kids(keys.for_key(ONE.kid)))

    assert answers == [{ONE.kid}] * 12
    assert auth.asked == 1


def test_an_unknown_key_is_asked_for_at_most_every_five_seconds(clock):
    auth = Auth(ONE)
    keys = PublicKeys(auth)
    keys.for_key(ONE.kid)

    for _ in range(20):
        keys.for_key("made up")
    assert auth.asked == 1
    clock.shift(timedelta(seconds=5.1))
    for _ in range(20):
        keys.for_key("made up")

    assert auth.asked == 2


def test_a_new_key_is_found_within_five_seconds(clock):
    auth = Auth(ONE)
    keys = PublicKeys(auth)
    keys.for_key(ONE.kid)
    auth.keys.append(TWO)
    clock.shift(timedelta(seconds=5.1))

    assert kids(keys.for_key(TWO.kid)) == {ONE.kid, TWO.kid}


def test_a_key_that_was_taken_away_is_gone_after_a_minute(clock):
    auth = Auth(ONE, TWO)
    keys = PublicKeys(auth)
    keys.for_key(ONE.kid)
    auth.keys.remove(ONE)
    clock.shift(timedelta(seconds=61))

    assert kids(keys.for_key(ONE.kid)) == {TWO.kid}


def test_old_keys_are_kept_when_auth_does_not_answer_and_it_is_not_hammered(clock):
    auth = Auth(ONE)
    keys = PublicKeys(auth)
    keys.for_key(ONE.kid)
    auth.out = True
    clock.shift(timedelta(minutes=10))

    for _ in range(20):
        assert kids(keys.for_key(ONE.kid)) == {ONE.kid}
    assert auth.asked == 2
    clock.shift(timedelta(seconds=5.1))
    keys.for_key(ONE.kid)

    assert auth.asked == 3


@pytest.mark.parametrize("answer", [{"keys": [{"kty": "??"}]}, {"error": "x"}, {"keys": 7}, [7]])
def test_an_answer_that_is_no_key_set_is_no_answer(clock, answer):
    auth = Auth(ONE)
    keys = PublicKeys(auth)
    auth.answer = answer
    with pytest.raises(Unavailable):
        keys.for_key(ONE.kid)
    auth.answer = None
    keys.for_key(ONE.kid)
    auth.answer = answer
    clock.shift(timedelta(minutes=2))

    assert kids(keys.for_key(ONE.kid)) == {ONE.kid}


def test_without_any_key_the_answer_is_that_it_is_not_available(clock):
    auth = Auth(ONE)
    auth.out = True
    keys = PublicKeys(auth)

    with pytest.raises(Unavailable):
        keys.for_key(ONE.kid)
    auth.out = False

    assert kids(keys.for_key(ONE.kid)) == {ONE.kid}


@pytest.mark.parametrize("publisher", sorted(set(FIRST_PARTY.values())))
def test_a_service_makes_the_keys_of_its_own_machines_once(tmp_path, publisher):
    file = tmp_path / "own.json"

    made = own_keys(publisher, file)

    assert set(made) == {name for name, runs in FIRST_PARTY.items() if runs is publisher}
    assert {name: key.kid for name, key in own_keys(publisher, file).items()} == {
        name: key.kid for name, key in made.items()
    }
    assert file.stat().st_mode & 0o777 == 0o600
