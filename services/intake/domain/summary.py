"""What a partner will be sent (F12): per field class, and only what the consent covers.

Fields that only the case team may see (X) never leave intake as they are; the case manager
rewrites them for this service. A template says what each kind of partner usually needs
(domain.md 2.10); the manager may take away, and adding needs a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.intake.domain.forms.field import Answers, Block, Sensitivity
from services.intake.domain.forms.report_person import PERSON
from shared.contracts.protection import FieldClass
from shared.contracts.vocabulary import InstitutionKind

_F = FieldClass
_CORE: Final = frozenset({_F.IDENTITY, _F.NARRATIVE, _F.RISK})

#: Which classes each kind of partner usually needs; what is absent takes the last row.
TEMPLATES: Final[Mapping[InstitutionKind, frozenset[FieldClass]]] = {
    InstitutionKind.POLRES_PPA: _CORE | {_F.ALLEGED_PERPETRATOR, _F.CONTACT},
    InstitutionKind.RS: frozenset({_F.IDENTITY, _F.HEALTH, _F.RISK, _F.NARRATIVE}),
    InstitutionKind.PUSKESMAS: frozenset({_F.IDENTITY, _F.HEALTH, _F.RISK, _F.NARRATIVE}),
    InstitutionKind.PSIKOLOG: frozenset({_F.NARRATIVE, _F.RISK, _F.HEALTH}),
    InstitutionKind.PSIKIATER: frozenset({_F.NARRATIVE, _F.RISK, _F.HEALTH}),
    InstitutionKind.ADVOKAT: frozenset({_F.IDENTITY, _F.NARRATIVE, _F.ALLEGED_PERPETRATOR}),
    InstitutionKind.DINSOS: _CORE | {_F.HEALTH, _F.CONTACT},
    InstitutionKind.LKSA: _CORE | {_F.HEALTH, _F.CONTACT},
    InstitutionKind.RUMAH_AMAN: _CORE | {_F.HEALTH, _F.CONTACT},
    InstitutionKind.BAPAS: _CORE | {_F.CONTACT},
    InstitutionKind.DISDIK: frozenset({_F.IDENTITY}),
    InstitutionKind.DUKCAPIL: frozenset({_F.IDENTITY}),
    InstitutionKind.KELURAHAN: frozenset({_F.CONTACT}),
}
_OTHERS: Final = frozenset({_F.IDENTITY, _F.NARRATIVE, _F.RISK})

#: Fields of the person that go out as they are, by class. No X field is among them.
_AS_THEY_ARE: Final[Mapping[FieldClass, tuple[str, ...]]] = {
    _F.IDENTITY: ("name", "alias", "birth_date", "age_estimate", "nik", "birth_place"),
    _F.CONTACT: ("phone",),
    _F.HEALTH: ("disability", "accommodation", "pregnant"),
}
#: Classes that go out only as the case manager wrote them for this referral.
REWRITTEN: Final = (_F.NARRATIVE, _F.ALLEGED_PERPETRATOR, _F.WHEREABOUTS, _F.INTERNAL_NOTES)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the case manager wrote for this one referral."""

    question: str
    summary: str = ""
    safety_note: str = ""
    alleged_perpetrator: str = ""
    whereabouts: str = ""


def template(kind: InstitutionKind) -> frozenset[FieldClass]:
    """Return the classes that this kind of partner usually needs."""
    return TEMPLATES.get(kind, _OTHERS)


def offered(kind: InstitutionKind, consented: frozenset[FieldClass]) -> frozenset[FieldClass]:
    """Return what may be sent: the template, as far as the consent goes."""
    return template(kind) & consented


def contents(
    person: Answers, written: Written, *, classes: frozenset[FieldClass], risk: str | None
) -> dict[str, dict[str, Any]]:
    """Return the content of a referral by field class, nothing outside the chosen classes."""
    made: dict[str, dict[str, Any]] = {
        kind.value: {name: person[name] for name in names if person.get(name) not in (None, "")}
        for kind, names in _AS_THEY_ARE.items()
    }
    made[_F.NARRATIVE.value] = _said(summary=written.summary)
    made[_F.ALLEGED_PERPETRATOR.value] = _said(summary=written.alleged_perpetrator)
    made[_F.WHEREABOUTS.value] = _said(summary=written.whereabouts)
    made[_F.CONTACT.value] |= _said(safety_note=written.safety_note)
    made[_F.RISK.value] = _said(risk=risk)
    return {kind: values for kind, values in made.items() if values and _F(kind) in classes}


def team_only(block: Block) -> frozenset[str]:
    """Return the names of the fields that never leave intake as they are."""
    return frozenset(f.name for f in block.fields if f.sensitivity is Sensitivity.TEAM_ONLY)


def _said(**values: str | None) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


#: A programming error if this ever fails: no X field goes out as it is.
_LEAKS: Final = team_only(PERSON) & {n for names in _AS_THEY_ARE.values() for n in names}
if _LEAKS:
    raise RuntimeError(f"fields of the case team would leave intake: {sorted(_LEAKS)}")
