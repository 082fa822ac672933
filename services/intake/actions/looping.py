"""Counselling, the short reassessment, the duty to report, closing and reopening."""

from typing import Any
from uuid import UUID

from services.intake.actions.acting import (
    LEADS,
    changed,
    place_of,
    signature,
    the_case,
    the_open_case,
)
from services.intake.domain.case import Case
from services.intake.domain.closing import agreed, propose
from services.intake.domain.counselling import counsel as keep_counselling
from services.intake.domain.duty import settle
from services.intake.domain.forms.casework import COUNSELLING
from services.intake.domain.forms.duty import DUTY
from services.intake.domain.forms.looping import CLOSURE, REASSESSMENT, REOPENING
from services.intake.domain.sheet import fill_page
from services.intake.storage.facts import facts_of
from services.intake.storage.finding import reassessment_of
from services.intake.storage.work import Work
from shared.contracts.intake import CounsellingDecision
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import TerminationReason
from shared.errors import SecondPersonNeeded
from shared.security.actor import Actor

_STORY = [FieldClass.NARRATIVE]


def counsel(
    work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Case:
    """Keep basic counselling (F11); SELESAI leads straight to evaluation (R6)."""
    case, signed = the_open_case(work, actor, case_id, seen=seen), signature(work, actor)
    sheet = fill_page(COUNSELLING, answers, place=place_of(case), signed=signed)
    facts = facts_of(work, case)
    told = keep_counselling(case, answers, facts, roles=actor.roles, at=signed.at)
    work.sheets.add(sheet)
    finished = told.decision is CounsellingDecision.SELESAI
    moved = case.finish(at=signed.at) if finished else None
    return changed(work, actor, case, "case.counsel", told, moved, classes=_STORY)


def answer_reassessment(
    work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Case:
    """Answer the three questions; the case goes where they lead (R1, R4)."""
    case, signed = the_open_case(work, actor, case_id, seen=seen), signature(work, actor)
    opened = reassessment_of(work, case)
    sheet = fill_page(REASSESSMENT, answers, place=place_of(case), signed=signed)
    told = opened.answer(case, answers, by=actor.id, at=signed.at)
    work.sheets.add(sheet)
    work.reassessments.save(opened)
    return changed(work, actor, case, "case.reassess", *told, classes=_STORY)


def settle_duty(
    work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Case:
    """Keep the mandatory report (F21). Not filing takes somebody other than the manager."""
    case, signed = the_open_case(work, actor, case_id, seen=seen), signature(work, actor)
    sheet = fill_page(DUTY, answers, place=place_of(case), signed=signed)
    if not answers["filed"] and (actor.id == case.manager_id or not actor.holds(LEADS)):
        raise SecondPersonNeeded
    told = settle(case, answers.get("filed_at") if answers["filed"] else None, at=signed.at)
    work.sheets.add(sheet)
    return changed(work, actor, case, "case.settle_duty", told, classes=_STORY)


def close_case(
    work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Case:
    """Fill in the termination sheet and close, or leave it to a second person to agree."""
    case, signed = the_open_case(work, actor, case_id, seen=seen), signature(work, actor)
    sheet = fill_page(CLOSURE, answers, place=place_of(case), signed=signed)
    reason = TerminationReason(answers["reason"])
    waits = propose(case, reason, by=actor.id)
    work.sheets.add(sheet)
    if waits:
        return changed(work, actor, case, "case.propose_closing", classes=_STORY)
    told = case.close(reason, facts_of(work, case), at=signed.at)
    return changed(work, actor, case, "case.close", *told, classes=_STORY)


def agree_to_close(work: Work, actor: Actor, case_id: UUID, *, seen: int | None = None) -> Case:
    """Agree, as a second person, to the reason for closing."""
    case = the_case(work, actor, case_id, seen=seen)
    reason = agreed(case, by=actor.id, roles=actor.roles)
    told = case.close(reason, facts_of(work, case), at=work.clock.now(case.unit_id))
    return changed(work, actor, case, "case.agree_to_close", *told)


def reopen(
    work: Work, actor: Actor, case_id: UUID, answers: dict[str, Any], *, seen: int | None = None
) -> Case:
    """Open the same case again: it recurred, or there is a new need (R9)."""
    case, signed = the_case(work, actor, case_id, seen=seen), signature(work, actor)
    sheet = fill_page(REOPENING, answers, place=place_of(case), signed=signed)
    told = case.reopen(at=signed.at)
    work.sheets.add(sheet)
    return changed(work, actor, case, "case.reopen", *told, classes=_STORY)
