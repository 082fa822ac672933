"""Reads a posted HTML form with the very schema that guards the API.

What was typed comes back untouched for the page to show again, with one message per field.
Field names beginning with an underscore (the token, the key, a pressed button) are the page's own.
A part of a nested schema is named `part.field`, a row of a list of them `rows.0.field`, and a date
comes in three: `born-day`, `born-month`, `born-year`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields
from werkzeug.datastructures import MultiDict

Typed = str | list[str]
Form = MultiDict[str, str]
_PARTS: Final = ("day", "month", "year")
_INDEX: Final = re.compile(r"^(\d{1,3})\.")


@dataclass(frozen=True)
class Filled:
    """A form as it came back: what was typed, what is wrong with it, and what it says."""

    values: Mapping[str, Typed]
    errors: Mapping[str, str] = field(default_factory=dict)
    clean: Any = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether every field is right."""
        return not self.errors


def read_form(schema: Schema, form: Form) -> Filled:
    """Check a posted form; `clean` is what the schema loads, empty while `errors` is not."""
    values = {name: _typed(form.getlist(name)) for name in form}
    labels = dict(_labels(schema, ""))
    try:
        clean = schema.load(_document(schema, form, "") | _unheard_of(schema, form))
    except ValidationError as refused:
        errors = dict(_flat(refused.messages_dict, ""))
        return Filled(values, _in_order(errors, schema), {}, labels)
    return Filled(values, {}, clean, labels)


def fill(schema: Schema, thing: Any) -> Filled:
    """The form of something already known, ready to be changed."""
    return Filled(dict(_shown(schema.dump(thing), "")), labels=dict(_labels(schema, "")))


def empty() -> Filled:
    """A form nobody has typed in yet."""
    return Filled({})


def _typed(given: Sequence[str]) -> Typed:
    return given[0] if len(given) == 1 else list(given)


def _document(schema: Schema, form: Form, prefix: str) -> dict[str, Any]:
    """What the schema would have been sent as JSON; an empty answer is no answer."""
    found = {}
    for name, each in schema.load_fields.items():
        key = each.data_key or name
        answer = _answer(each, form, prefix + key)
        if answer not in (None, "", [], {}):
            found[key] = answer
        elif each.allow_none and not each.required and prefix + key in form:
            found[key] = None
    return found


def _answer(each: fields.Field[Any], form: Form, name: str) -> Any:
    if isinstance(each, fields.Nested):
        return _nested(each, form, name)
    if isinstance(each, fields.List):
        if isinstance(each.inner, fields.Nested):
            return _rows(each.inner, form, name)
        return [given.strip() for given in form.getlist(name) if given.strip()]
    if isinstance(each, fields.Date) and name not in form:
        return _date(form, name)
    return form.get(name, "").strip()


def _nested(each: fields.Nested, form: Form, name: str) -> Any:
    if each.many:
        return _rows(each, form, name)
    return _document(each.schema, form, name + ".")


def _rows(each: fields.Nested, form: Form, name: str) -> list[dict[str, Any]]:
    after = (key.removeprefix(name + ".") for key in form if key.startswith(name + "."))
    numbers = sorted({int(found[1]) for rest in after if (found := _INDEX.match(rest))})
    rows = (_document(each.schema, form, f"{name}.{number}.") for number in numbers)
    return [row for row in rows if row]


def _date(form: Form, name: str) -> str:
    day, month, year = (form.get(f"{name}-{part}", "").strip() for part in _PARTS)
    return f"{year:0>4}-{month:0>2}-{day:0>2}" if day or month or year else ""


def _unheard_of(schema: Schema, form: Form) -> dict[str, str]:
    """What no field of the schema explains, so that the schema itself refuses it."""
    known = {each.data_key or name for name, each in schema.load_fields.items()}
    return {
        name: form[name]
        for name in form
        if not name.startswith("_") and re.split(r"[.-]", name)[0] not in known
    }


def _flat(messages: Any, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            name = f"{prefix}.{key}" if prefix else str(key)
            yield from _flat(inner, name)
    elif messages:
        yield prefix, str(messages[0] if isinstance(messages, list) else messages)


def _in_order(errors: Mapping[str, str], schema: Schema) -> dict[str, str]:
    """As the fields stand on the page; a message about one answer of a list is the list's."""
    order = [each.data_key or name for name, each in schema.load_fields.items()]
    found: dict[str, str] = {}
    for name in sorted(errors, key=lambda name: _place(name, order)):
        found.setdefault(re.sub(r"\.(\d+|_schema)$", "", name), errors[name])
    return found


def _place(name: str, order: Sequence[str]) -> int:
    first = name.split(".")[0]
    return order.index(first) if first in order else len(order)


def _labels(schema: Schema, prefix: str) -> Iterator[tuple[str, str]]:
    for name, each in schema.load_fields.items():
        key = prefix + (each.data_key or name)
        if "label" in each.metadata:
            yield key, each.metadata["label"]
        if isinstance(each, fields.Nested) and not each.many:
            yield from _labels(each.schema, key + ".")


def _shown(known: Any, name: str) -> Iterator[tuple[str, Typed]]:
    if isinstance(known, Mapping):
        for key, inner in known.items():
            yield from _shown(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(known, list) and known and isinstance(known[0], Mapping):
        yield from _shown(dict(enumerate(known)), name)
    elif isinstance(known, list):
        yield name, [str(each) for each in known]
    elif known is not None:
        yield name, str(known).lower() if isinstance(known, bool) else str(known)
        yield from _date_parts(str(known), name)


def _date_parts(text: str, name: str) -> Iterator[tuple[str, str]]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        for part in _PARTS:
            yield f"{name}-{part}", str(getattr(day, part))
