"""One step of a case, as it stays on file: from where, to where, by which rule, by whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.intake import CaseStageMoved, LoopRule
from shared.contracts.vocabulary import Stage
from shared.identifiers import new_id


@dataclass(eq=False, kw_only=True)
class StageMove:
    """A row that is written once and never changed."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    from_stage: Stage
    to_stage: Stage
    rule: LoopRule | None
    loop_no: int
    episode: int
    happened_at: datetime
    moved_by: UUID | None

    @classmethod
    def of(cls, told: CaseStageMoved, *, by: UUID | None) -> "StageMove":
        """Return the row for a move that was made; ``by`` is None when an event made it."""
        return cls(
            id=new_id(),
            case_id=told.case_id,
            unit_id=told.unit_id,
            from_stage=told.from_stage,
            to_stage=told.to_stage,
            rule=told.rule,
            loop_no=told.loop_no,
            episode=told.episode,
            happened_at=told.happened_at,
            moved_by=by,
        )
