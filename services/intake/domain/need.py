"""A need of the person, as a row of the need assessment (F9), and why it has no plan item."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.intake.domain.forms.casework import NEED
from services.intake.domain.forms.check import check
from services.intake.domain.forms.field import Answers
from services.intake.domain.sheet import Place, Signature
from shared.contracts.intake import NeedRecorded
from shared.contracts.vocabulary import NeedDomain
from shared.errors import Invalid
from shared.identifiers import new_id


class NotReferredReason(StrEnum):
    """Why a need has no plan item (CL39)."""

    NOT_APPLICABLE = "NOT_APPLICABLE"
    DECLINED_BY_SURVIVOR = "DECLINED_BY_SURVIVOR"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    DIRECT_SERVICE = "DIRECT_SERVICE"


@dataclass(eq=False, kw_only=True)
class Need:
    """Something the person needs, and whether she or he agrees."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    version: int = 0
    domain: NeedDomain
    urgency: int
    agrees: bool
    source: str
    need: str
    loop_no: int
    recorded_at: datetime
    recorded_by: UUID
    not_referred: NotReferredReason | None = None

    @classmethod
    def record(
        cls, answers: Answers, *, place: Place, signed: Signature
    ) -> tuple["Need", NeedRecorded]:
        """Write a need down; raise Invalid naming the fields."""
        problems = check(NEED.blocks[0], answers)
        if problems:
            raise Invalid(fields=problems)
        need = cls(
            id=new_id(),
            case_id=place.owner_id,
            unit_id=place.unit_id,
            domain=NeedDomain(answers["domain"]),
            urgency=int(answers["urgency"]),
            agrees=answers["agrees"],
            source=answers["source"],
            need=answers["need"],
            loop_no=place.loop_no,
            recorded_at=signed.at,
            recorded_by=signed.by,
        )
        return need, NeedRecorded(
            need_id=need.id,
            case_id=need.case_id,
            unit_id=need.unit_id,
            domain=need.domain,
            urgency=need.urgency,
            happened_at=signed.at,
        )

    def leave(self, reason: NotReferredReason) -> None:
        """Say why this need has no plan item."""
        self.not_referred = reason
