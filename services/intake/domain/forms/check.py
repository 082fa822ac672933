"""Whether answers fit their form; the problems carry the stable codes of the validation table."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from services.intake.domain.forms.field import Answers, Block, Field, Form, Kind, Needed

#: Path of a field (``persons.0.sex``) to the codes of what is wrong with it.
Problems = dict[str, list[str]]


def check(block: Block, answers: Answers, *, whole: Answers | None = None) -> Problems:
    """Return what is wrong with the answers of one block: nothing when it is an empty mapping."""
    whole = answers if whole is None else whole
    known = {field.name: field for field in block.fields}
    problems: Problems = {name: ["unknown_field"] for name in answers if name not in known}
    for name, field in known.items():
        wrong = _wrong(field, answers.get(name), asked=field.asked(answers, whole))
        if wrong:
            problems[name] = [wrong]
    for rule in block.rules:
        if rule.field not in problems and rule.broken(answers, whole):
            problems[rule.field] = [rule.code]
    return problems


def check_form(form: Form, answers: Answers) -> Problems:
    """Return what is wrong with a whole form; a repeated block has a list of answers."""
    problems: Problems = {
        name: ["unknown_field"]
        for name in answers
        if name not in {block.name for block in form.blocks}
    }
    for block in form.blocks:
        for path, given in filled(block, answers):
            found = check(block, given, whole=answers)
            problems |= {f"{path}.{name}": wrong for name, wrong in found.items()}
    return problems


def missing(form: Form, answers: Answers) -> list[str]:
    """Return the paths of what the official form wants and nobody has answered yet."""
    return [
        f"{path}.{field.name}"
        for block in form.blocks
        for path, given in filled(block, answers)
        for field in block.fields
        if field.needed is not Needed.FREE
        and field.asked(given, answers)
        and empty(given.get(field.name))
    ]


def filled(block: Block, answers: Answers) -> Iterable[tuple[str, Answers]]:
    """Yield the path and the answers of every filling of a block that is asked."""
    if block.when is not None and not block.when.holds({}, answers):
        if answers.get(block.name):
            yield block.name, answers[block.name]
        return
    given = answers.get(block.name)
    if block.repeats:
        for number, one in enumerate(given or ()):
            yield f"{block.name}.{number}", one
    else:
        yield block.name, given or {}


def empty(value: Any) -> bool:
    """Whether this is no answer. False and zero are answers."""
    return value is None or value in ("", [])


def _wrong(field: Field, value: Any, *, asked: bool) -> str:
    if empty(value):
        return "required" if asked and field.needed is Needed.MUST else ""
    return _CHECKS[field.kind](field, value)


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return "wrong_type"
    return "too_long" if len(value) > field.longest else ""


def _code(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return "wrong_type"
    return "" if value in field.codes else "wrong_code"


def _codes(field: Field, value: Any) -> str:
    if not isinstance(value, list):
        return "wrong_type"
    return next((wrong for wrong in (_code(field, each) for each in value) if wrong), "")


def _yes_no(_field: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else "wrong_type"


def _number(field: Field, value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "wrong_type"
    return "" if 0 <= value <= field.highest else "out_of_range"


def _date(_field: Field, value: Any) -> str:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "impossible_date"
    return ""


def _moment(_field: Field, value: Any) -> str:
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return "not_a_time"
    return "" if read.tzinfo else "not_a_time"


def _reference(_field: Field, value: Any) -> str:
    try:
        UUID(value)
    except (TypeError, ValueError, AttributeError):
        return "not_a_uuid"
    return ""


_CHECKS: Final[Mapping[Kind, Callable[[Field, Any], str]]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.REFERENCE: _reference,
}
