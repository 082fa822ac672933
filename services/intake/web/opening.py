"""Which answers of a page open which other fields, so that a form asks no more than it must.

It is read off the conditions of the form itself. The browser then opens a field by style alone;
the server checks the whole form either way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.intake.domain.forms.field import Field, Kind

_TRUTH: Final = {"true": True, "false": False}


@dataclass(frozen=True)
class Asked:
    """Fields of a page that stand together, and the fields that any answer of theirs opens."""

    fields: tuple[Field, ...]
    opens: tuple[Field, ...] = ()

    def marks(self, field: Field, code: str) -> str:
        """Return the numbers of the fields that this answer opens, as the page writes them."""
        numbered = enumerate(self.opens, start=1)
        return " ".join(str(number) for number, each in numbered if code in _codes(each, field))


def asked(fields: Iterable[Field]) -> list[Asked]:
    """Return the fields of a page in order, what is opened right behind what opens it."""
    listed = tuple(fields)
    owners = {each.name: _owners(each, listed) for each in listed}
    groups: list[Asked] = []
    for each in listed:
        if owners[each.name] or any(each in group.fields for group in groups):
            continue
        opens = tuple(one for one in listed if each in owners[one.name])
        others = (owner for one in opens for owner in owners[one.name])
        groups.append(Asked(tuple(dict.fromkeys((each, *others))), opens))
    return groups


def _owners(opened: Field, fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields of which one answer alone opens this one; none when it is always asked."""
    if opened.when is None or not opened.when.here or opened.when.holds({}, {}):
        return ()
    return tuple(one for one in fields if one.when is None and _codes(opened, one))


def _codes(opened: Field, by: Field) -> frozenset[str]:
    """Return the answers to a field that open another."""
    if opened.when is None:
        return frozenset()
    holds = opened.when.holds
    return frozenset(code for code, answer in _answers(by).items() if holds({by.name: answer}, {}))


def _answers(field: Field) -> Mapping[str, Any]:
    if field.kind is Kind.YES_NO:
        return _TRUTH
    return {code: code for code in field.codes} if field.kind is Kind.CODE else {}
