"""From when on the tokens of somebody are void."""

from datetime import datetime
from uuid import UUID

from shared.contracts.auth import AccessOf, AccessRevoked


def revoked(kind: AccessOf, subject_id: UUID, *, at: datetime) -> AccessRevoked:
    """Return the event that voids every token issued until now.

    A token tells its time in whole seconds, so one issued later within this very second is void
    as well: whoever signs in again at once simply asks a second time.
    """
    return AccessRevoked(happened_at=at, subject_id=subject_id, subject_kind=kind, not_before=at)
