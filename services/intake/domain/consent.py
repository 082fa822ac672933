"""A consent: what somebody who may speak for the person allows, to whom, and for how long.

GIVEN     withdraw -> WITHDRAWN
REFUSED   -
NOT_NOW   -
WITHDRAWN -

A guardian who is, or sides with, the alleged perpetrator cannot give it (UU 27/2022, art. 25;
domain.md 0.3). Without consent there must be a legal basis, a reason, and a second person
within three hours (design, section 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.intake.domain.forms.check import check
from services.intake.domain.forms.consent import CONSENT
from services.intake.domain.forms.field import Answers
from services.intake.domain.sheet import Signature
from shared.contracts.intake import ConsentGiven, ConsentRefused, ConsentWithdrawn
from shared.contracts.protection import FieldClass, LegalBasis
from shared.contracts.vocabulary import ConsentScope, Service
from shared.errors import Conflict, Invalid, MoveNotAllowed, SecondPersonNeeded
from shared.identifiers import new_id


class GuardianConflict(Conflict):
    """A guardian who is part of the problem was named as the giver."""

    code = "guardian_conflict"
    id = "Wali ini tidak dapat memberi persetujuan karena ada benturan kepentingan."
    en = "This guardian cannot give consent because of a conflict of interest."


class ConsentStanding(StrEnum):
    """Where a consent stands."""

    GIVEN = "GIVEN"
    REFUSED = "REFUSED"
    NOT_NOW = "NOT_NOW"
    WITHDRAWN = "WITHDRAWN"


class ConsentMove(StrEnum):
    """What may be done to a consent."""

    WITHDRAW = "withdraw"


#: Every step a consent can take.
STEPS: Final[Mapping[tuple[ConsentStanding, ConsentMove], ConsentStanding]] = {
    (ConsentStanding.GIVEN, ConsentMove.WITHDRAW): ConsentStanding.WITHDRAWN,
}
#: How long sharing without consent may go on before a second person has agreed.
OVERRIDE: Final = timedelta(hours=3)
_GUARDIANS: Final = ("PARENT", "OTHER_GUARDIAN")


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """What must be known of a person to say who may decide for her or him."""

    case_id: UUID
    unit_id: UUID
    is_child: bool
    guardian_conflict: bool


@dataclass(eq=False, kw_only=True)
class Consent:
    """One decision, about one purpose and at most one recipient."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    version: int = 0
    scope: ConsentScope
    standing: ConsentStanding
    institution_id: UUID | None
    service: Service | None
    field_classes: frozenset[FieldClass]
    basis: LegalBasis
    giver: str
    valid_until: datetime | None
    decided_at: datetime
    recorded_by: UUID
    sheet_id: UUID | None = None
    approved_by: UUID | None = None
    withdrawn_at: datetime | None = None

    @classmethod
    def record(cls, answers: Answers, *, of: Speaker, signed: Signature) -> "Consent":
        """Write down a decision; raise Invalid or GuardianConflict and keep nothing."""
        problems = check(CONSENT.blocks[0], answers) or _improper(answers, of)
        if problems:
            raise Invalid(fields=problems)
        if of.guardian_conflict and answers["giver"] in _GUARDIANS:
            raise GuardianConflict
        basis = LegalBasis(answers["basis"])
        return cls(
            id=new_id(),
            case_id=of.case_id,
            unit_id=of.unit_id,
            scope=ConsentScope(answers["scope"]),
            standing=ConsentStanding(answers["decision"]),
            institution_id=_optional(UUID, answers.get("institution_id")),
            service=_optional(Service, answers.get("service")),
            field_classes=frozenset(map(FieldClass, answers.get("field_classes") or ())),
            basis=basis,
            giver=answers["giver"],
            valid_until=_until(answers, basis, signed.at),
            decided_at=signed.at,
            recorded_by=signed.by,
        )

    @property
    def sequence(self) -> int:
        """How many events have told of it: the partner's side checks that it has heard them."""
        return 1 + (self.approved_by is not None) + (self.withdrawn_at is not None)

    def told(self) -> ConsentGiven | ConsentRefused | None:
        """Return the event that tells of the decision; "not now" is nobody else's business."""
        if self.standing is ConsentStanding.REFUSED:
            return ConsentRefused(**self._which(), happened_at=self.decided_at)
        if self.standing is ConsentStanding.GIVEN:
            return self._given(self.decided_at)
        return None

    def in_force(self, at: datetime) -> bool:
        """Whether it still holds."""
        lapsed = self.valid_until is not None and self.valid_until <= at
        return self.standing is ConsentStanding.GIVEN and not lapsed

    def concerns(self, institution_id: UUID, service: Service) -> bool:
        """Whether it decides about a referral of this service to this institution, and however."""
        here = self.scope is ConsentScope.RUJUKAN and self.institution_id == institution_id
        return here and self.service in (None, service)

    def covers(self, institution_id: UUID, service: Service, *, at: datetime) -> bool:
        """Whether it allows a referral of this service to this institution."""
        return self.concerns(institution_id, service) and self.in_force(at)

    def takes_back(self, earlier: "Consent") -> bool:
        """Whether it is a later "no" to a referral that the person had said yes to before.

        A "no" to one service also ends a "yes" to everything of that partner; what the person
        still wants is then asked for by itself. What rests on a legal duty stays.
        """
        no = self.standing is ConsentStanding.REFUSED and self.scope is ConsentScope.RUJUKAN
        yes = earlier.standing is ConsentStanding.GIVEN and earlier.basis is LegalBasis.CONSENT
        here = earlier.scope is self.scope and earlier.institution_id == self.institution_id
        same = None in (self.service, earlier.service) or self.service is earlier.service
        return no and yes and here and same

    def approve(self, *, by: UUID, at: datetime) -> ConsentGiven:
        """A second person agrees that it was right to go on without consent."""
        if self.basis is LegalBasis.CONSENT or self.standing is not ConsentStanding.GIVEN:
            raise MoveNotAllowed("consent", "approve", self.standing)
        if by == self.recorded_by:
            raise SecondPersonNeeded
        self.approved_by, self.valid_until = by, None
        return self._given(at)

    def withdraw(self, *, at: datetime) -> ConsentWithdrawn:
        """The person takes it back. What rests on a legal duty is not hers or his to take back."""
        if self.basis is not LegalBasis.CONSENT:
            raise MoveNotAllowed("consent", ConsentMove.WITHDRAW, self.basis)
        self._step(ConsentMove.WITHDRAW)
        self.withdrawn_at = at
        return ConsentWithdrawn(**self._which(), happened_at=at)

    def _step(self, move: ConsentMove) -> None:
        try:
            self.standing = STEPS[self.standing, move]
        except KeyError:
            raise MoveNotAllowed("consent", move, self.standing) from None

    def _given(self, at: datetime) -> ConsentGiven:
        return ConsentGiven(
            **self._which(),
            basis=self.basis,
            service=self.service,
            field_classes=self.field_classes,
            valid_until=self.valid_until,
            happened_at=at,
        )

    def _which(self) -> dict[str, Any]:
        return {
            "consent_id": self.id,
            "case_id": self.case_id,
            "unit_id": self.unit_id,
            "scope": self.scope,
            "institution_id": self.institution_id,
        }


