"""A sheet: one filled block of a form, signed. It is never edited, only superseded.

The answers lie apart by field class, so that each class can be kept, shown and shared by its
own rule (design, section 5).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.intake.domain.forms.check import check, empty
from services.intake.domain.forms.field import Answers, Block, Form
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import Stage
from shared.errors import Invalid
from shared.identifiers import new_id

#: The attribute that holds the answers of each class.
HELD: Final = {FieldClass.NONE: "plain"} | {
    kind: kind.value for kind in FieldClass if kind is not FieldClass.NONE
}


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Whose hand it is: who, in which role, when, and in which language."""

    by: UUID
    at: datetime
    role: str = ""
    language: str = "id"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a case a sheet was filled in."""

    owner_id: UUID
    unit_id: UUID
    stage: Stage | None = None
    loop_no: int = 0


@dataclass(eq=False, kw_only=True)
class Sheet:
    """One filled block, as it was signed."""

    id: UUID
    owner_id: UUID
    unit_id: UUID
    form: str
    form_version: int
    block: str
    position: int
    stage: Stage | None
    loop_no: int
    author_id: UUID
    author_role: str
    recorded_at: datetime
    language: str
    supersedes_id: UUID | None = None
    plain: dict[str, Any] | None = None
    risk: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    identity: dict[str, Any] | None = None
    whereabouts: dict[str, Any] | None = None
    narrative: dict[str, Any] | None = None
    health: dict[str, Any] | None = None
    alleged_perpetrator: dict[str, Any] | None = None
    reporter: dict[str, Any] | None = None
    internal_notes: dict[str, Any] | None = None

    @property
    def answers(self) -> dict[str, Any]:
        """All answers together, as they were given."""
        return {
            name: value
            for held in HELD.values()
            for name, value in (getattr(self, held) or {}).items()
        }

    def copied_to(self, place: Place) -> "Sheet":
        """Return the same sheet under another owner: what a case takes over from its report."""
        kept = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Sheet(**kept | {"id": new_id(), **_placed(place)})


def fill(
    form: Form,
    block: Block,
    answers: Answers,
    *,
    place: Place,
    signed: Signature,
    position: int = 0,
) -> Sheet:
    """Write down the answers of one block. They must have been checked."""
    return Sheet(
        id=new_id(),
        **_placed(place),
        form=form.name,
        form_version=form.version,
        block=block.name,
        position=position,
        author_id=signed.by,
        author_role=signed.role,
        recorded_at=signed.at,
        language=signed.language,
        **_by_class(block, answers),
    )


def fill_page(form: Form, answers: Answers, *, place: Place, signed: Signature) -> Sheet:
    """Check and write down a form of one page; raise Invalid naming the fields."""
    block = form.blocks[0]
    problems = check(block, answers)
    if problems:
        raise Invalid(fields=problems)
    return fill(form, block, answers, place=place, signed=signed)


def _placed(place: Place) -> dict[str, Any]:
    return {
        "owner_id": place.owner_id,
        "unit_id": place.unit_id,
        "stage": place.stage,
        "loop_no": place.loop_no,
    }


def _by_class(block: Block, answers: Answers) -> dict[str, Any]:
    held: dict[str, dict[str, Any]] = {}
    for field in block.fields:
        if not empty(answers.get(field.name)):
            held.setdefault(HELD[field.field_class], {})[field.name] = answers[field.name]
    return held
