"""Referrals in any situation, and every move with facts that satisfy its guards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.referral.domain.limits import due
from services.referral.domain.moves import (
    Made,
    Move,
    Party,
)
from services.referral.domain.referral import (
    Readiness,
    Referral,
)
from shared.contracts.protection import LegalBasis
from shared.contracts.referral_words import BusinessState as State
from shared.contracts.referral_words import Door, ReferralResult, Urgency
from shared.contracts.referral_words import ReferralStanding as Standing
from shared.contracts.vocabulary import AgeBand, DeclineReason, Service
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
