"""Gathers what is on file about a case, so that the rules can decide."""

from services.intake.domain.case import Case
from services.intake.domain.consent import Consent, Speaker
from services.intake.domain.facts import Facts
from services.intake.domain.forms.lists import is_child
from services.intake.domain.plan import Mode, PersonDecision, PlanStanding
from services.intake.domain.sheet import Sheet
from services.intake.storage.finding import latest_plan
from services.intake.storage.tables import (
    consents,
    needs,
    partner_help,
    plan_items,
    sheets,
)
from services.intake.storage.work import Work
from shared.contracts.vocabulary import ConsentScope


def facts_of(work: Work, case: Case) -> Facts:
    """Return what the guards need to know of a case, now."""
    found = work.needs.find(needs.c.case_id == case.id)
    items = work.plan_items.find(plan_items.c.case_id == case.id)
    answered = {item.need_id for item in items}
    helped = work.partner_help.find(partner_help.c.case_id == case.id)
    services = current_consent(work, case, ConsentScope.LAYANAN)
    plan = latest_plan(work, case.id)
    given = any(
        item.mode is not Mode.RUJUKAN and item.decision is PersonDecision.SETUJU for item in items
    )
    return Facts(
        safety_screened=case.safety_screened,
        consent_decided=services is not None,
        services_allowed=services is not None and services.in_force(work.clock.now(case.unit_id)),
        has_manager=case.manager_id is not None,
        primary_class=case.primary_class,
        risk=case.risk,
        authority=case.authority,
        screening=case.screening,
        needs=len(found),
        needs_without_answer=sum(
            need.not_referred is None and need.id not in answered for need in found
        ),
        plan_agreed=plan is not None and plan.standing is PlanStanding.AGREED,
        counselling=case.counselling,
        help_begun=bool(helped) or given,
        reassessment_open=case.reassessment_id is not None,
        open_referrals=tuple(one.id for one in helped if one.blocks_closing),
        open_duty_to_report=case.tpks and not case.duty_settled,
        guardian_conflict=speaker_of(work, case).guardian_conflict,
        termination_written=termination_sheet(work, case) is not None,
    )


def current_consent(work: Work, case: Case, scope: ConsentScope) -> Consent | None:
    """Return the latest decision about a scope, whatever it was."""
    return work.consents.first(
        consents.c.case_id == case.id,
        consents.c.scope == scope,
        order=(consents.c.decided_at.desc(), consents.c.id.desc()),
    )


def termination_sheet(work: Work, case: Case) -> Sheet | None:
    """Return the termination sheet (F18) of this ending; one of an earlier episode is none."""
    return work.sheets.first(
        sheets.c.owner_id == case.id,
        sheets.c.form == "F18",
        sheets.c.recorded_at >= case.moved_at,
        order=sheets.c.recorded_at.desc(),
    )


def report_of(work: Work, case: Case) -> dict[str, object]:
    """Return the complaint form as the case took it over, block by block."""
    answers: dict[str, object] = {}
    taken = work.sheets.find(
        sheets.c.owner_id == case.id, sheets.c.form == "F2", order=sheets.c.position
    )
    for sheet in taken:
        if sheet.block in ("persons", "alleged_perpetrators"):
            rows = answers.setdefault(sheet.block, [])
            assert isinstance(rows, list)  # noqa: S101 - made in the line above
            rows.append(sheet.answers)
        else:
            answers[sheet.block] = sheet.answers
    return answers


def person_of(work: Work, case: Case) -> dict[str, object]:
    """Return what is known of the person the case is about."""
    found = work.sheets.first(
        sheets.c.owner_id == case.id, sheets.c.form == "F2", sheets.c.block == "persons"
    )
    return found.answers if found else {}


def speaker_of(work: Work, case: Case) -> Speaker:
    """Return what decides who may speak for the person."""
    person = person_of(work, case)
    return Speaker(
        case_id=case.id,
        unit_id=case.unit_id,
        is_child=is_child(person, report_of(work, case)),
        guardian_conflict=person.get("guardian_conflict") is True,
    )
