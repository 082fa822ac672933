"""What the events of the others do to deadlines and tasks."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.monitoring.domain.deadlines import Standing
from services.monitoring.storage import tables
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.contracts import intake, referral
from shared.contracts.event import EVENTS
from shared.contracts.referral import ReferralEvent
from shared.contracts.referral_words import BusinessState, ReferralStanding
from shared.contracts.vocabulary import (
    Authority,
    CaseClass,
    DeclineReason,
    RiskLevel,
    Stage,
    TerminationReason,
)
from shared.identifiers import new_id
from tests.api.monitoring.world import MONDAY, World, wita

TUESDAY = wita(3, 3, 9)
HOUR = timedelta(hours=1)
REFERRAL = new_id()


@pytest.fixture
def sent(case: World) -> World:
    """A world in which a referral was sent on Tuesday."""
    case.hear(case.sent(REFERRAL, TUESDAY))
    return case


def tell(world: World, kind: type[ReferralEvent], at: Any = TUESDAY + HOUR, **told: Any) -> None:
    world.hear(world.referral(kind, REFERRAL, at, **told))


def screened(world: World, at: Any, **changed: Any) -> intake.CaseScreened:
    told: dict[str, Any] = {
        "case_id": world.case,
        "unit_id": world.unit,
        "primary_class": CaseClass.KTP,
        "risk": RiskLevel.TINGGI,
        "authority": Authority.KOTA,
        "decision": intake.ScreeningDecision.LANJUT,
        "tpks": False,
        "pkdrt": True,
        "sppa": False,
        "tppo": False,
        "dispensation": False,
        "happened_at": at,
    }
    return intake.CaseScreened(**told | changed)


def risk_changed(world: World, risk: RiskLevel, at: Any) -> intake.CaseRiskChanged:
    return intake.CaseRiskChanged(case_id=world.case, unit_id=world.unit, risk=risk, happened_at=at)


def report_screened(world: World, risk: RiskLevel, at: Any) -> intake.ReportScreened:
    return intake.ReportScreened(
        report_id=world.report, unit_id=world.unit, risk=risk, happened_at=at
    )


def standing(world: World, rule: str, part: str) -> Standing:
    return world.deadlines()[rule, part].standing


def test_every_event_of_a_followed_aggregate_has_its_line():
    followed = {told.topic.split(".")[0] for told in SUBSCRIPTIONS}
    assert followed == {"report", "consent", "case", "need", "plan", "referral"}
    assert {t.topic for t in SUBSCRIPTIONS} == {
        topic for topic in EVENTS if topic.split(".")[0] in followed
    }


def test_an_event_told_twice_has_one_line_and_one_effect(world):
    received = world.received()
    world.hear(received)
    before = world.everything()
    world.deliver(received, place=1)
    assert world.everything() == before


def test_a_case_may_be_heard_of_before_its_report(world):
    world.hear(world.opened(), world.assigned(), world.received(sexual=True))

    assert standing(world, "T04", "always") is Standing.MET
    assert world.deadlines()["T08", "sexual"].case_id == world.case
    assert {line["case_id"] for line in world.rows(tables.lines)} == {world.case}


def test_a_referral_may_be_heard_of_before_its_case(world):
    world.hear(world.sent(REFERRAL, TUESDAY), world.opened(), world.assigned())

    assert standing(world, "T22", "SEDANG") is Standing.OPEN
    assert ("contact", "open") in world.tasks()
    assert {task["owner_id"] for task in world.rows(tables.tasks)} == {world.manager}


def test_what_was_about_the_report_is_about_the_case_from_then_on(case):
    assert {line["case_id"] for line in case.rows(tables.lines)} == {case.case}
    assert {one.case_id for one in case.deadlines().values()} == {case.case}


@pytest.mark.parametrize(
    ("risk", "rule", "hours"),
    [("TINGGI", "T01", 1), ("SEDANG", "T02", 6), ("RENDAH", "T03", 24), (None, "T02", 6)],
)
def test_the_danger_says_how_soon_the_first_response_is_due(world, risk, rule, hours):
    world.hear(world.received(risk=RiskLevel(risk) if risk else None))
    assert world.deadlines()[rule, risk or "SEDANG"].due_at == MONDAY + hours * HOUR


def test_greater_danger_brings_the_first_response_forward(world):
    world.hear(world.received(risk=RiskLevel.RENDAH))
    world.hear(report_screened(world, RiskLevel.TINGGI, MONDAY + 2 * HOUR))

    assert standing(world, "T03", "RENDAH") is Standing.DROPPED
    assert world.deadlines()["T01", "TINGGI"].due_at == MONDAY + 3 * HOUR
    assert world.tasks() == [("meet-danger", "open")]


def test_greater_danger_never_puts_the_first_response_off(world):
    world.hear(world.received(risk=RiskLevel.SEDANG))
    world.hear(report_screened(world, RiskLevel.TINGGI, MONDAY + 5.5 * HOUR))
    assert world.deadlines()["T01", "TINGGI"].due_at == MONDAY + 6 * HOUR


def test_lesser_danger_counts_from_the_report(world):
    world.hear(world.received(risk=RiskLevel.SEDANG))
    world.hear(report_screened(world, RiskLevel.RENDAH, MONDAY + 2 * HOUR))
    assert world.deadlines()["T03", "RENDAH"].due_at == MONDAY + 24 * HOUR


def test_a_report_that_ends_has_been_answered_but_a_crime_is_still_to_be_reported(world):
    ended = intake.ReportEnded(
        report_id=world.report, unit_id=world.unit, happened_at=MONDAY + HOUR
    )
    world.hear(world.received(sexual=True), ended)
    assert standing(world, "T01", "TINGGI") is Standing.MET
    assert standing(world, "T04", "always") is Standing.MET
    assert standing(world, "T08", "sexual") is Standing.OPEN
    assert world.tasks() == [("meet-danger", "done")]


def test_the_screening_sets_t08_from_the_report_and_only_once(case):
    case.hear(screened(case, TUESDAY, tpks=True), screened(case, TUESDAY + HOUR, tpks=True))
    assert len([1 for rule, _ in case.deadlines() if rule == "T08"]) == 1
    assert case.deadlines()["T08", "sexual"].due_at == MONDAY + 72 * HOUR


def duty_settled(world: World, filed_at: Any) -> intake.CaseDutySettled:
    named = {"case_id": world.case, "unit_id": world.unit}
    filed = filed_at is not None
    return intake.CaseDutySettled(**named, filed=filed, filed_at=filed_at, happened_at=TUESDAY)


@pytest.mark.parametrize(
    ("filed_at", "ends"),
    [(TUESDAY - HOUR, Standing.MET), (None, Standing.DROPPED)],
    ids=["filed", "not filed"],
)
def test_the_mandatory_report_settles_t08(case, filed_at, ends):
    case.hear(screened(case, MONDAY + HOUR, tpks=True), duty_settled(case, filed_at))

    settled = case.deadlines()["T08", "sexual"]
    assert (settled.standing, settled.met_at) == (ends, filed_at)
    case.tick(MONDAY + timedelta(days=10))
    assert standing(case, "T08", "sexual") is ends


def test_danger_that_rises_calls_the_manager_and_the_next_contact_comes_sooner(case):
    case.hear(risk_changed(case, RiskLevel.RENDAH, MONDAY + HOUR))
    case.hear(case.sent(REFERRAL, TUESDAY))
    assert case.deadlines()["T22", "RENDAH"].due_at == TUESDAY + timedelta(days=30)

    case.hear(risk_changed(case, RiskLevel.TINGGI, TUESDAY + timedelta(days=5)))

    assert standing(case, "T22", "RENDAH") is Standing.DROPPED
    assert case.deadlines()["T22", "TINGGI"].due_at == TUESDAY + timedelta(days=12)
    assert [kind for kind, how in case.tasks() if how == "open"] == ["meet-danger", "contact"]


def test_danger_that_falls_lets_the_next_contact_wait_from_the_last_one(case):
    case.hear(case.sent(REFERRAL, TUESDAY))
    case.hear(risk_changed(case, RiskLevel.SEDANG, TUESDAY + timedelta(days=5)))
    assert case.deadlines()["T22", "SEDANG"].due_at == TUESDAY + timedelta(days=14)


def test_only_the_first_referral_begins_the_contacts(case):
    case.hear(case.sent(REFERRAL, TUESDAY), case.sent(new_id(), TUESDAY + timedelta(days=2)))
    contacts = [d for d in case.rows(tables.deadlines) if d["rule"].value == "T22"]
    assert [one["due_at"] for one in contacts] == [TUESDAY + timedelta(days=7)]


def test_a_closed_case_is_not_looked_at_any_more(sent):
    closed = intake.CaseClosed(
        case_id=sent.case,
        unit_id=sent.unit,
        reason=TerminationReason.TUJUAN_TERCAPAI,
        happened_at=TUESDAY + HOUR,
    )
    sent.hear(closed)
    assert standing(sent, "T22", "TINGGI") is Standing.DROPPED
    assert ("contact", "dropped") in sent.tasks()


def test_a_case_opened_again_is_looked_at_from_its_next_referral(sent):
    at = TUESDAY + HOUR
    named = {"case_id": sent.case, "unit_id": sent.unit}
    sent.hear(
        intake.CaseClosed(**named, reason=TerminationReason.PINDAH, happened_at=at),
        intake.CaseReopened(**named, episode=2, happened_at=at + HOUR),
        sent.sent(new_id(), at + 2 * HOUR),
    )
    assert [kind for kind, how in sent.tasks() if (kind, how) == ("contact", "open")]


def test_our_copy_of_the_case_follows_its_stage(case):
    moved = intake.CaseStageMoved(
        case_id=case.case,
        unit_id=case.unit,
        from_stage=Stage.ENGAGEMENT,
        to_stage=Stage.ASSESSMENT,
        rule=None,
        loop_no=0,
        episode=1,
        happened_at=TUESDAY,
    )
    case.hear(moved)
    (row,) = case.rows(tables.cases)
    assert (row["stage"], row["manager_id"]) == (Stage.ASSESSMENT, case.manager)


def test_while_the_partner_waits_for_us_its_clock_rests(sent):
    tell(sent, referral.ReferralInformationAsked, TUESDAY + 4 * HOUR)
    assert ("answer-partner", "open") in sent.tasks()
    sent.tick(TUESDAY + 30 * HOUR)
    assert standing(sent, "T24", "respond") is Standing.PAUSED

    tell(sent, referral.ReferralInformationGiven, TUESDAY + 40 * HOUR, respond_by=None)

    reply = sent.deadlines()["T24", "respond"]
    assert (reply.standing, reply.due_at) == (Standing.OPEN, TUESDAY + 60 * HOUR)
    assert ("answer-partner", "done") in sent.tasks()


def test_the_referral_itself_may_name_the_new_moment(sent):
    tell(sent, referral.ReferralInformationAsked, TUESDAY + 4 * HOUR)
    later = TUESDAY + 50 * HOUR
    tell(sent, referral.ReferralInformationGiven, TUESDAY + 40 * HOUR, respond_by=later)
    assert sent.deadlines()["T24", "respond"].due_at == later


@pytest.mark.parametrize(
    ("kind", "told", "reply", "service", "task"),
    [
        (referral.ReferralReceived, {}, "open", "open", None),
        (referral.ReferralSeen, {}, "open", "open", None),
        (referral.ReferralAccepted, {}, "met", "open", None),
        (referral.ReferralScheduled, {"appointment_at": TUESDAY}, "met", "open", None),
        (
            referral.ReferralProgressReported,
            {"sessions_done": 1, "sessions_planned": 4},
            "met",
            "met",
            None,
        ),
        (
            referral.ReferralDeclined,
            {"reason": DeclineReason.NO_SERVICE, "suggested_institution_id": None},
            "met",
            "dropped",
            "refer-again",
        ),
        (
            referral.ReferralFailed,
            {"reason": DeclineReason.CLIENT_UNREACHABLE},
            "met",
            "dropped",
            "refer-again",
        ),
        (referral.ReferralExpired, {}, "dropped", "dropped", "refer-again"),
        (referral.ReferralAbandoned, {}, "dropped", "dropped", "refer-again"),
        (
            referral.ReferralCancelled,
            {"reason": DeclineReason.NEED_CHANGED},
            "dropped",
            "dropped",
            None,
        ),
        (referral.ReferralRetracted, {}, "dropped", "dropped", None),
        (
            referral.ReferralConsentWithdrawn,
            {},
            "dropped",
            "dropped",
            "see-that-partner-stops",
        ),
        (referral.ReferralAnswerContested, {}, "open", "open", "settle-answer"),
    ],
)
def test_what_each_event_of_a_referral_does(sent, kind, told, reply, service, task):
    tell(sent, kind, **told)
    assert standing(sent, "T24", "respond").value == reply
    assert standing(sent, "T24", "serve").value == service
    given = [name for name, how in sent.tasks() if how == "open" and name != "contact"]
    assert given == ["meet-danger"] + ([task] if task else [])


def test_a_partner_that_says_it_stopped_ends_the_task(sent):
    tell(sent, referral.ReferralConsentWithdrawn)
    tell(sent, referral.ReferralStopAcknowledged, TUESDAY + 2 * HOUR)
    assert ("see-that-partner-stops", "done") in sent.tasks()


def test_a_task_already_open_is_not_given_twice(sent):
    tell(sent, referral.ReferralAnswerContested)
    tell(sent, referral.ReferralAnswerContested, TUESDAY + 2 * HOUR)
    assert sent.tasks().count(("settle-answer", "open")) == 1


def test_another_manager_takes_the_open_tasks_over(sent):
    other: UUID = new_id()
    sent.hear(
        intake.CaseAssigned(
            case_id=sent.case, unit_id=sent.unit, manager_id=other, happened_at=TUESDAY
        )
    )
    assert {task["owner_id"] for task in sent.rows(tables.tasks)} == {other}


def test_our_copy_of_a_referral_follows_where_it_stands(sent):
    tell(
        sent,
        referral.ReferralScheduled,
        appointment_at=TUESDAY,
        standing=ReferralStanding.IN_PROGRESS,
        business_state=BusinessState.SCHEDULED,
    )
    (row,) = sent.rows(tables.referrals)
    assert (row["standing"], row["business_state"]) == (
        ReferralStanding.IN_PROGRESS,
        BusinessState.SCHEDULED,
    )


def test_a_referral_taken_over_by_another_unit_takes_its_deadlines_along(sent):
    unit, other = sent.unit, new_id()
    sent.unit = other
    tell(sent, referral.ReferralHandedOver, from_unit_id=unit)
    of_referral = [d for d in sent.rows(tables.deadlines) if d["referral_id"] == REFERRAL]
    assert {one["unit_id"] for one in of_referral} == {other}


def test_a_referral_made_at_the_end_begins_no_contacts(case):
    case.hear(case.sent(REFERRAL, TUESDAY, at_termination=True))
    assert "contact" not in dict(case.tasks())
