"""How dangerous it is for the person: anybody may raise it, two people must agree to lower it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.screening import Screened
from shared.contracts.event import Event
from shared.contracts.intake import CaseRiskChanged, CaseScreened
from shared.contracts.vocabulary import RiskLevel, Stage
from shared.errors import MoveNotAllowed, SecondPersonNeeded

_HEIGHT: Final = {RiskLevel.RENDAH: 1, RiskLevel.SEDANG: 2, RiskLevel.TINGGI: 3}


def screen(case: Case, found: Screened, *, by: UUID, at: datetime) -> list[Event]:
    """Keep the case screening (F5). A lower risk than before waits for a second person."""
    if case.stage not in (Stage.ENGAGEMENT, Stage.ASSESSMENT):
        raise MoveNotAllowed("case", "screen", case.stage)
    case.primary_class, case.authority = found.primary_class, found.authority
    case.screening, case.tpks = found.decision, found.flags.tpks
    changed = judge(case, found.risk, by=by, at=at)
    screened = CaseScreened(
        **case.which(),
        primary_class=found.primary_class,
        risk=case.risk or found.risk,
        authority=found.authority,
        decision=found.decision,
        **found.flags.as_fields(),
        happened_at=at,
    )
    return [screened, *changed]


def judge(case: Case, risk: RiskLevel, *, by: UUID, at: datetime) -> list[CaseRiskChanged]:
    """Take a judgement of the risk: higher counts at once, lower waits for a second person."""
    if case.risk is not None and _HEIGHT[risk] < _HEIGHT[case.risk]:
        case.proposed_risk, case.proposed_risk_by = risk, by
        return []
    return raise_risk(case, risk, at=at)


def raise_risk(case: Case, risk: RiskLevel, *, at: datetime) -> list[CaseRiskChanged]:
    """Raise the risk; a level that is not higher changes nothing and withdraws no proposal."""
    if case.risk is not None and _HEIGHT[risk] <= _HEIGHT[case.risk]:
        return []
    case.risk, case.proposed_risk, case.proposed_risk_by = risk, None, None
    return [CaseRiskChanged(**case.which(), risk=risk, happened_at=at)]


def confirm_lower_risk(case: Case, *, by: UUID, at: datetime) -> CaseRiskChanged:
    """A second person agrees that the danger is less than before."""
    if case.proposed_risk is None:
        raise MoveNotAllowed("case", "confirm_lower_risk", case.stage)
    if by == case.proposed_risk_by:
        raise SecondPersonNeeded
    case.risk, case.proposed_risk, case.proposed_risk_by = case.proposed_risk, None, None
    return CaseRiskChanged(**case.which(), risk=case.risk, happened_at=at)
