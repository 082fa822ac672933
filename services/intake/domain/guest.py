"""A line of the guest book (F1): every visit, whether or not a report follows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.intake.domain.forms.check import check
from services.intake.domain.forms.field import Answers
from services.intake.domain.forms.guest import GUEST
from services.intake.domain.sheet import Signature
from shared.contracts.vocabulary import Channel
from shared.errors import Invalid
from shared.identifiers import new_id


@dataclass(eq=False, kw_only=True)
class Guest:
    """Somebody who came in. Nothing here says what kind of case it may be."""

    id: UUID
    unit_id: UUID
    version: int = 0
    visitor_alias: str
    origin: str | None
    purpose: str
    channel: Channel
    arrived_at: datetime
    received_by: UUID
    report_id: UUID | None = None

    @classmethod
    def receive(cls, unit_id: UUID, answers: Answers, *, signed: Signature) -> "Guest":
        """Write a visit into the guest book; raise Invalid naming the fields."""
        problems = check(GUEST.blocks[0], answers)
        if problems:
            raise Invalid(fields=problems)
        return cls(
            id=new_id(),
            unit_id=unit_id,
            visitor_alias=answers["visitor_alias"],
            origin=answers.get("origin") or None,
            purpose=answers["purpose"],
            channel=Channel(answers["channel"]),
            arrived_at=datetime.fromisoformat(answers["arrived_at"]),
            received_by=signed.by,
        )

    def carried_over(self) -> dict[str, object]:
        """Return what the reporter need not be asked again (WCAG 2.2, 3.3.7)."""
        return {
            "channel": self.channel.value,
            "reported_at": self.arrived_at.isoformat(),
            "name": self.visitor_alias,
            "address": self.origin or "",
        }
