"""What must be true before a case may go on: the entry and exit guards, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.contracts.intake import CounsellingDecision, ScreeningDecision
from shared.contracts.vocabulary import Authority, CaseClass, RiskLevel, Stage
from shared.errors import Said


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is on file about a case, gathered by storage for one decision."""

    safety_screened: bool = False
    consent_decided: bool = False
    services_allowed: bool = False
    has_manager: bool = False
    primary_class: CaseClass | None = None
    risk: RiskLevel | None = None
    authority: Authority | None = None
    screening: ScreeningDecision | None = None
    needs: int = 0
    needs_without_answer: int = 0
    plan_agreed: bool = False
    counselling: CounsellingDecision | None = None
    help_begun: bool = False
    reassessment_open: bool = False
    open_referrals: tuple[UUID, ...] = ()
    open_duty_to_report: bool = False
    guardian_conflict: bool = False
    termination_written: bool = False


@dataclass(frozen=True)
class Guard:
    """One condition: its name, the sentence for people, and the test."""

    name: str
    id: str
    en: str
    holds: Callable[[Facts], bool]


_SCREENED: Final = Guard(
    "screened",
    "Skrining kasus (jenis, risiko, kewenangan) belum lengkap",
    "The case screening (kind, risk, authority) is not complete",
    lambda facts: None not in (facts.primary_class, facts.risk, facts.authority, facts.screening),
)
_NO_OPEN_REASSESSMENT: Final = Guard(
    "reassessment_answered",
    "Penilaian ulang singkat belum dijawab",
    "The short reassessment has not been answered",
    lambda facts: not facts.reassessment_open,
)

#: What must hold before a case leaves each stage forward.
EXITS: Final[Mapping[Stage, tuple[Guard, ...]]] = {
    Stage.ENGAGEMENT: (
        Guard(
            "safety_screened",
            "Skrining keselamatan belum diisi",
            "The safety screening has not been made",
            lambda facts: facts.safety_screened,
        ),
        Guard(
            "consent_decided",
            "Persetujuan layanan belum ditanyakan",
            "Consent to the service has not been asked for",
            lambda facts: facts.consent_decided,
        ),
        Guard(
            "manager_assigned",
            "Manajer kasus belum ditunjuk",
            "No case manager has been assigned",
            lambda facts: facts.has_manager,
        ),
    ),
    Stage.ASSESSMENT: (
        _SCREENED,
        Guard(
            "handled_here",
            "Hasil skrining tidak melanjutkan kasus di sini",
            "The screening does not keep the case here",
            lambda facts: facts.screening is ScreeningDecision.LANJUT,
        ),
        _NO_OPEN_REASSESSMENT,
    ),
    Stage.PLANNING: (
        Guard(
            "services_allowed",
            "Persetujuan untuk menerima layanan belum ada",
            "There is no consent to receive services",
            lambda facts: facts.services_allowed,
        ),
        Guard(
            "needs_found",
            "Belum ada kebutuhan yang dicatat",
            "No need has been written down",
            lambda facts: facts.needs > 0,
        ),
        Guard(
            "needs_answered",
            "Ada kebutuhan tanpa rencana atau alasan",
            "Some need has neither a plan item nor a reason",
            lambda facts: facts.needs_without_answer == 0,
        ),
        Guard(
            "plan_agreed",
            "Rencana belum disepakati",
            "The plan has not been agreed",
            lambda facts: facts.plan_agreed,
        ),
        _NO_OPEN_REASSESSMENT,
    ),
    Stage.INTERVENTION: (
        Guard(
            "counselled",
            "Konseling dasar belum diadakan, atau hasilnya “selesai”",
            "Basic counselling was not held, or its decision was to finish",
            lambda facts: facts.counselling is CounsellingDecision.LANJUT,
        ),
        Guard(
            "help_begun",
            "Belum ada rujukan yang dikirim atau layanan langsung",
            "No referral was sent and no direct service has begun",
            lambda facts: facts.help_begun,
        ),
    ),
    Stage.MONITORING: (_NO_OPEN_REASSESSMENT,),
    Stage.EVALUATION: (_NO_OPEN_REASSESSMENT,),
}

#: What blocks the closing of a case (rule R8). Named, so that a screen can list them.
BLOCKERS: Final[tuple[Guard, ...]] = (
    Guard(
        "open_referral",
        "Masih ada rujukan yang terbuka",
        "A referral is still open",
        lambda facts: not facts.open_referrals,
    ),
    Guard(
        "open_duty_to_report",
        "Laporan wajib belum diselesaikan",
        "A mandatory report is still open",
        lambda facts: not facts.open_duty_to_report,
    ),
    Guard(
        "open_reassessment",
        "Penilaian ulang singkat belum dijawab",
        "The short reassessment has not been answered",
        lambda facts: not facts.reassessment_open,
    ),
    Guard(
        "no_termination_sheet",
        "Lembar terminasi belum diisi",
        "The termination sheet has not been filled in",
        lambda facts: facts.termination_written,
    ),
)


def lacking(stage: Stage, facts: Facts) -> list[Guard]:
    """Return what still has to be done before the case may leave this stage forward."""
    return [guard for guard in EXITS.get(stage, ()) if not guard.holds(facts)]


def blockers(facts: Facts) -> list[Guard]:
    """Return what stands in the way of closing (R8)."""
    return [guard for guard in BLOCKERS if not guard.holds(facts)]


def named(where: str, guards: list[Guard]) -> dict[str, list[str]]:
    """Return guards as the fields of an error: a stable path and the sentence."""
    return {f"{where}.{guard.name}": [Said(guard.id, guard.en)] for guard in guards}
