"""The table of what the events of a referral do."""

import pytest

from services.monitoring.domain.deadlines import Move
from services.monitoring.domain.reactions import REACTIONS
from services.monitoring.domain.tasks import TaskKind
from shared.contracts import referral
from shared.contracts.referral import ReferralEvent

#: Events that leave deadlines and tasks as they are, or have an action of their own.
ELSEWHERE = {
    referral.ReferralSent,
    referral.ReferralPlanItemAttached,
    referral.ReferralSeen,
    referral.ReferralReceived,
    referral.ReferralNoShowRecorded,
    referral.ReferralAppointmentCancelled,
    referral.ReferralHeld,
    referral.ReferralResumed,
    referral.ReferralRevised,
    referral.ReferralCancellationAsked,
    referral.ReferralContinued,
    referral.ReferralResultAdded,
    referral.ReferralRetractionAsked,
    referral.ReferralAbandonmentAsked,
    referral.ReferralHandedOver,
}


def test_every_event_of_a_referral_is_either_in_the_table_or_known_to_change_nothing():
    assert set(REACTIONS) | ELSEWHERE == set(ReferralEvent.__subclasses__())
    assert not set(REACTIONS) & ELSEWHERE


@pytest.mark.parametrize("told", sorted(REACTIONS, key=lambda told: told.topic))
def test_no_event_gives_a_task_and_takes_the_same_away(told):
    assert REACTIONS[told].gives not in REACTIONS[told].ends - {TaskKind.REFER_AGAIN}


def test_help_that_is_lost_is_looked_for_elsewhere():
    lost = {told for told, row in REACTIONS.items() if row.gives is TaskKind.REFER_AGAIN}
    assert lost == {
        referral.ReferralDeclined,
        referral.ReferralFailed,
        referral.ReferralExpired,
        referral.ReferralAbandoned,
    }


def test_only_a_question_makes_the_clock_rest():
    resting = {told for told, row in REACTIONS.items() if row.reply is Move.PAUSE}
    assert resting == {referral.ReferralInformationAsked}
