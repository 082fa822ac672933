"""The order of the questions of a report: safety first, then one question to a screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.intake.domain.draft import Draft
from services.intake.domain.forms.field import Answers, Block, Field, Question
from services.intake.domain.forms.report import REPORT
from services.intake.domain.forms.safety import SAFETY

_SAFETY_BLOCK = SAFETY.blocks[0]


@dataclass(frozen=True)
class Screen:
    """One question of a draft: where its answers go, and which fields it shows."""

    path: str
    block: Block
    question: Question
    fields: tuple[Field, ...]

    @property
    def key(self) -> str:
        """The end of the screen's address, such as ``persons.0/age``."""
        return f"{self.path}/{self.question.name}"

    def answers(self, draft: Draft) -> dict[str, Any]:
        """Return what was answered on this path so far."""
        return answers_at(draft, self.path)


def screens(draft: Draft) -> list[Screen]:
    """Return the questions that this report needs, in their order."""
    first = _SAFETY_BLOCK.questions[0]
    found = [Screen("safety", _SAFETY_BLOCK, first, _SAFETY_BLOCK.fields)]
    for block in REPORT.blocks:
        if block.when is None or block.when.holds({}, draft.answers):
            for path in _paths(block, draft):
                found += _of_block(block, path, draft)
    return found


def answers_at(draft: Draft, path: str) -> dict[str, Any]:
    """Return the answers at a path such as ``reporter`` or ``persons.0``."""
    block, _, number = path.partition(".")
    given: Any = draft.answers.get(block) or ({} if not number else [])
    if not number:
        return dict(given)
    return dict(given[int(number)]) if int(number) < len(given) else {}


def _paths(block: Block, draft: Draft) -> Iterator[str]:
    if not block.repeats:
        yield block.name
        return
    for number in range(len(draft.answers.get(block.name) or [])):
        yield f"{block.name}.{number}"


def _of_block(block: Block, path: str, draft: Draft) -> Iterator[Screen]:
    given = answers_at(draft, path)
    for question in block.questions:
        fields = tuple(each for each in question.fields if _wanted(each, given, draft.answers))
        if fields:
            yield Screen(path, block, question, fields)


def _wanted(field: Field, given: Answers, whole: Answers) -> bool:
    return field.when is None or field.when.here or field.when.holds(given, whole)
