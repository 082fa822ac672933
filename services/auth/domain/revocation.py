"""From when on the tokens of somebody are void."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.auth import AccessOf, AccessRevoked


def revoked(kind: AccessOf, subject_id: UUID, *, at: datetime) -> AccessRevoked:
    """Return the event that voids every token issued until now.

    A token tells its time in whole seconds, so the border is the next whole second: none that
    was issued before ``at`` survives, and a sign-in within the same second simply asks again.
    """
    border = at.replace(microsecond=0) + timedelta(seconds=1)
    return AccessRevoked(
        happened_at=at, subject_id=subject_id, subject_kind=kind, not_before=border
    )
