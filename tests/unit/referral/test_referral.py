"""The rules of a referral: who may do what, when, and what is kept of it."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from services.referral.domain.answers import NothingRecorded, NothingToStop
from services.referral.domain.deliveries import (
    AppointmentPast,
    NoAppointment,
    SessionsWrong,
    WaitingForWhat,
)
from services.referral.domain.limits import due, silent_past
from services.referral.domain.moves import (
    DOORS,
    EvidenceMissing,
    Made,
    Move,
    NotYourMove,
    Party,
)
from services.referral.domain.reasons import OURS, NoteMissing, ReasonNotAllowed
from services.referral.domain.referral import (
    BasisIsNotConsent,
    NotReady,
    NotYetExpired,
    Readiness,
    Referral,
)
from services.referral.domain.sending_side import HandoverNotAccepted, NotSilent, PlanItemThere
from services.referral.domain.steps import PARTIES, STATES, STEPS
from shared.contracts.protection import LegalBasis
from shared.contracts.referral import BusinessState as State
from shared.contracts.referral import Door, ReferralResult, Urgency
from shared.contracts.referral import ReferralStanding as Standing
from shared.contracts.vocabulary import AgeBand, DeclineReason, Service
from shared.errors import MoveNotAllowed, SecondPersonNeeded
from shared.identifiers import new_id

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=40)
ANA, BUDI = UUID(int=1), UUID(int=2)


def made(party: Party, *, at: datetime = NOON, by: UUID = ANA, door: Door | None = None, **said):
    usual = {Party.PARTNER: Door.PORTAL, Party.UNIT: Door.STAFF, Party.CASE_MANAGER: Door.STAFF}
    return Made(
        party=party,
        door=door or usual.get(party, Door.SYSTEM),
        at=at,
        by=by,
        note=said.pop("note", "Keterangan."),
        **said,
    )


def a_referral(standing=Standing.DRAFT, state=None, **facts) -> Referral:
    """A referral for which every guard is satisfied, so that only the table decides."""
    return Referral(
        **{
            "id": new_id(),
            "code": "R-0000000",
            "person_code": "P-0000000",
            "case_id": new_id(),
            "unit_id": new_id(),
            "institution_id": new_id(),
            "service": Service.PSI_TERAPI,
            "urgency": Urgency.RUTIN,
            "high_risk": False,
            "age_band": AgeBand.U13_17,
            "with_companion": True,
            "basis": LegalBasis.CONSENT,
            "standing": standing,
            "business_state": state,
            "requested_at": NOON,
            "respond_by": NOON + timedelta(hours=24),
            "expires_at": NOON,
            "appointment_at": NOON,
            "partner_heard_at": NOON,
            "reason": DeclineReason.CLIENT_DECLINED,
            "before_hold": State.UNDER_WAY,
            "before_asking": State.WAITING_PERSON
            if standing is Standing.ON_HOLD
            else State.UNDER_WAY,
            "stop_asked_at": NOON,
            "abandonment_asked_by": BUDI,
            "retraction_asked_by": BUDI,
            "recorded_answer_no": 3,
            **facts,
        }
    )


READY = Readiness(counselled_at=NOON, person_agreed=True, plan_item_id=new_id(), emergency=False)
DUE = due(Service.PSI_TERAPI, Urgency.RUTIN, sent_at=NOON)
GONE = DeclineReason.CLIENT_DECLINED

DO: dict[Move, Callable[[Referral, Made], object]] = {
    Move.SEND: lambda r, m: r.send(m, due=DUE, readiness=READY),
    Move.SEE: lambda r, m: r.see(m),
    Move.RECEIVE: lambda r, m: r.receive(m),
    Move.ASK_INFORMATION: lambda r, m: r.ask_information(m),
    Move.GIVE_INFORMATION: lambda r, m: r.give_information(m),
    Move.ACCEPT: lambda r, m: r.accept(m),
    Move.DECLINE: lambda r, m: r.decline(m, reason=DeclineReason.AT_CAPACITY),
    Move.CANCEL: lambda r, m: r.cancel(m, reason=GONE),
    Move.EXPIRE: lambda r, m: r.expire(m),
    Move.WAITLIST: lambda r, m: r.waitlist(m),
    Move.SCHEDULE: lambda r, m: r.schedule(m, appointment_at=m.at + timedelta(days=1)),
    Move.RECORD_NO_SHOW: lambda r, m: r.record_no_show(m),
    Move.CANCEL_APPOINTMENT: lambda r, m: r.cancel_appointment(m),
    Move.REPORT_PROGRESS: lambda r, m: r.report_progress(m, sessions_done=r.sessions_done + 1),
    Move.HOLD: lambda r, m: r.hold(m, waiting_for=State.WAITING_PERSON),
    Move.RESUME: lambda r, m: r.resume(m),
    Move.REVISE: lambda r, m: r.revise(m, sessions_planned=2),
    Move.ASK_CANCELLATION: lambda r, m: r.ask_cancellation(m, reason=GONE),
    Move.AGREE_TO_CANCEL: lambda r, m: r.agree_to_cancel(m),
    Move.GO_ON: lambda r, m: r.go_on(m),
    Move.COMPLETE: lambda r, m: r.complete(m, result=ReferralResult.GIVEN),
    Move.ADD_RESULT: lambda r, m: r.add_result(m),
    Move.FAIL: lambda r, m: r.fail(m, reason=DeclineReason.CLIENT_UNREACHABLE),
    Move.ASK_ABANDONMENT: lambda r, m: r.ask_abandonment(m),
    Move.ABANDON: lambda r, m: r.abandon(m),
    Move.WITHDRAW_CONSENT: lambda r, m: r.withdraw_consent(m),
    Move.ACKNOWLEDGE_STOP: lambda r, m: r.acknowledge_stop(m),
    Move.CLOSE_LOOP: lambda r, m: r.close_loop(m),
    Move.ASK_RETRACTION: lambda r, m: r.ask_retraction(m),
    Move.RETRACT: lambda r, m: r.retract(m),
    Move.HAND_OVER: lambda r, m: r.hand_over(m, to_unit_id=new_id(), accepted_at=NOON),
    Move.ATTACH_PLAN_ITEM: lambda r, m: r.attach_plan_item(
        m, plan_item_id=new_id(), plan_item_version=1
    ),
    Move.CONTEST: lambda r, m: r.contest(m),
}

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


@pytest.mark.parametrize(("party", "door"), list(product(Party, Door)))
def test_a_party_comes_only_through_its_own_doors(party, door):
    move = {
        Party.PARTNER: Move.RECEIVE,
        Party.UNIT: Move.CANCEL,
        Party.CASE_MANAGER: Move.CLOSE_LOOP,
        Party.CLOCK: Move.EXPIRE,
        Party.INTAKE: Move.WITHDRAW_CONSENT,
    }[party]
    standing = Standing.REJECTED if party is Party.CASE_MANAGER else Standing.REQUESTED
    referral = a_referral(standing)
    by = made(party, door=door, evidence="Surat 12/2026")

    if door in DOORS[party]:
        DO[move](referral, by)
        assert referral.entries[0].door is door
    else:
        with pytest.raises(NotYourMove):
            DO[move](referral, by)


def test_an_answer_by_letter_needs_evidence_and_may_be_contested_once():
    referral = a_referral(Standing.REQUESTED, recorded_answer_no=None)
    with pytest.raises(NothingRecorded):
        referral.contest(made(Party.PARTNER))
    with pytest.raises(EvidenceMissing):
        referral.accept(made(Party.PARTNER, door=Door.LETTER, evidence=" "))

    referral.accept(made(Party.PARTNER, door=Door.PHONE, evidence="Telepon 10.15, bagian piket"))
    referral.contest(made(Party.PARTNER))
    with pytest.raises(NothingRecorded):
        referral.contest(made(Party.PARTNER))


def test_nobody_contests_or_opens_a_referral_by_letter():
    by_letter = made(Party.PARTNER, door=Door.LETTER, evidence="Surat")
    with pytest.raises(NotYourMove):
        a_referral(Standing.REQUESTED).contest(by_letter)
    with pytest.raises(NotYourMove):
        a_referral(Standing.REQUESTED).see(by_letter)


def test_only_the_first_look_is_a_fact():
    referral = a_referral(Standing.REQUESTED)
    assert referral.see(made(Party.PARTNER)) is not None
    assert referral.see(made(Party.PARTNER, at=LATER)) is None
    assert (referral.first_seen_at, referral.move_no) == (NOON, 1)


@pytest.mark.parametrize("reason", sorted(OURS))
def test_expired_and_no_consent_are_never_a_partners_codes(reason):
    with pytest.raises(ReasonNotAllowed):
        a_referral(Standing.REQUESTED).decline(made(Party.PARTNER), reason=reason)
    with pytest.raises(ReasonNotAllowed):
        a_referral(Standing.IN_PROGRESS, State.UNDER_WAY).fail(made(Party.PARTNER), reason=reason)
    with pytest.raises(ReasonNotAllowed):
        a_referral(Standing.REQUESTED).cancel(made(Party.UNIT), reason=reason)


def test_other_needs_a_note():
    silent = made(Party.PARTNER, note=" ")
    with pytest.raises(NoteMissing):
        a_referral(Standing.REQUESTED).decline(silent, reason=DeclineReason.OTHER)


def test_a_partner_that_declines_may_name_another():
    another = new_id()
    referral = a_referral(Standing.REQUESTED)
    event = referral.decline(
        made(Party.PARTNER), reason=DeclineReason.OUT_OF_AREA, suggested_institution_id=another
    )
    assert event.suggested_institution_id == referral.suggested_institution_id == another


@pytest.mark.parametrize(
    ("readiness", "ready"),
    [
        ({}, True),
        ({"counselled_at": None}, False),
        ({"person_agreed": False}, False),
        ({"plan_item_id": None}, False),
        ({"counselled_at": None, "plan_item_id": None, "emergency": True}, True),
    ],
)
def test_a_referral_follows_counselling_and_a_yes_or_is_an_emergency(readiness, ready):
    usual = {"counselled_at": NOON, "person_agreed": True, "plan_item_id": new_id()}
    facts = Readiness(**({"emergency": False} | usual | readiness))
    referral = a_referral(Standing.DRAFT, plan_item_id=facts.plan_item_id)
    if ready:
        event = referral.send(made(Party.UNIT), due=DUE, readiness=facts)
        assert (event.plan_item_id is None) == (referral.plan_item_due_at is not None)
    else:
        with pytest.raises(NotReady):
            referral.send(made(Party.UNIT), due=DUE, readiness=facts)
        assert referral.standing is Standing.DRAFT


def test_the_plan_item_of_an_emergency_is_attached_once():
    referral = a_referral(Standing.ACCEPTED)
    referral.attach_plan_item(made(Party.UNIT), plan_item_id=new_id(), plan_item_version=1)
    with pytest.raises(PlanItemThere):
        referral.attach_plan_item(made(Party.UNIT), plan_item_id=new_id(), plan_item_version=1)


def test_the_response_clock_rests_while_the_partner_waits_for_an_answer():
    referral = a_referral(Standing.RECEIVED)
    referral.ask_information(made(Party.PARTNER, at=NOON + timedelta(hours=1)))
    assert referral.resting

    event = referral.give_information(made(Party.UNIT, at=NOON + timedelta(hours=6)))

    assert event.respond_by == NOON + timedelta(hours=29)
    assert referral.expires_at == NOON + timedelta(hours=5)
    assert (referral.standing, referral.rested_seconds) == (Standing.RECEIVED, 5 * 3600)


def test_a_clock_set_back_never_takes_time_from_the_partner():
    referral = a_referral(Standing.REQUESTED)
    referral.ask_information(made(Party.PARTNER, at=NOON))
    event = referral.give_information(made(Party.UNIT, at=NOON - timedelta(hours=3)))
    assert event.respond_by == NOON + timedelta(hours=24)


def test_looking_at_it_does_not_end_the_rest_but_accepting_does():
    referral = a_referral(Standing.REQUESTED)
    referral.ask_information(made(Party.PARTNER))
    referral.see(made(Party.PARTNER))
    assert referral.resting
    referral.accept(made(Party.PARTNER, at=LATER))
    assert not referral.resting


def test_a_pause_and_a_wish_to_cancel_give_back_what_was():
    referral = a_referral(Standing.IN_PROGRESS, State.NO_SHOW)
    referral.hold(made(Party.PARTNER), waiting_for=State.WAITING_PERSON)
    referral.ask_cancellation(made(Party.UNIT), reason=DeclineReason.NEED_CHANGED)
    referral.go_on(made(Party.PARTNER))
    assert (referral.standing, referral.business_state) == (Standing.ON_HOLD, State.WAITING_PERSON)
    assert referral.reason is None
    referral.resume(made(Party.PARTNER))
    assert (referral.standing, referral.business_state) == (Standing.IN_PROGRESS, State.NO_SHOW)


def test_a_pause_says_what_it_waits_for():
    referral = a_referral(Standing.IN_PROGRESS, State.UNDER_WAY)
    with pytest.raises(WaitingForWhat):
        referral.hold(made(Party.PARTNER), waiting_for=State.EXPIRED)


def test_the_unit_answers_what_a_paused_partner_waits_for():
    referral = a_referral(Standing.ON_HOLD, State.WAITING_DOCUMENT)
    event = referral.give_information(made(Party.UNIT))
    assert (event.standing, event.respond_by) == (Standing.IN_PROGRESS, None)


def test_an_appointment_lies_ahead_and_only_an_appointment_can_be_missed():
    referral = a_referral(Standing.ACCEPTED, appointment_at=None)
    with pytest.raises(AppointmentPast):
        referral.schedule(made(Party.PARTNER), appointment_at=NOON)
    referral.report_progress(made(Party.PARTNER), sessions_done=1, sessions_planned=4)
    with pytest.raises(NoAppointment):
        referral.record_no_show(made(Party.PARTNER))
    with pytest.raises(AppointmentPast):
        referral.report_progress(made(Party.PARTNER), next_appointment_at=NOON)
    with pytest.raises(NoAppointment):
        referral.cancel_appointment(made(Party.UNIT))


def test_sessions_never_go_down_and_the_first_service_is_kept():
    referral = a_referral(Standing.ACCEPTED)
    event = referral.report_progress(made(Party.PARTNER), sessions_done=2, sessions_planned=4)
    assert (event.sessions_done, event.sessions_planned) == (2, 4)
    with pytest.raises(SessionsWrong):
        referral.complete(made(Party.PARTNER), result=ReferralResult.GIVEN, sessions_done=1)
    done = referral.complete(made(Party.PARTNER, at=LATER), result=ReferralResult.GIVEN_IN_PART)
    assert (done.sessions_done, referral.first_service_at) == (2, NOON)


def test_a_revised_dose_may_be_declined_or_failed():
    accepted = a_referral(Standing.ACCEPTED)
    accepted.revise(made(Party.UNIT), sessions_planned=12)
    accepted.decline(made(Party.PARTNER), reason=DeclineReason.AT_CAPACITY)
    working = a_referral(Standing.IN_PROGRESS, State.UNDER_WAY)
    working.revise(made(Party.UNIT))
    working.fail(made(Party.PARTNER), reason=DeclineReason.NO_FUNDING)
    assert (accepted.standing, working.standing) == (Standing.REJECTED, Standing.FAILED)


def test_a_partner_is_given_up_only_when_silent_and_by_two_people():
    referral = a_referral(
        Standing.IN_PROGRESS, State.UNDER_WAY, appointment_at=None, abandonment_asked_by=None
    )
    early = NOON + silent_past(referral.service)
    late = early + timedelta(seconds=1)
    with pytest.raises(NotSilent):
        referral.ask_abandonment(made(Party.UNIT, at=early))
    with pytest.raises(SecondPersonNeeded):
        referral.abandon(made(Party.UNIT, at=late))
    referral.ask_abandonment(made(Party.UNIT, at=late))
    with pytest.raises(SecondPersonNeeded):
        referral.abandon(made(Party.UNIT, at=late))

    referral.abandon(made(Party.UNIT, at=late, by=BUDI))

    assert referral.business_state is State.ABANDONED
    assert referral.access_ended_at == late


def test_a_partner_that_is_heard_again_is_no_longer_being_given_up():
    referral = a_referral(Standing.IN_PROGRESS, State.UNDER_WAY)
    referral.report_progress(made(Party.PARTNER))
    assert referral.abandonment_asked_by is None


def test_a_partner_never_heard_of_is_not_silent():
    referral = a_referral(Standing.ACCEPTED, appointment_at=None, partner_heard_at=None)
    with pytest.raises(NotSilent):
        referral.ask_abandonment(made(Party.UNIT, at=LATER))


def test_withdrawal_ends_only_what_rests_on_consent_and_asks_for_an_acknowledgement():
    by_law = a_referral(Standing.ACCEPTED, basis=LegalBasis.LEGAL_DUTY)
    with pytest.raises(BasisIsNotConsent):
        by_law.withdraw_consent(made(Party.INTAKE))

    referral = a_referral(Standing.ACCEPTED, stop_asked_at=None)
    referral.withdraw_consent(made(Party.INTAKE))
    assert referral.stop_outstanding
    assert referral.reason is DeclineReason.NO_CONSENT
    referral.acknowledge_stop(made(Party.PARTNER))
    with pytest.raises(NothingToStop):
        referral.acknowledge_stop(made(Party.PARTNER))


def test_a_draft_is_retracted_by_one_and_a_sent_referral_by_two():
    a_referral(Standing.DRAFT, retraction_asked_by=None).retract(made(Party.UNIT))
    sent = a_referral(Standing.REJECTED, retraction_asked_by=None)
    with pytest.raises(SecondPersonNeeded):
        sent.retract(made(Party.UNIT))
    sent.ask_retraction(made(Party.UNIT))
    sent.retract(made(Party.UNIT, by=BUDI))
    assert sent.stop_outstanding


def test_expiry_waits_for_its_time():
    referral = a_referral(Standing.REQUESTED, expires_at=LATER)
    with pytest.raises(NotYetExpired):
        referral.expire(made(Party.CLOCK, at=LATER - timedelta(seconds=1)))
    referral.expire(made(Party.CLOCK, at=LATER))
    assert referral.reason is DeclineReason.EXPIRED


def test_a_handover_must_have_been_accepted_by_another_unit():
    referral = a_referral(Standing.ACCEPTED)
    own = referral.unit_id
    for to, accepted in ((own, NOON), (new_id(), None), (new_id(), LATER)):
        with pytest.raises(HandoverNotAccepted):
            referral.hand_over(made(Party.UNIT), to_unit_id=to, accepted_at=accepted)
    event = referral.hand_over(made(Party.UNIT), to_unit_id=BUDI, accepted_at=NOON)
    assert (event.from_unit_id, event.unit_id, referral.unit_id) == (own, BUDI, BUDI)
