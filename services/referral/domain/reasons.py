"""Which codes of CL19 may be given for which ending."""

from typing import Final

from services.referral.domain.moves import Made
from shared.contracts.vocabulary import DeclineReason
from shared.errors import Invalid

#: Codes that only our own clock and a withdrawn consent set (DESIGN, section 2).
OURS: Final = frozenset({DeclineReason.EXPIRED, DeclineReason.NO_CONSENT})

#: What a partner may say when it declines, or cannot finish what it began.
PARTNERS: Final = frozenset(DeclineReason) - OURS

#: What the unit may say when it takes a referral back (marked * in CL19).
UNITS: Final = frozenset(
    {
        DeclineReason.CLIENT_DECLINED,
        DeclineReason.CLIENT_UNREACHABLE,
        DeclineReason.SAFETY,
        DeclineReason.DUPLICATE,
        DeclineReason.NEED_CHANGED,
        DeclineReason.OTHER,
    }
)


class ReasonNotAllowed(Invalid):
    """A reason was given that the party may not give here."""

    code = "reason_not_allowed"
    id = "Alasan ini tidak dapat dipakai untuk langkah ini."
    en = "This reason cannot be given for this step."


class NoteMissing(Invalid):
    """The reason "other" was given without saying which."""

    code = "note_missing"
    id = "Tuliskan keterangannya."
    en = "Say what it is in a note."


def check_reason(reason: DeclineReason, allowed: frozenset[DeclineReason], made: Made) -> None:
    """Raise ReasonNotAllowed, or NoteMissing when the reason is OTHER and nothing was said."""
    if reason not in allowed:
        raise ReasonNotAllowed(fields={"reason": ["wrong_code"]})
    if reason is DeclineReason.OTHER:
        check_note(made)


def check_note(made: Made) -> None:
    """Raise NoteMissing when nothing was said."""
    if not made.has_note:
        raise NoteMissing(fields={"note": ["required"]})
