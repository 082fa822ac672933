"""What a person has to do, and when it is over."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain import tasks as module
from services.monitoring.domain.deadlines import About
from services.monitoring.domain.tasks import (
    STEPS,
    WITHIN,
    Move,
    Standing,
    Task,
    TaskKind,
    due_within,
)
from shared.contracts.roles import Role
from shared.contracts.vocabulary import RiskLevel
from shared.errors import MoveNotAllowed

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_task(
    standing: Standing = Standing.OPEN, kind: TaskKind = TaskKind.ASK_PARTNER, **about: object
) -> Task:
    named = {"case_id": uuid4(), "unit_id": uuid4()} | about
    made = Task.make(kind, about=About(**named), at=NOON, due_at=NOON + HOUR)
    made.standing = standing
    return made


DO = {Move.FINISH: lambda task: task.finish(at=NOON), Move.DROP: lambda task: task.drop(at=NOON)}


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("move", Move)
def test_every_pair_is_either_a_step_or_refused(standing, move):
    task = a_task(standing)
    if (standing, move) in STEPS:
        DO[move](task)
        assert task.standing is STEPS[standing, move]
        assert task.ended_at == NOON
    else:
        with pytest.raises(MoveNotAllowed):
            DO[move](task)
        assert task.standing is standing


@given(st.lists(st.sampled_from(Move), min_size=2, max_size=5))
def test_what_is_over_stays_as_it_ended(moves):
    task = a_task()
    DO[moves[0]](task)
    ended = task.standing
    for move in moves[1:]:
        with pytest.raises(MoveNotAllowed):
            DO[move](task)
    assert task.standing is ended


def test_the_drawing_says_what_the_table_says():
    drawn = [line.split() for line in (module.__doc__ or "").splitlines() if line[:4] == "    "]
    assert drawn == [[a.value, move.value, b.value] for (a, move), b in STEPS.items()]


@pytest.mark.parametrize(
    ("risk", "hours"),
    [(RiskLevel.TINGGI, 1), (RiskLevel.SEDANG, 24), (RiskLevel.RENDAH, 24), (None, 24)],
)
def test_looking_elsewhere_is_due_in_a_day_and_in_an_hour_when_danger_is_great(risk, hours):
    assert due_within(TaskKind.REFER_AGAIN, risk) == hours * HOUR


def test_every_kind_says_how_soon_for_every_danger():
    assert set(WITHIN) == set(TaskKind)
    assert all(set(row) == set(RiskLevel) for row in WITHIN.values())
    assert all(row[RiskLevel.TINGGI] <= row[RiskLevel.RENDAH] for row in WITHIN.values())


def test_at_the_due_moment_it_is_not_late_and_a_second_later_it_is():
    task = a_task()
    assert not task.late(at=task.due_at)
    assert task.late(at=task.due_at + timedelta(seconds=1))


def test_what_is_done_is_never_late():
    assert not a_task(Standing.DONE).late(at=NOON + 99 * HOUR)


def test_a_case_is_the_managers_and_a_report_the_complaint_officers():
    assert a_task().owner_role is Role.MANAJER_KASUS
    of_report = a_task(case_id=None, report_id=uuid4())
    assert of_report.owner_role is Role.PETUGAS_PENGADUAN


@pytest.mark.parametrize("kind", TaskKind)
def test_a_supervisor_sees_danger_and_withdrawn_consent_at_once(kind):
    at_once = kind in {TaskKind.MEET_DANGER, TaskKind.SEE_THAT_PARTNER_STOPS}
    assert (a_task(kind=kind).escalated_to is Role.SUPERVISOR) == at_once


def test_an_open_task_goes_with_the_case_to_another_manager():
    task, other = a_task(case_id=None), uuid4()
    task.hand_to(other)
    assert (task.owner_id, task.owner_role) == (other, Role.MANAJER_KASUS)


def test_a_finished_task_stays_with_who_did_it():
    task = a_task(Standing.DONE)
    task.hand_to(uuid4())
    assert task.owner_id is None


def test_the_next_one_up_is_named():
    task = a_task()
    task.escalate(Role.KEPALA_UPTD)
    assert task.escalated_to is Role.KEPALA_UPTD
