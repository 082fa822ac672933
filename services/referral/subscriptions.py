"""What referral follows of the others: consents and cases of intake, institutions of auth."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from services.referral.actions.cases import follow_assignment, follow_companion, follow_opening
from services.referral.actions.consents import (
    remember_consent,
    remember_refusal,
    withdraw_consent,
)
from services.referral.actions.directory import mark_institution, remember_institution
from services.referral.domain.institution import InstitutionStanding
from services.referral.storage.work import Work
from shared.contracts.auth import (
    InstitutionRegistered,
    InstitutionReinstated,
    InstitutionSuspended,
)
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccompanied,
    CaseAssigned,
    CaseOpened,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
)


def follow_registration(work: Work, told: InstitutionRegistered) -> None:
    """An institution takes part in the network."""
    remember_institution(work, told.institution_id, told.kind)


def follow_suspension(work: Work, told: InstitutionSuspended) -> None:
    """An institution may not act for now; nothing new is sent to it."""
    mark_institution(work, told.institution_id, InstitutionStanding.SUSPENDED)


def follow_reinstatement(work: Work, told: InstitutionReinstated) -> None:
    """An institution may act again."""
    mark_institution(work, told.institution_id, InstitutionStanding.ACTIVE)


SUBSCRIPTIONS: Final[Mapping[type[Event], Callable[[Work, Any], None]]] = {
    CaseOpened: follow_opening,
    CaseAssigned: follow_assignment,
    CaseAccompanied: follow_companion,
    ConsentGiven: remember_consent,
    ConsentRefused: remember_refusal,
    ConsentWithdrawn: withdraw_consent,
    InstitutionRegistered: follow_registration,
    InstitutionSuspended: follow_suspension,
    InstitutionReinstated: follow_reinstatement,
}
