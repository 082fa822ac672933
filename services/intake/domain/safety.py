"""Provisional risk from the safety screening (F4): when in doubt it calls for help."""

from typing import Final

from services.intake.domain.forms.field import Answers
from shared.contracts.vocabulary import RiskLevel

#: Each of these alone means danger now (domain.md 2.1).
ALONE: Final = ("injured_now", "suicidal_thought", "child_alone_with_perpetrator")


def alarms(answers: Answers) -> list[str]:
    """Return the names of the questions whose answers mean danger now."""
    found = [name for name in ALONE if answers.get(name) == "YA"]
    if answers.get("threat_to_kill") == "YA" and answers.get("with_perpetrator_now") == "YA":
        found.append("threat_to_kill")
    if answers.get("safe_place_tonight") == "TIDAK":
        found.append("safe_place_tonight")
    return found


def provisional_risk(answers: Answers) -> RiskLevel | None:
    """Return TINGGI when there is danger now, otherwise None: the rest is for the screening."""
    return RiskLevel.TINGGI if alarms(answers) else None
