"""Versions of the service plan: an agreed one is never written in."""

from services.intake.domain.case import Case
from services.intake.domain.plan import PlanStanding, ServicePlan
from services.intake.domain.sheet import Place
from services.intake.storage.finding import latest_plan
from services.intake.storage.work import Work
from shared.contracts.intake import CaseStageMoved
from shared.contracts.vocabulary import Stage


def plan_to_write_in(work: Work, case: Case) -> ServicePlan:
    """Return the version that may still be written in; begin the next one when there is none."""
    return _draft(work, Place(owner_id=case.id, unit_id=case.unit_id))


def revise_after(work: Work, told: CaseStageMoved) -> None:
    """A case that went back to assessment or planning needs its plan agreed anew."""
    back = told.rule is not None and told.to_stage in (Stage.ASSESSMENT, Stage.PLANNING)
    if back and latest_plan(work, told.case_id) is not None:
        _draft(work, Place(owner_id=told.case_id, unit_id=told.unit_id))


def _draft(work: Work, place: Place) -> ServicePlan:
    latest = latest_plan(work, place.owner_id)
    if latest is not None and latest.standing is PlanStanding.DRAFT:
        return latest
    made = ServicePlan.begin(place=place, after=latest)
    if latest is not None:
        work.plans.save(latest)
    return work.plans.add(made)
