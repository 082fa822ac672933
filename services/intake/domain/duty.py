"""The unit's own duty to report (F21; UU 12/2022, art. 41): it is settled once, either way."""

from datetime import datetime

from services.intake.domain.case import Case
from shared.contracts.intake import CaseDutySettled


def settle(case: Case, filed_at: str | None, *, at: datetime) -> CaseDutySettled:
    """The mandatory report was filed at a moment, or (None) is not to be filed."""
    case.duty_settled = True
    filed = datetime.fromisoformat(filed_at) if filed_at else None
    return CaseDutySettled(**case.which(), filed=filed is not None, filed_at=filed, happened_at=at)
