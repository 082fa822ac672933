"""What a partner sees of a person: little before acceptance, the agreed minimum after, no more.

The templates are the table of domain.md 2.10. What is shown on acceptance is what was sent,
and consented to, and in the template of this kind of institution; it is frozen and hashed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts.protection import FieldClass
from shared.contracts.referral_words import CLASS_OF, ContentField, ReferralStanding
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid

F = ContentField

#: F12 in writing, so that the person need not tell it all again (S14).
_F12: Final = frozenset(
    {
        F.SUMMARY,
        F.SERVICES_GIVEN,
        F.DEVELOPMENTS,
        F.SAFETY_NOTES,
        F.COMPANION_NAME,
        F.CONTACT_WAY,
    }
)
_IDENTITY: Final = frozenset({F.FULL_NAME, F.SEX, F.BIRTH_DATE, F.NIK})
_MEDICAL: Final = (
    _F12
    | _IDENTITY
    | {
        F.AGE,
        F.INCIDENT_TIME,
        F.INCIDENT_TYPE,
        F.COMPLAINTS,
        F.PREGNANCY,
        F.SPV_NUMBER,
        F.PERPETRATOR_RELATION,
    }
)
_PSYCHOLOGICAL: Final = _F12 | {F.CALL_NAME, F.AGE, F.PRESENTING_PROBLEM, F.RISK_LEVEL}
_CARE: Final = _F12 | _IDENTITY | {F.AGE, F.CARE_SITUATION, F.MEDICAL_MUST_KNOWS}
_PROTECTION: Final = _F12 | _IDENTITY | {F.ROUTE, F.TPPO_BLOCK, F.PROTECTION_NEED}
_JUSTICE: Final = _F12 | _IDENTITY | {F.LEGAL_STEPS, F.DOCUMENTS}
_SUPPORT: Final = frozenset({F.CALL_NAME, F.SUPPORT_NEEDED, F.SAFETY_NOTES, F.CONTACT_WAY})

#: What each kind of institution may be shown (domain.md 2.10). The last five kinds have no row
#: there; theirs are proposed here, narrow on purpose [P].
TEMPLATES: Final[Mapping[InstitutionKind, frozenset[ContentField]]] = {
    InstitutionKind.POLRES_PPA: _F12
    | _IDENTITY
    | {
        F.PERPETRATOR_IDENTITY,
        F.PERPETRATOR_RELATION,
        F.CHRONOLOGY,
        F.INCIDENT_PLACE,
        F.INCIDENT_TIME,
        F.EVIDENCE_LIST,
        F.GUARDIAN_STATUS,
        F.STATUTORY_CLOCK,
    },
    InstitutionKind.RS: _MEDICAL,
    InstitutionKind.PUSKESMAS: _MEDICAL,
    InstitutionKind.PSIKOLOG: _PSYCHOLOGICAL,
    InstitutionKind.PSIKIATER: _PSYCHOLOGICAL,
    InstitutionKind.ADVOKAT: _JUSTICE | {F.CHRONOLOGY},
    InstitutionKind.DINSOS: _CARE,
    InstitutionKind.LKSA: _CARE,
    InstitutionKind.RUMAH_AMAN: _CARE,
    InstitutionKind.BAPAS: _F12 | _IDENTITY | {F.FAMILY, F.SCHOOL_CLASS, F.OFFENCE},
    InstitutionKind.DISDIK: frozenset(
        {F.FULL_NAME, F.SCHOOL_CLASS, F.SUPPORT_NEEDED, F.SAFETY_NOTES, F.CONTACT_WAY}
    ),
    InstitutionKind.DUKCAPIL: _IDENTITY | {F.DOCUMENT_NEEDED},
    InstitutionKind.KELURAHAN: frozenset({F.CALL_NAME, F.TASK}),
    InstitutionKind.BP3MI: _PROTECTION,
    InstitutionKind.LPSK: _PROTECTION,
    InstitutionKind.KEJAKSAAN: _JUSTICE,
    InstitutionKind.PENGADILAN: _JUSTICE,
    InstitutionKind.KEMENAG: _SUPPORT,
    InstitutionKind.LSM: _SUPPORT | {F.SUMMARY, F.AGE},
    InstitutionKind.UPTD_PPA: _F12 | _IDENTITY | {F.AGE, F.RISK_LEVEL},
}

#: Standings in which the partner may open what it was shown on acceptance.
SHOWN_WHILE: Final = frozenset(
    {
        ReferralStanding.ACCEPTED,
        ReferralStanding.IN_PROGRESS,
        ReferralStanding.ON_HOLD,
        ReferralStanding.COMPLETED,
        ReferralStanding.FAILED,
    }
)


class Sight(StrEnum):
    """How much of a referral a partner may see now."""

    PSEUDONYMOUS = "pseudonymous"
    FULL = "full"
    NONE = "none"


class MoreThanTheTemplate(Invalid):
    """Fields were sent that this kind of institution may never see."""

    code = "more_than_the_template"
    id = "Isian ini tidak boleh dibagikan kepada jenis lembaga ini."
    en = "This field may not be shared with this kind of institution."


@dataclass(eq=False, kw_only=True)
class Content:
    """What the unit shares, one column a class of personal data, sealed for the case.

    ``salt`` keeps the published digest from telling anything about short values.
    """

    id: UUID
    case_id: UUID
    salt: str
    question: str
    accommodation: str | None = None
    identity: Mapping[str, str] | None = None
    contact: Mapping[str, str] | None = None
    narrative: Mapping[str, str] | None = None
    health: Mapping[str, str] | None = None
    risk: Mapping[str, str] | None = None
    alleged_perpetrator: Mapping[str, str] | None = None
    override_reason: str | None = None

    @property
    def fields(self) -> dict[ContentField, str]:
        """All that was sent, by field."""
        parts = (getattr(self, each.value, None) or {} for each in CLASSES)
        return {ContentField(name): text for part in parts for name, text in part.items()}


#: The classes that hold fields of a referral.
CLASSES: Final = tuple(sorted(frozenset(CLASS_OF.values()), key=lambda each: each.value))


@dataclass(eq=False, kw_only=True)
class Disclosure:
    """What was shown, frozen on acceptance: which fields, and a digest of their text."""

    id: UUID
    case_id: UUID
    institution_id: UUID
    kind: InstitutionKind
    fields: frozenset[ContentField]
    digest: str
    frozen_at: datetime


def by_class(sent: Mapping[ContentField, str]) -> dict[str, dict[str, str]]:
    """Return the fields that were sent, sorted into their classes, for sealing."""
    sorted_out: dict[str, dict[str, str]] = {}
    for name, text in sent.items():
        sorted_out.setdefault(CLASS_OF[name].value, {})[name.value] = text
    return sorted_out


def check_template(kind: InstitutionKind, sent: Mapping[ContentField, str]) -> None:
    """Raise MoreThanTheTemplate, naming each field that this kind may never see."""
    beyond = sorted(set(sent) - TEMPLATES[kind])
    if beyond:
        raise MoreThanTheTemplate(fields={f"content.{name}": ["not_valid"] for name in beyond})


def classes_in(sent: Mapping[ContentField, str]) -> frozenset[FieldClass]:
    """Return the classes of personal data among the fields."""
    return frozenset(CLASS_OF[name] for name in sent)


def shown(
    sent: Mapping[ContentField, str],
    *,
    consented: frozenset[FieldClass],
    kind: InstitutionKind,
) -> dict[ContentField, str]:
    """Return what may be seen on acceptance: sent, and consented to, and in the template."""
    allowed = TEMPLATES[kind]
    return {
        name: text
        for name, text in sent.items()
        if name in allowed and (CLASS_OF[name] in consented or CLASS_OF[name] is FieldClass.NONE)
    }


def freeze(
    content: Content,
    *,
    consented: frozenset[FieldClass],
    institution_id: UUID,
    kind: InstitutionKind,
    at: datetime,
) -> Disclosure:
    """Fix for good what the partner sees from its acceptance on."""
    seen = shown(content.fields, consented=consented, kind=kind)
    return Disclosure(
        id=content.id,
        case_id=content.case_id,
        institution_id=institution_id,
        kind=kind,
        fields=frozenset(seen),
        digest=digest_of(seen, content.salt),
        frozen_at=at,
    )


def reveal(content: Content, disclosure: Disclosure) -> dict[ContentField, str]:
    """Return the text of the frozen fields; ValueError when it is not what was frozen."""
    seen = {name: text for name, text in content.fields.items() if name in disclosure.fields}
    if digest_of(seen, content.salt) != disclosure.digest:
        raise ValueError("the disclosed text is not what was frozen")
    return seen


def digest_of(seen: Mapping[ContentField, str], salt: str) -> str:
    """Return the digest of what is shown; the salt is sealed with the text."""
    text = json.dumps({name.value: seen[name] for name in sorted(seen)}, ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def sight(standing: ReferralStanding, *, ended: bool = False) -> Sight:
    """Return how much the partner may see while the referral stands so, unless access ended."""
    if ended:
        return Sight.NONE
    if standing in SHOWN_WHILE:
        return Sight.FULL
    asked = standing in {ReferralStanding.REQUESTED, ReferralStanding.RECEIVED}
    return Sight.PSEUDONYMOUS if asked else Sight.NONE
