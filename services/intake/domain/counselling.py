"""Basic counselling (F11): it decides whether more help is needed or this was enough.

«Selanjutnya dilakukan konseling dasar untuk menentukan penanganan lebih lanjut atau selesai»
(seed 000, section 4).
"""

from datetime import datetime
from typing import Final

from services.intake.domain.case import Case
from services.intake.domain.facts import Facts, Guard, named
from services.intake.domain.forms.field import Answers
from shared.contracts.intake import CaseCounselled, CounsellingDecision
from shared.contracts.roles import Role
from shared.contracts.vocabulary import RiskLevel, Stage
from shared.errors import Conflict, MoveNotAllowed


class FinishBlocked(Conflict):
    """The case cannot end after counselling alone; a supervisor may decide otherwise."""

    code = "finish_blocked"
    id = "Belum dapat dinyatakan selesai. Bicarakan dengan supervisor."
    en = "It cannot be called finished yet. Talk to the supervisor."


#: What makes SELESAI a matter for the supervisor (domain.md 2.4, F11).
AGAINST: Final = (
    Guard(
        "high_risk",
        "Risiko tinggi",
        "High risk",
        lambda facts: facts.risk is not RiskLevel.TINGGI,
    ),
    Guard(
        "open_duty_to_report",
        "Laporan wajib belum diselesaikan",
        "A mandatory report is still open",
        lambda facts: not facts.open_duty_to_report,
    ),
    Guard(
        "guardian_conflict",
        "Wali anak ini berbenturan kepentingan",
        "The guardian has a conflict of interest",
        lambda facts: not facts.guardian_conflict,
    ),
)


def reasons_against_finishing(facts: Facts) -> list[Guard]:
    """Return why SELESAI needs a supervisor: danger, an open duty, a guardian in conflict."""
    return [guard for guard in AGAINST if not guard.holds(facts)]


def counsel(
    case: Case, answers: Answers, facts: Facts, *, roles: frozenset[Role], at: datetime
) -> CaseCounselled:
    """Keep the decision of an F11 that was checked; raise FinishBlocked when SELESAI is unsafe."""
    if case.stage not in (Stage.INTERVENTION, Stage.MONITORING):
        raise MoveNotAllowed("case", "counsel", case.stage)
    decision = CounsellingDecision(answers["decision"])
    against = reasons_against_finishing(facts)
    may_decide = roles & {Role.SUPERVISOR, Role.KEPALA_UPTD}
    if decision is CounsellingDecision.SELESAI and against and not may_decide:
        raise FinishBlocked(fields=named("decision", against))
    case.counselling, case.counselled_at = decision, at
    return CaseCounselled(**case.which(), decision=decision, happened_at=at)
