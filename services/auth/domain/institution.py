"""An institution that takes part in the network, and whether it may act for now.

register -> active
active    --suspend-->   suspended
suspended --reinstate--> active
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.auth.domain.revocation import revoked
from shared.contracts.auth import (
    AccessOf,
    AccessRevoked,
    InstitutionRegistered,
    InstitutionReinstated,
    InstitutionSuspended,
)
from shared.contracts.validation import worded
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid, MoveNotAllowed
from shared.identifiers import new_id


class Standing(StrEnum):
    """Where an institution stands."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Move(StrEnum):
    """What may be done with an institution."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"


STEPS: Final[Mapping[tuple[Standing, Move], Standing]] = {
    (Standing.ACTIVE, Move.SUSPEND): Standing.SUSPENDED,
    (Standing.SUSPENDED, Move.REINSTATE): Standing.ACTIVE,
}


@dataclass(eq=False, kw_only=True)
class Institution:
    """A unit or a partner, by its own name; for a unit the identifier is the unit's."""

    id: UUID
    kind: InstitutionKind
    name: str
    standing: Standing
    registered_at: datetime
    version: int = 0

    @classmethod
    def register(
        cls, *, kind: InstitutionKind, name: str, at: datetime
    ) -> "tuple[Institution, InstitutionRegistered]":
        """Take an institution into the network."""
        made = cls(
            id=new_id(),
            kind=kind,
            name=a_name(name),
            standing=Standing.ACTIVE,
            registered_at=at,
        )
        return made, InstitutionRegistered(happened_at=at, institution_id=made.id, kind=kind)

    @property
    def may_act(self) -> bool:
        """Whether its people and machines may come in."""
        return self.standing is Standing.ACTIVE

    def suspend(self, *, at: datetime) -> tuple[InstitutionSuspended, AccessRevoked]:
        """Stop the whole institution, with everything it holds now."""
        self._step(Move.SUSPEND)
        return (
            InstitutionSuspended(happened_at=at, institution_id=self.id),
            revoked(AccessOf.INSTITUTION, self.id, at=at),
        )

    def reinstate(self, *, at: datetime) -> InstitutionReinstated:
        """Let the institution act again; its people sign in anew."""
        self._step(Move.REINSTATE)
        return InstitutionReinstated(happened_at=at, institution_id=self.id)

    def _step(self, move: Move) -> None:
        if (self.standing, move) not in STEPS:
            raise MoveNotAllowed("institution", move.value, self.standing.value)
        self.standing = STEPS[self.standing, move]


def a_name(typed: str, *, field: str = "name") -> str:
    """Return a name with its spaces tidied; Invalid when it is empty or longer than 120."""
    tidy = " ".join(typed.split())
    if not tidy or len(tidy) > 120 or not tidy.isprintable():
        raise Invalid(fields={field: [worded("Isi nama, paling panjang 120 huruf.")]})
    return tidy
