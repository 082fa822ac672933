"""Who works on which case: intake tells, and it decides who sees the referrals of the case."""

from services.referral.storage.work import Work
from shared.contracts.intake import CaseAccompanied, CaseAssigned, CaseOpened


def follow_opening(work: Work, told: CaseOpened) -> None:
    """Somebody of the unit opened a case."""
    work.remember_case(told.case_id, told.unit_id, opened_by=told.opened_by)


def follow_assignment(work: Work, told: CaseAssigned) -> None:
    """One case manager answers for the case from now on."""
    work.remember_case(told.case_id, told.unit_id, manager_id=told.manager_id)


def follow_companion(work: Work, told: CaseAccompanied) -> None:
    """Somebody walks with the person from now on, or nobody any more."""
    work.remember_case(told.case_id, told.unit_id, companion_id=told.companion_id)
