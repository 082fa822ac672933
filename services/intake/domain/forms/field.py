"""What a form is made of: fields, questions (one to a screen) and blocks.

A value is kept as JSON would have it: text, a code, a list of codes, true or false, a whole
number, a date or a time as ISO 8601. That way the screens, the API and the storage agree.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared.contracts.codes import choices, codes
from shared.contracts.protection import FieldClass

Answers = Mapping[str, Any]


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    CODE = "code"
    CODES = "codes"
    YES_NO = "yes-no"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    REFERENCE = "reference"


class Needed(StrEnum):
    """How much an answer is needed (R, C and O of domain.md, and the minimum set)."""

    MUST = "must"
    """Refused without it. Every such field has an answer for "not known" or "none"."""
    WANTED = "wanted"
    """Obligatory in the official form; without it the form counts as not complete yet."""
    FREE = "free"
    """May stay empty for good."""


class Sensitivity(StrEnum):
    """How the field may travel (domain.md, section 2)."""

    NORMAL = "N"
    IDENTITY = "I"
    SPECIAL = "S"
    TEAM_ONLY = "X"


@dataclass(frozen=True)
class When:
    """A condition: the field is only asked when it holds. It sees its block's answers first.

    ``here`` says that it looks at answers of the same screen; the field is then shown with it.
    """

    says: str
    en: str
    holds: Callable[[Answers, Answers], bool]
    here: bool = True


@dataclass(frozen=True)
class Option:
    """One choice of a small list that only this form knows."""

    code: str
    id: str
    en: str


@dataclass(frozen=True)
class Field:
    """One thing that is asked, and everything that follows from asking it."""

    name: str
    id: str
    en: str
    kind: Kind = Kind.TEXT
    field_class: FieldClass = FieldClass.NONE
    sensitivity: Sensitivity = Sensitivity.NORMAL
    needed: Needed = Needed.FREE
    when: When | None = None
    of: str = ""
    options: tuple[Option, ...] = ()
    hint: tuple[str, str] = ("", "")
    most: int = 0

    @property
    def longest(self) -> int:
        """The most characters a text may have."""
        return self.most or (20_000 if self.kind is Kind.LONG_TEXT else 300)

    @property
    def highest(self) -> int:
        """The largest number that makes sense."""
        return self.most or 1_000

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes one may choose from."""
        return tuple(option.code for option in self.options) if self.options else codes(self.of)

    def choices(self, language: str = "id") -> list[tuple[str, str]]:
        """Return (code, label) pairs for a screen."""
        if self.options:
            return [(each.code, each.en if language == "en" else each.id) for each in self.options]
        return choices(self.of, language)

    def asks(self, language: str = "id") -> str:
        """Return the label in ``id`` or ``en``."""
        return self.en if language == "en" else self.id

    def asked(self, block: Answers, whole: Answers) -> bool:
        """Whether the field is asked at all, given what was answered."""
        return self.when is None or self.when.holds(block, whole)


@dataclass(frozen=True)
class Question:
    """What stands on one screen: one question, and the few fields that answer it."""

    name: str
    id: str
    en: str
    fields: tuple[Field, ...]

    def asks(self, language: str = "id") -> str:
        """Return the heading in ``id`` or ``en``."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True)
class Rule:
    """What must hold between the fields of a block; the problem is shown at one of them."""

    field: str
    code: str
    broken: Callable[[Answers, Answers], bool]


@dataclass(frozen=True)
class Block:
    """One part of a form. A block that repeats has one set of answers for each person."""

    name: str
    id: str
    en: str
    questions: tuple[Question, ...]
    repeats: bool = False
    when: When | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the order they are asked."""
        return tuple(field for question in self.questions for field in question.fields)

    def asks(self, language: str = "id") -> str:
        """Return the title in ``id`` or ``en``."""
        return self.en if language == "en" else self.id

    def field(self, name: str) -> Field:
        """Return the field of that name; KeyError when there is none."""
        return {field.name: field for field in self.fields}[name]


@dataclass(frozen=True)
class Form:
    """One of the official forms, by its number (F2) and the version of its wording."""

    name: str
    id: str
    en: str
    blocks: tuple[Block, ...]
    version: int = 1

    def block(self, name: str) -> Block:
        """Return the block of that name; KeyError when there is none."""
        return {block.name: block for block in self.blocks}[name]


def one_page(name: str, id_: str, en: str, *fields: Field, rules: tuple[Rule, ...] = ()) -> Form:
    """Return a form that fits one screen: one block, one question."""
    asked = Question("all", id_, en, fields)
    return Form(name, id_, en, (Block("all", id_, en, (asked,), rules=rules),))
