"""The case screening (F5): what kind of case, how dangerous, whose, and which laws set clocks."""

from dataclasses import asdict, dataclass
from typing import Any

from services.intake.domain.forms.field import Answers
from services.intake.domain.forms.lists import is_child
from services.intake.domain.forms.report_incident import SEXUAL
from shared.contracts.intake import ScreeningDecision
from shared.contracts.vocabulary import Authority, CaseClass, RiskLevel
from shared.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Flags:
    """Which statutes apply; each creates its clocks (domain.md 2.9)."""

    tpks: bool
    pkdrt: bool
    sppa: bool
    tppo: bool
    dispensation: bool

    def as_fields(self) -> dict[str, Any]:
        """Return the flags by name."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Screened:
    """What the case screening came to."""

    primary_class: CaseClass
    risk: RiskLevel
    authority: Authority
    decision: ScreeningDecision
    flags: Flags


def screened(answers: Answers, report: Answers) -> Screened:
    """Return the outcome of an F5 that was checked; ``report`` has the blocks of F2.

    Raise Invalid when the kind of case and the decision contradict each other.
    """
    decision = ScreeningDecision(answers["decision"])
    primary = CaseClass(answers["primary_class"])
    if (not answers["is_ppa_mandate"] or primary is CaseClass.LUAR) and (
        decision is ScreeningDecision.LANJUT
    ):
        raise Invalid(fields={"decision": ["not_valid"]})
    return Screened(
        primary_class=primary,
        risk=RiskLevel(answers["risk_level"]),
        authority=Authority(answers["authority"]),
        decision=decision,
        flags=flags(answers, report),
    )


def flags(answers: Answers, report: Answers) -> Flags:
    """Compute which statutes apply; nobody ticks them."""
    incident = report.get("incident") or {}
    classes = {answers["primary_class"], *(answers.get("secondary_classes") or ())}
    return Flags(
        tpks=SEXUAL.holds({}, report),
        pkdrt="KDRT" in (incident.get("context") or []),
        sppa="ABH" in classes,
        tppo="TPPO" in classes or "TRAFIKING" in (incident.get("forms") or []),
        dispensation="PUA" in classes
        and answers.get("subclass") in ("PUA_RENCANA", "PUA_DISPENSASI"),
    )


def contradictions(answers: Answers, report: Answers) -> list[str]:
    """Return warnings where the class and the age do not go together; nothing is changed."""
    person = (report.get("persons") or [{}])[0]
    child = is_child(person, report)
    found = []
    if answers.get("primary_class") == "KTP" and child:
        found.append("person_is_a_child")
    if answers.get("primary_class") in ("KTA", "ABH") and not child:
        found.append("person_is_an_adult")
    return found
