"""Write a visit into the guest book."""

from typing import Any

from services.intake.actions.acting import signature, unit_of
from services.intake.domain.guest import Guest
from services.intake.storage.work import Work
from shared.contracts.protection import FieldClass
from shared.security.actor import Actor


def receive_guest(work: Work, actor: Actor, answers: dict[str, Any]) -> Guest:
    """Somebody came in; whether or not a report follows."""
    guest = Guest.receive(unit_of(actor), answers, signed=signature(work, actor))
    work.guests.add(guest)
    work.audit.wrote(actor, "guest.receive", "guest", [guest.id], [FieldClass.REPORTER])
    return guest
