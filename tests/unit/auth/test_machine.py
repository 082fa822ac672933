from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from services.auth.domain import machine as module
from services.auth.domain.institution import Institution
from services.auth.domain.machine import (
    STEPS,
    LastKey,
    Machine,
    MachineKind,
    Standing,
    TooManyKeys,
    public_p256,
)
from shared.contracts.auth import AccessOf
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid, MoveNotAllowed, NotFound
from tests.unit.auth.drawings import drawn

AT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def a_machine() -> Machine:
    hospital, _ = Institution.register(kind=InstitutionKind.RS, name="RSUD Contoh", at=AT)
    return Machine.for_partner(hospital, name="SIMRS", at=AT)


def a_jwk(*, private: bool = False, curve: str = "P-256") -> dict[str, Any]:
    return dict(ECKey.generate_key(curve).as_dict(private=private))


def test_a_partner_machine_speaks_to_the_referral_service_only() -> None:
    machine = a_machine()

    assert machine.audiences == {Publisher.REFERRAL}
    assert machine.roles == {Role.MESIN_MITRA}
    assert machine.kind is MachineKind.PARTNER
    assert machine.client_id == str(machine.id)


def test_a_unit_has_no_machine() -> None:
    unit, _ = Institution.register(kind=InstitutionKind.UPTD_PPA, name="UPTD", at=AT)
    with pytest.raises(Invalid):
        Machine.for_partner(unit, name="SIMRS", at=AT)


def test_two_keys_may_be_there_for_a_change_and_no_third() -> None:
    machine = a_machine()
    first = a_jwk()
    machine.add_key(first)
    machine.add_key(a_jwk())
    machine.add_key(first)

    with pytest.raises(TooManyKeys):
        machine.add_key(a_jwk())
    assert len(machine.keys) == 2


def test_a_key_taken_away_voids_what_was_signed_in_with_it() -> None:
    machine = a_machine()
    kid = machine.add_key(a_jwk())
    kept = machine.add_key(a_jwk())

    told = machine.remove_key(kid, at=AT)

    assert [key["kid"] for key in machine.keys] == [kept]
    assert (told.subject_kind, told.subject_id) == (AccessOf.MACHINE, machine.id)
    with pytest.raises(LastKey):
        machine.remove_key(kept, at=AT)
    with pytest.raises(NotFound):
        machine.remove_key(kid, at=AT)


def test_the_thumbprint_is_the_one_of_rfc_7638() -> None:
    key = ECKey.generate_key("P-256")
    assert public_p256(key.as_dict(private=False))["kid"] == key.thumbprint()


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        a_jwk(private=True),
        a_jwk(curve="P-384"),
        a_jwk() | {"x": "AA"},
        a_jwk() | {"y": 7},
        a_jwk() | {"x": "é" * 43},
        {"kty": "oct", "k": "c2VjcmV0"},
    ],
)
def test_only_a_public_p256_key_is_taken(jwk: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        public_p256(jwk)


@given(st.text())
def test_any_letters_at_all_may_be_shown_as_a_secret(shown: str) -> None:
    machine = a_machine()
    assert not machine.secret_is(shown)
    machine.set_secret("the right one")
    assert machine.secret_is(shown) == (shown == "the right one")


def test_a_stopped_machine_stays_stopped() -> None:
    machine = a_machine()
    machine.stop(at=AT)

    assert machine.standing is Standing.STOPPED
    assert not machine.may_act
    with pytest.raises(MoveNotAllowed):
        machine.stop(at=AT)


def test_the_drawing_is_the_table() -> None:
    assert drawn(module) == {(s.value, m.value, to.value) for (s, m), to in STEPS.items()}
