"""The rules of a referral: who may do what, when, and what is kept of it."""

from datetime import timedelta
from itertools import product

import pytest

from services.referral.domain.answers import NothingRecorded, NothingToStop
from services.referral.domain.deliveries import (
    AppointmentPast,
    NoAppointment,
    SessionsWrong,
    WaitingForWhat,
)
from services.referral.domain.limits import silent_past
from services.referral.domain.moves import (
    DOORS,
    EvidenceMissing,
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
)
from services.referral.domain.sending_side import HandoverNotAccepted, NotSilent, PlanItemThere
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import BusinessState as State
from shared.contracts.referral_words import Door, ReferralResult
from shared.contracts.referral_words import ReferralStanding as Standing
from shared.contracts.vocabulary import DeclineReason
from shared.errors import SecondPersonNeeded
from shared.identifiers import new_id
from tests.unit.referral.builders import BUDI, DO, DUE, LATER, NOON, a_referral, made


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
