"""A deadline that passed, as monitoring told of it: it stays on the case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(eq=False, kw_only=True)
class MissedDeadline:
    """What had to happen by when, and did not."""

    id: UUID
    unit_id: UUID
    case_id: UUID | None
    report_id: UUID | None
    referral_id: UUID | None
    rule: str
    due_at: datetime
