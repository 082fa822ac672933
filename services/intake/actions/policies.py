"""Who may use which door of intake at all. Which rows they see is a predicate in the SQL."""

from typing import Final

from shared.contracts.roles import Role
from shared.security.policy import Policy

_LEADS: Final = frozenset({Role.SUPERVISOR, Role.KEPALA_UPTD})
_MANAGING: Final = _LEADS | {Role.MANAJER_KASUS}
_WORKING: Final = _MANAGING | {Role.PETUGAS_PENGADUAN, Role.PENDAMPING}

COUNTER: Final = Policy("counter", "Whoever receives people keeps the guest book.", _WORKING)
REPORT_WRITERS: Final = Policy(
    "report_writers",
    "Staff and kelurahan agents write reports; agents read nothing afterwards.",
    _WORKING | {Role.SATGAS},
)
REPORT_READERS: Final = Policy(
    "report_readers", "Reports are read by those of the unit who answer or count them.",
    _WORKING | {Role.ADMIN_DATA},
)  # fmt: skip
RESPONDERS: Final = Policy("responders", "Staff who work with people respond to them.", _WORKING)
CASE_WORKERS: Final = Policy(
    "case_workers",
    "A case is seen by those who work on it, and by the supervisor and the head.",
    _WORKING | {Role.TENAGA_AHLI},
)
CASE_MANAGERS: Final = Policy(
    "case_managers", "Plans, assignments and endings are the case manager's.", _MANAGING
)
SECOND_PERSON: Final = Policy(
    "second_person", "Four eyes: somebody else than the one who proposed it.", _MANAGING
)
UNIT_KEEPERS: Final = Policy(
    "unit_keepers",
    "The head of the unit and the system administrator set the unit up.",
    frozenset({Role.KEPALA_UPTD, Role.ADMIN_SISTEM}),
)
