"""The table of steps: its drawing, its product, and what it promises."""

import textwrap
from itertools import product

import pytest

from services.referral.domain import steps
from services.referral.domain.moves import Move, Party
from services.referral.domain.steps import OPEN, PARTIES, SETTLED, STATES, STEPS, Kept, Step
from shared.contracts.referral_words import BusinessState
from shared.contracts.referral_words import ReferralStanding as Standing

SITUATIONS = [(standing, state) for standing in STATES for state in STATES[standing]]


def drawn_state(state):
    return "-" if state is None else str(state)


def drawn_origins(origins):
    words, left = [], set(origins)
    for name, group in (("open", OPEN), ("settled", SETTLED)):
        every = {(standing, state) for standing in group for state in STATES[standing]}
        if every <= left:
            words.append(name)
            left -= every
    for standing, states in STATES.items():
        here = [state for state in states if (standing, state) in left]
        if len(here) == len(states):
            words.append(str(standing))
        elif here:
            words.append(f"{standing} ({', '.join(drawn_state(state) for state in here)})")
    return ", ".join(words)


def drawn_target(step: Step):
    if step.standing is None and step.state is Kept.SAME:
        return "="
    return f"{step.standing or '='} ({drawn_state(step.state)})"


def drawing():
    origins: dict[tuple[Move, Step], set] = {}
    for (standing, state, move), step in STEPS.items():
        origins.setdefault((move, step), set()).add((standing, state))
    lines = []
    for move, step in sorted(origins, key=lambda pair: list(Move).index(pair[0])):
        who = " or ".join(sorted(party.value for party in step.parties))
        head = f"    {move:<19} {who:<16} "
        text = f"{drawn_origins(origins[move, step])} ──▶ {drawn_target(step)}"
        indent = " " * len(head)
        lines += textwrap.wrap(
            text, 98, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False
        )
    return "\n".join(lines)


def test_the_drawing_is_the_table():
    assert drawing() in steps.__doc__


@pytest.mark.parametrize("move", Move)
def test_every_move_can_be_made_somewhere_and_belongs_to_somebody(move):
    assert PARTIES[move]
    assert any(made is move for _, _, made in STEPS)


def test_every_triple_is_a_step_of_known_parties_or_forbidden():
    for standing, state, move in product(Standing, [None, *BusinessState], Move):
        step = STEPS.get((standing, state, move))
        if step is not None:
            assert state in STATES[standing]
            assert step.parties == PARTIES[move]


def test_every_step_leads_to_a_state_its_standing_has():
    for (standing, state, _), step in STEPS.items():
        target = step.standing or standing
        if not isinstance(step.state, Kept):
            assert step.state in STATES[target]
        elif step.state is Kept.SAME:
            assert state in STATES[target]


def test_every_standing_and_state_can_be_reached():
    reached = {(Standing.DRAFT, None)}
    for _ in range(12):
        for (standing, state, _), step in STEPS.items():
            if (standing, state) in reached:
                target = step.standing or standing
                told = STATES[target] if isinstance(step.state, Kept) else (step.state,)
                told = (state,) if step.state is Kept.SAME else told
                reached |= {(target, each) for each in told if each in STATES[target]}
    assert reached == set(SITUATIONS)


def test_no_step_leads_out_of_an_ending_but_the_retraction():
    endings = {*SETTLED, Standing.ENTERED_IN_ERROR}
    leaving = {
        move
        for (standing, _, move), step in STEPS.items()
        if standing in endings and step.standing not in (None, standing)
    }
    assert leaving == {Move.RETRACT}


def test_after_the_loop_is_closed_nothing_about_the_help_changes():
    after = {move for (_, state, move) in STEPS if state is BusinessState.LOOP_CLOSED}
    told_of = {Move.SEE, Move.ACKNOWLEDGE_STOP, Move.CONTEST, Move.ATTACH_PLAN_ITEM}
    assert after == told_of | {Move.ASK_RETRACTION, Move.RETRACT, Move.WITHDRAW_CONSENT}


@pytest.mark.parametrize("standing", OPEN)
def test_a_withdrawn_consent_ends_whatever_is_open(standing):
    for state in STATES[standing]:
        step = STEPS[standing, state, Move.WITHDRAW_CONSENT]
        assert (step.standing, step.parties) == (Standing.CANCELLED, {Party.INTAKE, Party.CLOCK})


def test_completion_never_follows_a_missed_or_cancelled_appointment():
    for state in (BusinessState.NO_SHOW, BusinessState.APPOINTMENT_CANCELLED):
        assert (Standing.IN_PROGRESS, state, Move.COMPLETE) not in STEPS


def test_the_same_step_is_never_written_twice():
    with pytest.raises(ValueError, match="written twice"):
        steps._expand((steps._ROWS[0], steps._ROWS[0]))
