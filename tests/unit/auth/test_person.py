from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.auth.domain import person as module
from services.auth.domain.institution import Institution
from services.auth.domain.person import STEPS, Move, Newcomer, Person, Standing
from services.auth.domain.roles import check_roles
from shared.contracts.auth import AccessOf
from shared.contracts.roles import PARTNERS, STAFF, Role
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid, MoveNotAllowed, SecondPersonNeeded
from shared.identifiers import new_id
from tests.unit.auth.drawings import drawn

AT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
UNIT, _ = Institution.register(kind=InstitutionKind.UPTD_PPA, name="UPTD PPA Contoh", at=AT)
MANAGER = frozenset({Role.MANAJER_KASUS})


def a_person(standing: Standing = Standing.INVITED, roles: frozenset[Role] = MANAGER) -> Person:
    made = Person.invite(
        UNIT, Newcomer(name="Siti Contoh", sign_in="Siti.Contoh", roles=roles), at=AT
    )
    made.standing = standing
    return made


def do(person: Person, move: Move) -> None:
    if move is Move.ENROL:
        person.enrol(password_hash="h", totp_secret="s", at=AT)
    elif move is Move.RESET:
        person.reset(at=AT)
    else:
        person.stop(by=new_id(), at=AT)


@pytest.mark.parametrize(("standing", "move"), list(product(Standing, Move)))
def test_every_move_from_every_standing_goes_as_the_table_says(
    standing: Standing, move: Move
) -> None:
    person = a_person(standing)

    if (standing, move) in STEPS:
        do(person, move)
        assert person.standing is STEPS[standing, move]
    else:
        with pytest.raises(MoveNotAllowed):
            do(person, move)
        assert person.standing is standing


def test_the_drawing_is_the_table() -> None:
    assert drawn(module) == {(s.value, m.value, to.value) for (s, m), to in STEPS.items()}


def test_nobody_enrols_for_casework_without_a_second_factor() -> None:
    person = a_person()

    with pytest.raises(Invalid):
        person.enrol(password_hash="h", totp_secret=None, at=AT)

    assert not person.may_sign_in


def test_an_agent_of_the_kelurahan_reads_nothing_and_needs_only_a_password() -> None:
    person = a_person(roles=frozenset({Role.SATGAS}))

    person.enrol(password_hash="h", totp_secret=None, at=AT)

    assert person.may_sign_in
    assert not person.second_factor_needed


def test_nobody_grants_herself_a_role() -> None:
    person = a_person()

    with pytest.raises(SecondPersonNeeded):
        person.change_roles(frozenset({Role.SUPERVISOR}), institution=UNIT, by=person.id, at=AT)

    assert person.roles == MANAGER


def test_other_roles_void_the_tokens_that_carry_the_old_ones() -> None:
    person = a_person(Standing.ACTIVE)

    told = person.change_roles(frozenset({Role.SUPERVISOR}), institution=UNIT, by=new_id(), at=AT)

    assert (told.subject_kind, told.subject_id) == (AccessOf.PERSON, person.id)
    assert person.roles == {Role.SUPERVISOR}


def test_nobody_stops_herself_by_mistake() -> None:
    person = a_person(Standing.ACTIVE)
    with pytest.raises(SecondPersonNeeded):
        person.stop(by=person.id, at=AT)


def test_a_reset_takes_two_administrators() -> None:
    person, first, second = a_person(Standing.ACTIVE), new_id(), new_id()

    assert not person.ask_reset(by=first, at=AT)
    assert not person.ask_reset(by=first, at=AT + timedelta(minutes=1))
    assert person.ask_reset(by=second, at=AT + timedelta(minutes=2))
    with pytest.raises(SecondPersonNeeded):
        person.ask_reset(by=person.id, at=AT)


def test_who_never_came_in_gets_another_code_from_one_administrator() -> None:
    assert a_person(Standing.INVITED).ask_reset(by=new_id(), at=AT)


def test_the_word_of_the_first_administrator_does_not_wait_for_ever() -> None:
    person = a_person(Standing.ACTIVE)
    person.ask_reset(by=new_id(), at=AT)
    assert not person.ask_reset(by=new_id(), at=AT + timedelta(hours=24, seconds=1))


def test_a_reset_leaves_neither_password_nor_device() -> None:
    person = a_person()
    person.enrol(password_hash="h", totp_secret="s", at=AT)

    person.reset(at=AT)

    assert (person.password_hash, person.totp_secret, person.totp_step) == (None, None, None)


@given(st.sets(st.sampled_from(Role), min_size=1), st.sampled_from(InstitutionKind))
def test_an_administrator_never_handles_cases_and_no_person_is_a_machine(
    roles: set[Role], kind: InstitutionKind
) -> None:
    try:
        check_roles(frozenset(roles), kind=kind)
    except Invalid:
        return
    assert not (Role.ADMIN_SISTEM in roles and roles & (STAFF | PARTNERS | {Role.SATGAS}))
    assert not roles & {Role.MESIN_MITRA, Role.LAYANAN}
    assert bool(roles & PARTNERS) == (kind is not InstitutionKind.UPTD_PPA)


@pytest.mark.parametrize("roles", [STAFF, frozenset({Role.ADMIN_SISTEM, Role.AUDITOR})])
def test_roles_of_a_unit_stand_together(roles: frozenset[Role]) -> None:
    check_roles(roles, kind=InstitutionKind.UPTD_PPA)


def test_without_a_role_there_is_nobody() -> None:
    with pytest.raises(Invalid):
        check_roles(frozenset(), kind=InstitutionKind.UPTD_PPA)


@pytest.mark.parametrize("typed", ["ab", "x" * 65, "siti contoh", "siti@contoh", ""])
def test_a_sign_in_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        Person.invite(UNIT, Newcomer(name="Siti", sign_in=typed, roles=MANAGER), at=AT)
    assert list(refused.value.fields) == ["sign_in"]
