"""Write down needs, plan services for them, and keep what the person decides."""

from typing import Any
from uuid import UUID

from services.intake.actions.acting import changed, place_of, publish, signature, the_open_case
from services.intake.actions.versions import plan_to_write_in
from services.intake.domain.case import Case
from services.intake.domain.need import Need, NotReferredReason
from services.intake.domain.plan import PlanItem, ServicePlan
from services.intake.domain.stages import Move
from services.intake.storage.finding import item_of, items_of, latest_plan, need_of
from services.intake.storage.work import Work
from shared.contracts.intake import LoopRule
from shared.contracts.protection import FieldClass
from shared.errors import MoveNotAllowed
from shared.security.actor import Actor

_STORY = [FieldClass.NARRATIVE]


def record_need(work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any]) -> Need:
    """Write a need down."""
    case, signed = the_open_case(work, actor, case_id), signature(work, actor)
    need, told = Need.record(answers, place=place_of(case), signed=signed)
    work.needs.add(need)
    publish(work, [told], by=actor.id)
    work.audit.wrote(actor, "need.record", "need", [need.id], _STORY)
    return need


def leave_need(
    work: Work, actor: Actor, case_id: UUID, need_id: UUID, reason: NotReferredReason
) -> Need:
    """Say why a need has no plan item."""
    case = the_open_case(work, actor, case_id)
    need = need_of(work, case, need_id)
    need.leave(reason)
    work.audit.wrote(actor, "need.leave", "need", [need.id])
    return work.needs.save(need)


def write_item(work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any]) -> PlanItem:
    """Put a service into the plan; an agreed plan gets its next version by that."""
    case = the_open_case(work, actor, case_id)
    item = PlanItem.write(answers, place=place_of(case))
    need_of(work, case, item.need_id)
    plan_to_write_in(work, case)
    work.plan_items.add(item)
    work.audit.wrote(actor, "plan.write_item", "plan_item", [item.id], _STORY)
    return item


def decide(
    work: Work, actor: Actor, case_id: UUID, item_id: UUID, answers: dict[str, Any]
) -> PlanItem:
    """Keep what the person says to a service; she or he may change it at any time."""
    item = item_of(work, the_open_case(work, actor, case_id), item_id)
    item.decide(answers)
    work.audit.wrote(actor, "plan.decide", "plan_item", [item.id], _STORY)
    return work.plan_items.save(item)


def agree_plan(work: Work, actor: Actor, case_id: UUID) -> ServicePlan:
    """The plan is agreed with the person, as it stands now."""
    case = the_open_case(work, actor, case_id)
    plan = latest_plan(work, case.id)
    if plan is None:
        raise MoveNotAllowed("plan", "agree", "-")
    items = items_of(work, case)
    told = plan.agree(items, signed=signature(work, actor))
    work.plans.save(plan)
    publish(work, [told], by=actor.id)
    work.audit.wrote(actor, "plan.agree", "plan", [plan.id])
    return plan


def nobody_left(work: Work, actor: Actor, case_id: UUID, item_id: UUID) -> Case:
    """No partner gives this service: a gap, and back to planning (R3)."""
    case = the_open_case(work, actor, case_id)
    item = item_of(work, case, item_id)
    item.unavailable = True
    work.plan_items.save(item)
    need = need_of(work, case, item.need_id)
    need.leave(NotReferredReason.SERVICE_UNAVAILABLE)
    work.needs.save(need)
    told = case.go_back(Move.REPLAN, LoopRule.R3, at=work.clock.now(case.unit_id))
    return changed(work, actor, case, "plan.nobody_left", told)
