"""What monitoring does as time goes by."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from services.monitoring.clock import watch_deadlines
from services.monitoring.domain.deadlines import Alert, Standing
from services.monitoring.domain.rules import AppliesIf
from services.monitoring.storage import tables
from services.monitoring.storage.finding import to_be_watched
from services.monitoring.storage.work import begin
from shared.contracts.intake import UnitClockSet, UnitOpened
from shared.contracts.monitoring import DeadlineRule
from shared.contracts.protection import UnitKind
from shared.contracts.referral import ReferralAccepted, ReferralExpired
from shared.contracts.roles import Role
from shared.identifiers import new_id
from tests.api.monitoring.world import MONDAY, World, wita

TUESDAY = wita(3, 3, 9)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
REFERRAL = new_id()


@pytest.fixture
def sent(case: World) -> World:
    case.hear(case.sent(REFERRAL, TUESDAY, serve_by=TUESDAY + timedelta(days=3)))
    return case


def test_at_the_due_moment_nothing_is_missed_and_a_second_later_it_is(sent):
    sent.tick(TUESDAY + 24 * HOUR)
    assert sent.deadlines()["T24", "respond"].standing is Standing.OPEN

    sent.tick(TUESDAY + 24 * HOUR + 20 * SECOND)
    assert sent.deadlines()["T24", "respond"].standing is Standing.MISSED


def test_a_silent_partner_is_a_task_an_event_and_a_line(sent):
    sent.tick(TUESDAY + 25 * HOUR)

    (missed,) = [e for e in sent.told("deadline.missed") if e.rule is DeadlineRule.T24]
    assert (missed.referral_id, missed.case_id) == (REFERRAL, sent.case)
    assert ("ask-partner", "open") in sent.tasks()
    lines = sent.get(f"/cases/{sent.case}/timeline", at=TUESDAY + 25 * HOUR)["items"]
    assert lines[0]["kind"] == "deadline.missed"
    assert lines[0]["details"]["rule"] == "T24"


def test_help_that_has_not_begun_in_time_is_a_task_too(sent):
    accepted = sent.referral(ReferralAccepted, REFERRAL, TUESDAY + HOUR)
    sent.hear(accepted)
    sent.tick(TUESDAY + timedelta(days=3, hours=1))
    assert ("ask-about-service", "open") in sent.tasks()
    assert "ask-partner" not in dict(sent.tasks())


def test_a_referral_that_expired_was_missed_and_is_not_waited_for_any_more(sent):
    sent.hear(sent.referral(ReferralExpired, REFERRAL, TUESDAY + 48 * HOUR))
    (reply,) = [d for d in sent.deadlines().values() if d.applies_if is AppliesIf.RESPOND]
    assert (reply.standing, reply.late) == (Standing.DROPPED, True)
    assert [e.rule for e in sent.told("deadline.missed")] == [DeadlineRule.T24]
    assert ("ask-partner", "dropped") in sent.tasks()
    assert ("refer-again", "open") in sent.tasks()


def test_a_contact_that_is_missed_is_handed_to_the_supervisor(sent):
    sent.tick(TUESDAY + timedelta(days=8))
    (contact,) = [t for t in sent.rows(tables.tasks) if t["kind"].value == "contact"]
    assert contact["escalated_to"] is Role.SUPERVISOR


def test_alerts_rise_as_time_goes_by(sent):
    levels = []
    for hours in (11, 13, 20, 25):
        sent.tick(TUESDAY + hours * HOUR)
        levels.append(sent.deadlines()["T24", "respond"].alerted)
    assert levels == [Alert.NONE, Alert.HALF, Alert.NEAR, Alert.OVER]


def test_what_is_missed_is_said_once(sent):
    for hours in (25, 26, 27):
        sent.tick(TUESDAY + hours * HOUR)
    missed = [e for e in sent.told("deadline.missed") if e.referral_id == REFERRAL]
    assert len(missed) == 1
    assert sent.tasks().count(("ask-partner", "open")) == 1


def test_a_training_unit_lives_in_its_own_time(world):
    unit = UnitOpened(
        unit_id=world.unit, kind=UnitKind.TRAINING, clock_offset_seconds=0, happened_at=MONDAY
    )
    world.hear(unit, world.received())
    world.hear(UnitClockSet(unit_id=world.unit, clock_offset_seconds=7200, happened_at=MONDAY))
    world.tick(MONDAY + timedelta(minutes=1))
    t01 = world.deadlines()["T01", "TINGGI"]
    assert t01.standing is Standing.MISSED
    (told,) = world.told("deadline.missed")
    assert told.happened_at == MONDAY + timedelta(hours=2, minutes=1)


def test_a_real_unit_is_not_moved_by_the_clock_of_another(world):
    world.hear(
        UnitOpened(
            unit_id=new_id(),
            kind=UnitKind.TRAINING,
            clock_offset_seconds=7200,
            happened_at=MONDAY,
        ),
        world.received(),
    )
    world.tick(MONDAY + timedelta(minutes=1))
    assert world.deadlines()["T01", "TINGGI"].standing is Standing.OPEN


def test_one_query_finds_what_is_over(case):
    asked: list[str] = []
    engine = case.ground.database.engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with begin(case.ground) as work:
        to_be_watched(work, at=MONDAY, limit=100)
    of_deadlines = [statement for statement in asked if "FROM deadlines" in statement]
    assert len(of_deadlines) == 1


def test_more_than_a_hundred_are_watched_in_one_go(world):
    for _ in range(35):  # three deadlines each
        world.report = new_id()
        world.hear(world.received(sexual=True))
    with world.at(MONDAY + timedelta(days=30)):
        watch_deadlines(world.ground, MONDAY + timedelta(days=30))
    assert {row["standing"] for row in world.rows(tables.deadlines)} == {Standing.MISSED}
    assert len(world.told("deadline.missed")) == 105
