from datetime import UTC, datetime
from itertools import product

import pytest

from services.auth.domain import institution as module
from services.auth.domain.institution import STEPS, Institution, Move, Standing
from shared.contracts.auth import AccessOf
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid, MoveNotAllowed
from tests.unit.auth.drawings import drawn

AT = datetime(2026, 11, 22, 7, 0, 0, 400_000, tzinfo=UTC)


def an_institution(standing: Standing = Standing.ACTIVE) -> Institution:
    made, _ = Institution.register(kind=InstitutionKind.RS, name="RSUD Contoh", at=AT)
    made.standing = standing
    return made


def do(institution: Institution, move: Move) -> None:
    if move is Move.SUSPEND:
        institution.suspend(at=AT)
    else:
        institution.reinstate(at=AT)


@pytest.mark.parametrize(("standing", "move"), list(product(Standing, Move)))
def test_every_move_from_every_standing_goes_as_the_table_says(
    standing: Standing, move: Move
) -> None:
    institution = an_institution(standing)

    if (standing, move) in STEPS:
        do(institution, move)
        assert institution.standing is STEPS[standing, move]
    else:
        with pytest.raises(MoveNotAllowed):
            do(institution, move)
        assert institution.standing is standing


def test_the_drawing_is_the_table() -> None:
    assert drawn(module) == {(s.value, m.value, to.value) for (s, m), to in STEPS.items()}


def test_registering_tells_the_kind_and_nothing_of_the_name() -> None:
    made, told = Institution.register(kind=InstitutionKind.RS, name="  RSUD   Contoh ", at=AT)

    assert made.name == "RSUD Contoh"
    assert (told.institution_id, told.kind) == (made.id, InstitutionKind.RS)
    assert made.may_act


def test_suspending_voids_every_token_issued_until_now() -> None:
    institution = an_institution()

    suspended, revoked = institution.suspend(at=AT)

    assert suspended.institution_id == institution.id
    assert revoked.subject_kind is AccessOf.INSTITUTION
    assert revoked.not_before == AT
    assert not institution.may_act


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "RS\x00"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        Institution.register(kind=InstitutionKind.RS, name=name, at=AT)
    assert list(refused.value.fields) == ["name"]
