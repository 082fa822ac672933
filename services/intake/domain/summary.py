"""What a partner will be sent (F12): field by field, only what is covered and needed.

Fields that only the case team may see (X) never leave intake as they are; for these the case
manager writes a new text for this referral. The directory says which fields a kind of partner
may be shown (domain.md 2.10); the manager may take away, never add.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from services.intake.domain.forms.field import Answers, Block, Sensitivity
from services.intake.domain.forms.lists import age_on
from services.intake.domain.forms.report_person import PERSON
from shared.contracts.codes import label
from shared.contracts.protection import FieldClass
from shared.contracts.referral_words import CLASS_OF, ContentField
from shared.contracts.vocabulary import AgeBand
from shared.errors import Invalid

F = ContentField

#: Which answer about the person fills which field of a referral. None of them is an X field.
_FROM_PERSON: Final[Mapping[ContentField, str]] = {
    F.FULL_NAME: "name",
    F.CALL_NAME: "alias",
    F.BIRTH_DATE: "birth_date",
    F.NIK: "nik",
    F.SCHOOL_CLASS: "school_name",
    F.PREGNANCY: "pregnant",
}
#: The upper end of each age group (CL11).
_BANDS: Final = (
    (5, AgeBand.U00_05),
    (12, AgeBand.U06_12),
    (17, AgeBand.U13_17),
    (24, AgeBand.U18_24),
    (44, AgeBand.U25_44),
    (59, AgeBand.U45_59),
)


def offered(
    template: frozenset[ContentField], consented: frozenset[FieldClass]
) -> list[ContentField]:
    """Return the fields that may be sent: the partner's template, as far as the consent goes."""
    always = consented | {FieldClass.NONE}
    return [name for name in ContentField if name in template and CLASS_OF[name] in always]


def known(person: Answers, report: Answers, *, risk: str | None, on: date) -> dict[F, str]:
    """Return what intake can fill in by itself; the rest the manager writes."""
    incident = report.get("incident") or {}
    made = {field: str(person.get(name) or "") for field, name in _FROM_PERSON.items()}
    age = age_on(person, on)
    made[F.SEX] = str(person.get("sex") or "")
    made[F.AGE] = str(age) if age is not None else ""
    made[F.RISK_LEVEL] = risk or ""
    made[F.INCIDENT_TIME] = str(incident.get("incident_from") or "")
    made[F.INCIDENT_TYPE] = _labels("CL04", incident.get("forms"))
    made[F.PERPETRATOR_RELATION] = _relations(report)
    return {field: text for field, text in made.items() if text}


def contents(
    allowed: list[ContentField], chosen: Mapping[str, Any], filled_in: Mapping[F, str]
) -> dict[str, str]:
    """Return what is sent; raise Invalid when something was chosen that may not be sent.

    ``chosen`` maps a field's name to a text the manager wrote, or to True for what is on file.
    """
    outside = sorted(set(chosen) - {field.value for field in allowed})
    if outside:
        raise Invalid(fields={f"content.{name}": ["not_valid"] for name in outside})
    made = {}
    for name, said in chosen.items():
        text = said if isinstance(said, str) else filled_in.get(ContentField(name), "")
        if text.strip():
            made[name] = text.strip()
    return made


def age_band(person: Answers, *, on: date) -> AgeBand:
    """Return the age group; when only "child" or "grown up" is known, the widest that fits."""
    age = age_on(person, on)
    if age is None:
        return AgeBand.U13_17 if person.get("age_group") == "ANAK" else AgeBand.U25_44
    return next((band for limit, band in _BANDS if age <= limit), AgeBand.U60)


def team_only(block: Block) -> frozenset[str]:
    """Return the names of the fields that never leave intake as they are."""
    return frozenset(f.name for f in block.fields if f.sensitivity is Sensitivity.TEAM_ONLY)


def _labels(name: str, found: Any) -> str:
    return ", ".join(label(name, code) for code in found or ())


def _relations(report: Answers) -> str:
    found = [
        code
        for one in report.get("alleged_perpetrators") or ()
        for code in one.get("relations") or ()
    ]
    return _labels("CL07", found)


#: A programming error if this ever fails: no X field goes out as it is.
_LEAKS: Final = team_only(PERSON) & set(_FROM_PERSON.values())
if _LEAKS:
    raise RuntimeError(f"fields of the case team would leave intake: {sorted(_LEAKS)}")
