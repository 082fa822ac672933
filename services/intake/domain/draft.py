"""A report that is being written: every screen is kept, so that nothing is typed twice."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain.guest import Guest
from shared.identifiers import new_id


@dataclass(eq=False, kw_only=True)
class Draft:
    """What was answered so far, and at which question the work stopped.

    Its id becomes the id of the report, so that the report keeps the draft's key.
    """

    id: UUID
    unit_id: UUID
    version: int = 0
    author_id: UUID
    guest_id: UUID | None = None
    question: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    begun_at: datetime
    saved_at: datetime

    @classmethod
    def begin(cls, unit_id: UUID, *, by: UUID, at: datetime, guest: Guest | None = None) -> "Draft":
        """Begin a report; what the guest book knows is carried over to the reporter."""
        reporter = guest.carried_over() if guest else {"reported_at": at.isoformat()}
        return cls(
            id=new_id(),
            unit_id=unit_id,
            author_id=by,
            guest_id=guest.id if guest else None,
            answers={"reporter": reporter, "persons": [{}], "alleged_perpetrators": [{}]},
            begun_at=at,
            saved_at=at,
        )

    def keep(self, path: str, answers: dict[str, Any], *, next_question: str, at: datetime) -> None:
        """Keep the answers of one screen; ``path`` is ``reporter`` or ``persons.0``."""
        block, _, number = path.partition(".")
        if number:
            rows = self.answers.setdefault(block, [])
            rows[int(number)] = {**rows[int(number)], **answers}
        else:
            self.answers[block] = {**self.answers.get(block, {}), **answers}
        self.question, self.saved_at = next_question, at

    def add_row(self, block: str) -> int:
        """Make room for one more person and return its number."""
        rows = self.answers.setdefault(block, [])
        rows.append({})
        return len(rows) - 1

    def finished(self) -> dict[str, Any]:
        """Return the answers as a report takes them: nothing that nobody answered."""
        made: dict[str, Any] = {}
        for block, given in self.answers.items():
            if isinstance(given, list):
                made[block] = [_answered(one) for one in given if _answered(one)]
            elif _answered(given):
                made[block] = _answered(given)
        return made


def _answered(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value not in (None, "", [])}
