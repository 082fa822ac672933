"""The words of the referral machine: what may be done, by whom, through which door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts.referral_words import Door
from shared.errors import Invalid, NotAllowed


class Party(StrEnum):
    """Whose hand makes a move."""

    UNIT = "unit"
    PARTNER = "partner"
    CASE_MANAGER = "case-manager"
    CLOCK = "clock"
    INTAKE = "intake"
    """An event of intake: a consent was withdrawn."""


class Verified(StrEnum):
    """How we know that it was they."""

    SIGNED_IN = "signed-in"
    """A person with a session of her own."""
    MACHINE_KEY = "machine-key"
    """A partner's system that proved its key."""
    EVIDENCE = "evidence"
    """A letter or a telephone call that an officer of the unit wrote down."""
    SYSTEM = "system"
    """Our own clock, or an event of another service."""


class Move(StrEnum):
    """What may be done to a referral."""

    SEND = "send"
    SEE = "see"
    RECEIVE = "receive"
    ASK_INFORMATION = "ask_information"
    GIVE_INFORMATION = "give_information"
    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    EXPIRE = "expire"
    WAITLIST = "waitlist"
    SCHEDULE = "schedule"
    RECORD_NO_SHOW = "record_no_show"
    CANCEL_APPOINTMENT = "cancel_appointment"
    REPORT_PROGRESS = "report_progress"
    HOLD = "hold"
    RESUME = "resume"
    REVISE = "revise"
    ASK_CANCELLATION = "ask_cancellation"
    AGREE_TO_CANCEL = "agree_to_cancel"
    GO_ON = "go_on"
    COMPLETE = "complete"
    ADD_RESULT = "add_result"
    FAIL = "fail"
    ASK_ABANDONMENT = "ask_abandonment"
    ABANDON = "abandon"
    WITHDRAW_CONSENT = "withdraw_consent"
    ACKNOWLEDGE_STOP = "acknowledge_stop"
    CLOSE_LOOP = "close_loop"
    ASK_RETRACTION = "ask_retraction"
    RETRACT = "retract"
    HAND_OVER = "hand_over"
    ATTACH_PLAN_ITEM = "attach_plan_item"
    CONTEST = "contest"


#: The doors through which each party can come.
DOORS: Final[Mapping[Party, frozenset[Door]]] = {
    Party.UNIT: frozenset({Door.STAFF, Door.API}),
    Party.CASE_MANAGER: frozenset({Door.STAFF, Door.API}),
    Party.PARTNER: frozenset({Door.API, Door.FHIR, Door.PORTAL, Door.LETTER, Door.PHONE}),
    Party.CLOCK: frozenset({Door.SYSTEM}),
    Party.INTAKE: frozenset({Door.SYSTEM}),
}

#: Doors behind which an officer of the unit writes down what the partner said.
TRANSCRIBED: Final = frozenset({Door.LETTER, Door.PHONE})


class NotYourMove(NotAllowed):
    """A partner's move was tried by the sender, or the other way round."""

    code = "not_your_move"
    id = "Langkah ini bukan milik Anda. Hanya pihak lain dalam rujukan ini yang dapat melakukannya."
    en = "This step is not yours. Only the other side of this referral can make it."


class EvidenceMissing(Invalid):
    """An answer by letter or telephone was recorded without saying what shows it."""

    code = "evidence_missing"
    id = "Tuliskan bukti jawaban ini: nomor surat, atau siapa yang menelepon dan kapan."
    en = "Say what shows this answer: the letter's number, or who telephoned and when."


@dataclass(frozen=True, kw_only=True)
class Made:
    """Who makes a move, through which door, when, and what was said with it."""

    party: Party
    door: Door
    at: datetime
    by: UUID | None = None
    verified: Verified = Verified.SIGNED_IN
    note: str | None = None
    evidence: str | None = None
    recorded_at: datetime | None = None

    @property
    def has_note(self) -> bool:
        """Whether something was said."""
        return bool((self.note or "").strip())

    @property
    def transcribed(self) -> bool:
        """Whether an officer wrote down what the partner said elsewhere."""
        return self.door in TRANSCRIBED

    def check_door(self) -> None:
        """Raise NotYourMove for a door that is not the party's, EvidenceMissing without proof."""
        if self.door not in DOORS[self.party]:
            raise NotYourMove
        if self.transcribed and not (self.evidence or "").strip():
            raise EvidenceMissing(fields={"evidence": ["required"]})
