"""Who may use which door of referral at all."""

from typing import Final

from shared.contracts.roles import PARTNERS, STAFF, Role
from shared.security.policy import Policy

SENDING_UNIT: Final = Policy(
    "sending_unit", "Staff of the unit that sent the referral; others do not see it.", STAFF
)
CASE_MANAGERS: Final = Policy(
    "case_managers",
    "Only who answers for the case says what a referral's end means for its plan.",
    frozenset({Role.MANAJER_KASUS, Role.SUPERVISOR, Role.KEPALA_UPTD}),
)
OVERSEERS: Final = Policy(
    "overseers",
    "A supervisor or the head of the unit that sent it; it leaves the unit for good.",
    frozenset({Role.SUPERVISOR, Role.KEPALA_UPTD}),
)
RECEIVING_PARTNER: Final = Policy(
    "receiving_partner", "People and machines of the institution it was sent to.", PARTNERS
)
DIRECTORY_READERS: Final = Policy(
    "directory_readers",
    "Staff look partners up; administrators keep them; services ask for names.",
    STAFF | {Role.ADMIN_SISTEM, Role.LAYANAN},
)
DIRECTORY_KEEPERS: Final = Policy(
    "directory_keepers",
    "The head of the unit and the system administrator keep the directory.",
    frozenset({Role.KEPALA_UPTD, Role.ADMIN_SISTEM}),
)
