"""Between HTTP and the actions: whose hand it is, and how a changed referral is answered."""

from typing import Any

from services.referral.actions.hands import Hand
from services.referral.domain.referral import Referral
from services.referral.queries.inbox import Received
from services.referral.queries.sent import Sent, sent_now
from services.referral.storage.work import Work
from shared.contracts.referral_words import Door
from shared.http.etag import if_match, tag_of
from shared.http.guard import actor

Headers = dict[str, str]


def hand_of_partner(payload: dict[str, Any]) -> Hand:
    """Return the hand of a partner's person or machine; takes the note out of the body."""
    return Hand(actor=actor(), door=Door.API, if_match=if_match(), note=payload.pop("note", None))


def hand_of_unit(payload: dict[str, Any]) -> Hand:
    """Return the hand of somebody of the unit; takes the note out of the body."""
    return Hand(actor=actor(), door=Door.STAFF, if_match=if_match(), note=payload.pop("note", None))


def hand_of_officer(payload: dict[str, Any]) -> Hand:
    """Return the hand of an officer who writes down what a partner said elsewhere."""
    return Hand(
        actor=actor(),
        door=payload.pop("door"),
        if_match=if_match(),
        note=payload.pop("note", None),
        evidence=payload.pop("evidence"),
        answered_at=payload.pop("answered_at", None),
    )


def told_partner(referral: Referral) -> tuple[Received, Headers]:
    """Answer a partner's move: what it may see of the person is asked for apart.

    The answer is kept for the Idempotency-Key, and what is kept must not outlive access.
    """
    return Received(referral), {"ETag": tag_of(referral.version)}


def told_unit(work: Work, referral: Referral) -> tuple[Sent, Headers]:
    """Answer the unit with the referral as it is now."""
    return sent_now(work, referral), {"ETag": tag_of(referral.version)}
