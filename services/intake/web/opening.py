"""Which answers of a page open which other fields, so that a form asks no more than it must.

It is read off the conditions of the form itself. The browser then opens a field by style alone;
the server checks the whole form either way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.intake.domain.forms.field import Field, Kind

_TRUTH: Final = {"true": True, "false": False}


@dataclass(frozen=True)
class Opened:
    """A field, and the answers that open it."""

    field: Field
    codes: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A field of a page with the fields that its answers open."""

    field: Field
    opens: Sequence[Opened] = ()

    def marks(self, code: str) -> str:
        """Return the numbers of the fields that this answer opens, as the page writes them."""
        found = enumerate(self.opens, start=1)
        return " ".join(str(number) for number, each in found if code in each.codes)


def asked(fields: Iterable[Field]) -> list[Asked]:
    """Return the fields of a page in order, each opened one behind the one that opens it."""
    listed = tuple(fields)
    owners = {each.name: _owner(each, listed) for each in listed}
    return [
        Asked(each, [Opened(one, _codes(one, each)) for one in listed if owners[one.name] is each])
        for each in listed
        if owners[each.name] is None
    ]


def _owner(opened: Field, fields: Iterable[Field]) -> Field | None:
    """Return the one field whose answer opens this one; None when none or several do."""
    if opened.when is None or not opened.when.here or opened.when.holds({}, {}):
        return None
    found = [one for one in fields if one is not opened and _codes(opened, one)]
    return found[0] if len(found) == 1 and found[0].when is None else None


def _codes(opened: Field, by: Field) -> frozenset[str]:
    holds = opened.when.holds if opened.when else None
    answers = _answers(by)
    return frozenset(
        code for code, answer in answers.items() if holds and holds({by.name: answer}, {})
    )


def _answers(field: Field) -> Mapping[str, Any]:
    if field.kind is Kind.YES_NO:
        return _TRUTH
    return {code: code for code in field.codes} if field.kind is Kind.CODE else {}
