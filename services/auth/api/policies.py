"""Who may use which door of auth at all."""

from typing import Final

from shared.contracts.roles import STAFF, Role
from shared.security.policy import Policy

ADMINISTRATORS: Final = Policy(
    "administrators",
    "The system administrator manages people, institutions and machines, and no case.",
    frozenset({Role.ADMIN_SISTEM}),
)
COLLEAGUES: Final = Policy(
    "colleagues",
    "Staff read the names of their own institution; services ask for those they show.",
    STAFF | {Role.ADMIN_SISTEM, Role.LAYANAN},
)
SESSION_OWNERS: Final = Policy(
    "session_owners", "Everybody sees and ends her own sessions.", STAFF | {Role.ADMIN_SISTEM}
)
