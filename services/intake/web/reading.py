"""Reads a posted form by its declaration, and keeps what was typed for showing it again.

A date comes in three parts (``born-day``), a moment in these and a time of the office's zone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from services.intake.domain.forms.check import check
from services.intake.domain.forms.field import Answers, Block, Field, Kind
from shared.web.language import current_language
from shared.web.times import OFFICE

_PARTS: Final = ("day", "month", "year")
_TRUTH: Final = {"true": True, "false": False}


@dataclass(frozen=True)
class Sheet:
    """A form on a page: what stands in its fields, what is wrong, and what it says."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


def read(
    block: Block,
    form: MultiDict[str, str],
    *,
    only: Iterable[Field] = (),
    whole: Answers | None = None,
) -> Sheet:
    """Read the fields of a block (or only some of them) and say what is wrong with them."""
    fields = tuple(only) or block.fields
    answers = {each.name: _answer(each, form) for each in fields}
    answers = {name: value for name, value in answers.items() if value is not None}
    problems = check(block, answers, whole=whole)
    shown = {each.name for each in fields}
    errors = {name: codes[0] for name, codes in problems.items() if name in shown}
    values: dict[str, Any] = {name: form.getlist(name) for name in form}
    single = {name: found[0] if len(found) == 1 else found for name, found in values.items()}
    return Sheet(single, errors, answers, labels(fields))


def shown(fields: Iterable[Field], answers: Answers) -> dict[str, Any]:
    """Return what the fields of a page hold for answers that are known."""
    values: dict[str, Any] = {}
    for each in fields:
        answer = answers.get(each.name)
        if answer is not None:
            values |= _shown(each, answer)
    return values


def labels(fields: Iterable[Field]) -> dict[str, str]:
    """Return the words of each field, in the language of the page, for the error summary."""
    return {each.name: each.asks(current_language()) for each in fields}


def refused(sheet: Sheet, fields: Mapping[str, list[str]]) -> Sheet:
    """Return the same form with what the rules said against it."""
    errors = {name: messages[0] for name, messages in fields.items() if messages}
    return Sheet(sheet.values, errors, sheet.answers, sheet.labels)


def _answer(each: Field, form: MultiDict[str, str]) -> Any:
    if each.kind is Kind.CODES:
        return [code for code in form.getlist(each.name) if code]
    if each.kind is Kind.DATE:
        return _date(form, each.name) or None
    if each.kind is Kind.MOMENT:
        return _moment(form, each.name)
    typed = form.get(each.name, "").strip()
    if each.kind is Kind.YES_NO:
        return _TRUTH.get(typed, typed or None)
    if each.kind is Kind.NUMBER and re.fullmatch(r"\d{1,12}", typed):
        return int(typed)
    return typed or None


def _date(form: MultiDict[str, str], name: str) -> str:
    day, month, year = (form.get(f"{name}-{part}", "").strip() for part in _PARTS)
    return f"{year:0>4}-{month:0>2}-{day:0>2}" if day or month or year else ""


def _moment(form: MultiDict[str, str], name: str) -> str | None:
    day = _date(form, name)
    if not day:
        return None
    clock = form.get(f"{name}-time", "").strip().replace(".", ":") or "00:00"
    try:
        return datetime.fromisoformat(f"{day}T{clock:0>5}").replace(tzinfo=OFFICE).isoformat()
    except ValueError:
        return f"{day}T{clock}"


def _plain(name: str, answer: Any) -> dict[str, Any]:
    if isinstance(answer, bool):
        return {name: str(answer).lower()}
    return {name: answer if isinstance(answer, list) else str(answer)}


def _shown_date(name: str, answer: str) -> dict[str, Any]:
    year, month, day = answer[:10].split("-")
    parts = (("day", day), ("month", month), ("year", year))
    return {f"{name}-{part}": text.lstrip("0") for part, text in parts}


def _shown_moment(name: str, answer: str) -> dict[str, Any]:
    local = datetime.fromisoformat(answer).astimezone(OFFICE)
    return _shown_date(name, local.isoformat()) | {f"{name}-time": f"{local:%H.%M}"}


def _shown(each: Field, answer: Any) -> dict[str, Any]:
    if each.kind is Kind.DATE:
        return _shown_date(each.name, answer)
    if each.kind is Kind.MOMENT:
        return _shown_moment(each.name, answer)
    return _plain(each.name, answer)
