"""The adequacy judgement (F14): too little, enough or too much, for each service by itself."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from flask import request

from services.intake import queries
from services.intake.actions.policies import CASE_MANAGERS
from services.intake.domain.forms.field import (
    Answers,
    Block,
    Field,
    Kind,
    Needed,
    Option,
    Question,
    Rule,
    When,
)
from services.intake.domain.partner_help import PartnerHelp
from services.intake.outward import monitoring as outward
from services.intake.web.people import institution_name
from services.intake.web.reading import Sheet, labels, read, refused, shown
from services.intake.web.workspace import go, line, pages, show, work
from shared.contracts.codes import label
from shared.contracts.event import Publisher
from shared.contracts.referral_words import ReferralStanding
from shared.contracts.vocabulary import RiskLevel
from shared.errors import Invalid, RajutError
from shared.http.guard import actor
from shared.web.front import front, page
from shared.web.language import say

_MUST = Needed.MUST
_CONTACTED = (
    Option("PENYEDIA", "Mitra", "The partner"),
    Option("KLIEN", "Penerima layanan", "The person"),
    Option("KELUARGA_AMAN", "Keluarga yang aman", "A safe relative"),
)
_ACTIONS = (
    Option("TERUSKAN", "Teruskan", "Go on"),
    Option("REVISI_RENCANA", "Revisi rencana", "Revise the plan"),
    Option("ASESMEN_ULANG", "Penilaian ulang", "Assess again"),
    Option("RUJUK_ULANG", "Rujuk ulang", "Refer again"),
    Option("EVALUASI", "Evaluasi", "Evaluate"),
)
_CONTACT = (
    Field("contact_at", "Waktu kontak", "Contacted at", Kind.MOMENT, needed=_MUST),
    Field("contacted", "Siapa", "Who", Kind.CODE, needed=_MUST, options=_CONTACTED),
    Field("mode", "Cara", "How", Kind.CODE, needed=_MUST, of="CL25"),
)
_AFTER = (
    Field(
        "person_words",
        "Pandangan penerima layanan, dengan kata-katanya sendiri",
        "The person's view, in her or his own words",
        Kind.LONG_TEXT,
        most=4000,
    ),
    Field("new_needs", "Kebutuhan baru", "New needs", Kind.LONG_TEXT, most=4000),
    Field("risk_now", "Risiko sekarang", "Risk now", Kind.CODE, needed=_MUST, of="CL27"),
    Field("action", "Tindakan", "Action", Kind.CODE, needed=_MUST, options=_ACTIONS),
    Field("next_contact_at", "Kontak berikutnya", "Next contact", Kind.MOMENT, needed=_MUST),
    Field("notes", "Catatan", "Notes", Kind.LONG_TEXT, most=4000),
)
#: How often one looks at a case again, by danger (T22, domain.md 2.9).
_EVERY: Final = {RiskLevel.TINGGI: timedelta(days=7), RiskLevel.SEDANG: timedelta(days=14)}
_SELDOM: Final = timedelta(days=30)
#: No more services are asked about at a time.
_MOST: Final = 20
_NEVER_BEGAN = frozenset({ReferralStanding.DRAFT, ReferralStanding.ENTERED_IN_ERROR})


@pages.get("/kasus/<uuid:case_id>/pemantauan")
@page(CASE_MANAGERS)
def ask_judgement(case_id: UUID) -> Any:
    """Ask for a monitoring record."""
    with work() as opened:
        file = queries.case_file(opened, actor(), case_id)
        now = opened.clock.now(file.case.unit_id)
    block = record_of(file.help)
    start = {
        "contact_at": now.isoformat(),
        "next_contact_at": (
            now + (_EVERY.get(file.case.risk, _SELDOM) if file.case.risk else _SELDOM)
        ).isoformat(),
        "risk_now": file.case.risk,
        "contacted": "KLIEN",
        "mode": "TELEPON",
    }
    values = shown(block.fields, start) | dict(front().typed())
    return _page(case_id, block, Sheet(values, labels=labels(block.fields)))


@pages.post("/kasus/<uuid:case_id>/pemantauan")
@page(CASE_MANAGERS, changes=True)
def judge(case_id: UUID) -> Any:
    """Hand the record to monitoring; it advises, and the case moves by its own rules."""
    with work() as opened:
        found = queries.help_of(opened, actor(), case_id)
    block = record_of(found)
    sheet = read(block, request.form)
    if sheet.errors:
        return _page(case_id, block, sheet, 422)
    body = _body(sheet.answers, _judged(found))
    key = request.form.get("_once", "")
    try:
        outward.judge(line(Publisher.MONITORING), case_id, body, key=key)
    except Invalid as wrong:
        return _page(case_id, block, refused(sheet, _here(wrong.fields, _judged(found))), 422)
    except RajutError as clash:
        return _page(case_id, block, sheet, clash.status, clash=clash)
    return go(f"/kasus/{case_id}", say("Penilaian tersimpan. Halaman kasus menyusul sebentar."))


def record_of(found: list[PartnerHelp]) -> Block:
    """Return the form of a record, with questions for each service that was referred."""
    judged = _judged(found)
    services = tuple(_about(one) for one in judged)
    rules = tuple(Rule(f"cause_{_mark(one)}", "required", _cause_missing(one)) for one in judged)
    every = Question("contact", "Kontak", "Contact", _CONTACT)
    after = Question("after", "Sesudah ini", "From now on", _AFTER)
    return Block("all", "Pemantauan", "Monitoring", (every, *services, after), rules=rules)


def _mark(one: PartnerHelp) -> str:
    """Return what tells the fields of one referral from those of another."""
    return one.id.hex


def _about(one: PartnerHelp) -> Question:
    mark = _mark(one)
    name = f"{label('CL16', one.service)} - {institution_name(one.institution_id)}"
    english = f"{label('CL16', one.service, 'en')} - {institution_name(one.institution_id)}"
    views = When("bila kurang atau berlebih", "when too little or too much", _off(one))
    later = When("bila belum dapat dinilai", "when it cannot be judged yet", _unknown(one))
    return Question(
        f"service_{mark}",
        name,
        english,
        (
            Field(
                f"manager_view_{mark}",
                "Menurut Anda",
                "As you see it",
                Kind.CODE,
                needed=_MUST,
                of="CL21",
            ),
            Field(
                f"person_view_{mark}",
                "Menurut penerima layanan",
                "As the person sees it",
                Kind.CODE,
                needed=_MUST,
                of="CL21",
            ),
            Field(f"cause_{mark}", "Sebab", "Cause", Kind.CODE, when=views, of="CL22"),
            Field(f"next_check_on_{mark}", "Nilai lagi", "Look again on", Kind.DATE, when=later),
        ),
    )


def _judged(found: list[PartnerHelp]) -> list[PartnerHelp]:
    begun = [one for one in found if one.standing not in _NEVER_BEGAN and one.replaced_by is None]
    return begun[:_MOST]


def _views(one: PartnerHelp, answers: Answers) -> set[str]:
    return {str(answers.get(f"{who}_view_{_mark(one)}")) for who in ("manager", "person")}


def _off(one: PartnerHelp) -> Any:
    return lambda answers, _whole: bool(_views(one, answers) & {"KURANG", "BERLEBIH"})


def _unknown(one: PartnerHelp) -> Any:
    return lambda answers, _whole: "BELUM" in _views(one, answers)


def _cause_missing(one: PartnerHelp) -> Any:
    def missing(answers: Answers, whole: Answers) -> bool:
        return bool(_off(one)(answers, whole)) and not answers.get(f"cause_{_mark(one)}")

    return missing


def _body(answers: dict[str, Any], found: list[PartnerHelp]) -> dict[str, Any]:
    plain = [each.name for each in (*_CONTACT, *_AFTER)]
    body = {name: answers[name] for name in plain if name in answers}
    return body | {"judgements": [_judgement(one, answers) for one in found]}


def _judgement(one: PartnerHelp, answers: dict[str, Any]) -> dict[str, Any]:
    mark = _mark(one)
    made: dict[str, Any] = {
        "service": one.service.value,
        "referral_id": str(one.id),
        "manager_view": answers[f"manager_view_{mark}"],
        "person_view": answers[f"person_view_{mark}"],
    }
    if _off(one)(answers, {}):
        made["cause"] = answers.get(f"cause_{mark}")
    if _unknown(one)(answers, {}) and answers.get(f"next_check_on_{mark}"):
        made["next_check_on"] = answers[f"next_check_on_{mark}"]
    return made


def _here(fields: Mapping[str, list[str]], judged: list[PartnerHelp]) -> dict[str, list[str]]:
    """Return what monitoring says of its own fields as the names they have on this page."""

    def named(hit: re.Match[str]) -> str:
        return f"{hit[2]}_{_mark(judged[int(hit[1])])}"

    numbered = r"^judgements\.(\d+)\.(\w+)$"
    return {re.sub(numbered, named, name): messages for name, messages in fields.items()}


def _page(case_id: UUID, block: Block, sheet: Sheet, status: int = 200, **more: Any) -> Any:
    return show(
        "sheet.html",
        status,
        title=say("Lembar pemantauan"),
        block=block,
        form=sheet,
        errors=sheet.errors,
        back=f"/kasus/{case_id}",
        button=say("Simpan penilaian"),
        references={},
        seen=None,
        **more,
    )
