"""Who must agree before a case is closed for a given reason (CL24; four eyes, CL35)."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.stages import Move
from shared.contracts.roles import Role
from shared.contracts.vocabulary import Stage, TerminationReason
from shared.errors import Conflict, MoveNotAllowed, NotAllowed, SecondPersonNeeded


class NotAClosure(Conflict):
    """A worker who leaves hands the case over; the person's case goes on (R13)."""

    code = "not_a_closure"
    id = "Bila pendamping pergi, kasus dialihkan ke petugas lain, bukan ditutup."
    en = "When a worker leaves, the case goes to another worker; it is not closed."


_HEAD: Final = frozenset({Role.KEPALA_UPTD})
_SUPERVISOR: Final = frozenset({Role.SUPERVISOR, Role.KEPALA_UPTD})
_DATA: Final = frozenset({Role.ADMIN_DATA, Role.SUPERVISOR, Role.KEPALA_UPTD})

#: Reasons that need the agreement of somebody else, and of whom.
APPROVERS: Final[Mapping[TerminationReason, frozenset[Role]]] = {
    TerminationReason.PERMINTAAN_KLIEN: _SUPERVISOR,
    TerminationReason.HILANG_KONTAK: _SUPERVISOR,
    TerminationReason.TIDAK_MEMENUHI: _SUPERVISOR,
    TerminationReason.TIDAK_TERVERIFIKASI: _SUPERVISOR,
    TerminationReason.MENINGGAL: _HEAD,
    TerminationReason.DILIMPAHKAN: _HEAD,
    TerminationReason.LAINNYA: _HEAD,
    TerminationReason.DUPLIKAT: _DATA,
}


def propose(case: Case, reason: TerminationReason, *, by: UUID) -> bool:
    """Say for which reason the case is to be closed; return whether a second person must agree."""
    if reason is TerminationReason.PETUGAS_PERGI:
        raise NotAClosure
    if case.stage is not Stage.TERMINATION:
        raise MoveNotAllowed("case", Move.CLOSE, case.stage)
    case.closing_reason, case.closing_proposed_by = reason, by
    return reason in APPROVERS


def agreed(case: Case, *, by: UUID, roles: frozenset[Role]) -> TerminationReason:
    """Return the reason a second person agrees to; raise when it is the same person or role."""
    if case.closing_reason is None:
        raise MoveNotAllowed("case", "agree_to_close", case.stage)
    if by == case.closing_proposed_by:
        raise SecondPersonNeeded
    if not roles & APPROVERS.get(case.closing_reason, roles):
        raise NotAllowed
    return case.closing_reason
