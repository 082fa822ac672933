"""The whole product of standing, state, move and party."""

from dataclasses import fields

import pytest

from services.referral.domain.moves import (
    Move,
    NotYourMove,
    Party,
)
from services.referral.domain.referral import (
    Referral,
)
from services.referral.domain.steps import PARTIES, STATES, STEPS
from shared.errors import MoveNotAllowed
from tests.unit.referral.builders import DO, LATER, a_referral, made

SITUATIONS = [(standing, state) for standing in STATES for state in STATES[standing]]


def frozen(referral: Referral) -> dict[str, object]:
    """Everything that is known of it, to see that a refusal changed nothing."""
    return {each.name: getattr(referral, each.name) for each in fields(referral)} | {
        "entries": list(referral.entries)
    }


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("party", Party)
def test_the_whole_product_of_standing_state_move_and_party(move, party):
    for standing, state in SITUATIONS:
        referral = a_referral(standing, state)
        before = frozen(referral)
        step = STEPS.get((standing, state, move))
        if step is not None and party in step.parties:
            event = DO[move](referral, made(party, at=LATER))
            assert_moved(referral, event, before)
        else:
            refused = NotYourMove if party not in PARTIES[move] else MoveNotAllowed
            with pytest.raises(refused):
                DO[move](referral, made(party, at=LATER))
            assert frozen(referral) == before


def assert_moved(referral, event, before):
    (entry,) = referral.entries
    assert referral.move_no == event.move_no == entry.move_no == before["move_no"] + 1
    assert (event.standing, event.business_state) == (entry.to_standing, entry.to_state)
    assert (referral.standing, referral.business_state) == (entry.to_standing, entry.to_state)
    assert entry.from_standing is before["standing"]
    assert referral.business_state in STATES[referral.standing]
