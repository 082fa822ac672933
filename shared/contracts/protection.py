"""Words of data protection that several services share."""

from enum import StrEnum


class UnitKind(StrEnum):
    """Whether a unit works with real people, trains, or is a partner's playground."""

    REAL = "real"
    TRAINING = "training"
    SANDBOX = "sandbox"


class FieldClass(StrEnum):
    """What kind of personal data a field holds (design, section 5). Every column names one."""

    CONTACT = "contact"
    IDENTITY = "identity"
    WHEREABOUTS = "whereabouts"
    NARRATIVE = "narrative"
    HEALTH = "health"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    REPORTER = "reporter"
    INTERNAL_NOTES = "internal_notes"
    RISK = "risk"
    NONE = "none"


class LegalBasis(StrEnum):
    """On what ground personal data is shared (UU 27/2022, article 20)."""

    CONSENT = "consent"
    LEGAL_DUTY = "legal-duty"
    VITAL_INTEREST = "vital-interest"
    BEST_INTEREST_OF_THE_CHILD = "best-interest-of-the-child"