def _improper(answers: Answers, of: Speaker) -> dict[str, list[str]]:
    """Say what is wrong with who decides and on what ground."""
    with_consent = answers["basis"] == LegalBasis.CONSENT.value
    by_unit = answers["giver"] == "UPTD_BEST_INTEREST"
    given = answers["decision"] == "GIVEN"
    if given and with_consent == by_unit and answers["giver"] != "COURT":
        return {"basis": ["not_valid"]}
    if not of.is_child and _only_for_a_child(answers):
        return {"giver": ["not_valid"]}
    if of.is_child and answers["giver"] == "CLIENT" and given:
        return {"giver": ["not_valid"]}
    if of.is_child and given and with_consent and answers.get("child_assent") in (None, "TIDAK"):
        missing = answers.get("child_assent") is None
        return {"child_assent": ["required" if missing else "not_valid"]}
    return {}


def _only_for_a_child(answers: Answers) -> bool:
    best_interest = answers["basis"] == LegalBasis.BEST_INTEREST_OF_THE_CHILD.value
    return best_interest or answers["giver"] in _GUARDIANS


def _until(answers: Answers, basis: LegalBasis, at: datetime) -> datetime | None:
    if basis is not LegalBasis.CONSENT and answers["decision"] == "GIVEN":
        return at + OVERRIDE
    stated = answers.get("valid_until")
    return datetime.fromisoformat(stated) if stated else None


def _optional(read: Any, value: Any) -> Any:
    return read(value) if value else None
