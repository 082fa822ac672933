"""Write a report one question at a time; every screen is kept on the server."""

from typing import Any
from uuid import UUID

from services.intake.actions.acting import signature, unit_of
from services.intake.actions.reports import receive_report
from services.intake.domain.draft import Draft
from services.intake.domain.report import Report
from services.intake.storage.visible import own_drafts, visible_guests
from services.intake.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.security.actor import Actor


def begin_draft(work: Work, actor: Actor, *, guest_id: UUID | None = None) -> Draft:
    """Begin a report; what the guest book knows is carried over."""
    guest = work.guests.get(guest_id, visible_guests(actor)) if guest_id else None
    at = work.clock.now(unit_of(actor))
    draft = work.drafts.add(Draft.begin(unit_of(actor), by=actor.id, at=at, guest=guest))
    work.audit.wrote(actor, "draft.begin", "draft", [draft.id])
    return draft


def the_draft(work: Work, actor: Actor, draft_id: UUID) -> Draft:
    """Return a draft of the actor's own."""
    return work.drafts.get(draft_id, own_drafts(actor))


def keep_answers(
    work: Work,
    actor: Actor,
    draft_id: UUID,
    path: str,
    answers: dict[str, Any],
    *,
    next_question: str,
) -> Draft:
    """Keep the answers of one screen and remember where the work goes on."""
    draft = the_draft(work, actor, draft_id)
    at = signature(work, actor).at
    draft.keep(path, answers, next_question=next_question, at=at)
    work.audit.wrote(actor, "draft.keep", "draft", [draft.id], [FieldClass.NARRATIVE])
    return work.drafts.save(draft)


def add_person(work: Work, actor: Actor, draft_id: UUID, block: str) -> Draft:
    """Make room for one more person or alleged perpetrator."""
    draft = the_draft(work, actor, draft_id)
    draft.add_row(block)
    return work.drafts.save(draft)


def finish_draft(work: Work, actor: Actor, draft_id: UUID) -> Report:
    """Turn a draft into a report; the draft is gone afterwards.

    Who presses twice at once finds it gone: the draft is held from the beginning (Stale).
    """
    draft = work.drafts.save(the_draft(work, actor, draft_id))
    answers = draft.finished()
    safety = answers.pop("safety", None)
    report = receive_report(
        work, actor, answers, safety=safety, guest_id=draft.guest_id, report_id=draft.id
    )
    work.drafts.remove(draft.id)
    return report


def throw_away(work: Work, actor: Actor, draft_id: UUID) -> None:
    """Throw a draft away."""
    draft = the_draft(work, actor, draft_id)
    work.drafts.remove(draft.id)
    work.audit.wrote(actor, "draft.throw_away", "draft", [draft.id])
