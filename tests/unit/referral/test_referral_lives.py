"""Whole lives of referrals, made at random: what always holds."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.referral.domain.limits import due
from services.referral.domain.moves import Made, Move, Party
from services.referral.domain.referral import Readiness, Referral
from services.referral.domain.steps import SETTLED, STATES
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import (
    BusinessState,
    Door,
    ReferralResult,
    ReferralStanding,
    Urgency,
)
from shared.contracts.vocabulary import AgeBand, DeclineReason, Service
from shared.errors import RajutError
from shared.identifiers import new_id

NOON = datetime(2026, 3, 4, 9, tzinfo=UTC)
PEOPLE = [new_id(), new_id()]
ENDINGS = {*SETTLED, ReferralStanding.ENTERED_IN_ERROR}

WITH = {
    Move.DECLINE: lambda at: {"reason": DeclineReason.AT_CAPACITY},
    Move.CANCEL: lambda at: {"reason": DeclineReason.NEED_CHANGED},
    Move.ASK_CANCELLATION: lambda at: {"reason": DeclineReason.SAFETY},
    Move.FAIL: lambda at: {"reason": DeclineReason.CLIENT_UNREACHABLE},
    Move.SCHEDULE: lambda at: {"appointment_at": at + timedelta(days=1)},
    Move.HOLD: lambda at: {"waiting_for": BusinessState.WAITING_DOCUMENT},
    Move.COMPLETE: lambda at: {"result": ReferralResult.GIVEN},
    Move.HAND_OVER: lambda at: {"to_unit_id": new_id(), "accepted_at": at},
    Move.ATTACH_PLAN_ITEM: lambda at: {"plan_item_id": new_id(), "plan_item_version": 1},
}


class Life(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    @initialize(emergency=st.booleans(), basis=st.sampled_from(LegalBasis))
    def send(self, emergency, basis):
        self.at = NOON
        self.events = []
        self.referral = Referral(
            id=new_id(),
            code="R-0000000",
            person_code="P-0000000",
            case_id=new_id(),
            unit_id=new_id(),
            institution_id=new_id(),
            service=Service.PSI_TERAPI,
            urgency=Urgency.RUTIN,
            high_risk=False,
            age_band=AgeBand.U18_24,
            with_companion=False,
            basis=basis,
            emergency=emergency,
        )
        ready = Readiness(
            counselled_at=NOON, person_agreed=True, plan_item_id=new_id(), emergency=emergency
        )
        dates = due(Service.PSI_TERAPI, Urgency.RUTIN, sent_at=NOON)
        made = Made(party=Party.UNIT, door=Door.STAFF, at=NOON, by=PEOPLE[0])
        self.events.append(self.referral.send(made, due=dates, readiness=ready))

    @rule(
        move=st.sampled_from([move for move in Move if move is not Move.SEND]),
        party=st.sampled_from(Party),
        door=st.sampled_from(Door),
        by=st.sampled_from(PEOPLE),
        minutes=st.integers(-90, 60 * 24 * 9),
    )
    def try_anything(self, move, party, door, by, minutes):
        self.at += timedelta(minutes=minutes)
        made = Made(party=party, door=door, at=self.at, by=by, note="Ket.", evidence="Surat 1")
        before = (self.referral.standing, self.referral.business_state, self.referral.move_no)
        entries = len(self.referral.entries)
        try:
            told = getattr(self.referral, move.value)(
                made, **WITH.get(move, lambda at: {})(made.at)
            )
        except RajutError:
            told = None
        if told is None:
            after = (self.referral.standing, self.referral.business_state, self.referral.move_no)
            assert (after, len(self.referral.entries)) == (before, entries)
            return
        self.events.append(told)
        assert before[0] not in ENDINGS or self.referral.standing in (
            before[0],
            ReferralStanding.ENTERED_IN_ERROR,
        )

    @invariant()
    def it_stands_in_one_place_that_exists(self):
        assert self.referral.business_state in STATES[self.referral.standing]

    @invariant()
    def every_move_is_one_row_and_one_event_in_order(self):
        numbers = list(range(1, self.referral.move_no + 1))
        assert [entry.move_no for entry in self.referral.entries] == numbers
        assert [event.move_no for event in self.events] == numbers

    @invariant()
    def the_partner_never_loses_time(self):
        assert self.referral.rested_seconds >= 0
        assert self.referral.respond_by >= NOON + timedelta(hours=24)
        assert self.referral.expires_at >= self.referral.respond_by

    @invariant()
    def only_a_partner_that_waits_for_an_answer_rests(self):
        waiting = self.referral.business_state is BusinessState.AWAITING_INFORMATION
        assert self.referral.resting == waiting


Life.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
test_a_referral_lives_by_its_rules = Life.TestCase
