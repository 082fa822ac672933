"""Who may use the routes of monitoring; which rows they see is in ``storage/visible.py``."""

from typing import Final

from services.monitoring.domain.timeline import READERS
from shared.contracts.roles import STAFF, Role
from shared.security.policy import Policy

FOLLOWING_CASES: Final = Policy(
    "following cases",
    "People of the unit who work on cases follow those they may see.",
    READERS,
)

HAVING_TASKS: Final = Policy(
    "having tasks",
    "Everybody of the unit sees and does the tasks that are his or hers.",
    STAFF,
)

JUDGING: Final = Policy(
    "judging",
    "The case manager judges whether the help is enough; a supervisor or the head may, too.",
    frozenset({Role.MANAJER_KASUS, Role.SUPERVISOR, Role.KEPALA_UPTD}),
)

KEEPING_THE_CALENDAR: Final = Policy(
    "keeping the calendar",
    "The head of the unit keeps its holidays and limits.",
    frozenset({Role.KEPALA_UPTD, Role.ADMIN_SISTEM}),
)
