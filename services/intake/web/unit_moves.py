"""What the unit may do with a referral after sending it: one row a move, one small form each.

Which moves a referral allows just now says the referral service; this table only words them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.intake.actions.policies import CASE_MANAGERS, RESPONDERS
from services.intake.domain.forms.field import Block, Field, Form, Kind, Needed, Option, one_page
from shared.contracts.codes import label
from shared.contracts.validation import worded
from shared.contracts.vocabulary import DeclineReason
from shared.security.actor import Actor
from shared.security.policy import Policy

#: What the unit may say when it takes a referral back (marked * in CL19).
_REASONS: Final = tuple(
    Option(one.value, label("CL19", one.value), label("CL19", one.value, "en"))
    for one in (
        DeclineReason.CLIENT_DECLINED,
        DeclineReason.CLIENT_UNREACHABLE,
        DeclineReason.SAFETY,
        DeclineReason.DUPLICATE,
        DeclineReason.NEED_CHANGED,
        DeclineReason.OTHER,
    )
)
_MUST: Final = Needed.MUST
_REASON: Final = Field("reason", "Alasan", "Reason", Kind.CODE, needed=_MUST, options=_REASONS)
_NOTE: Final = Field(
    "note", "Catatan, tanpa nama", "Note, without names", Kind.LONG_TEXT, most=2000
)


def _said(id_: str, en: str) -> Field:
    return Field("note", id_, en, Kind.LONG_TEXT, needed=_MUST, most=2000)


@dataclass(frozen=True)
class UnitMove:
    """One move: the names the referral service gives it, its form, and who may make it."""

    name: str
    moves: frozenset[str]
    address: str
    form: Form
    policy: Policy = RESPONDERS
    asked_by: str = ""
    """The field that says who asked for it first, when a second person must agree."""
    agrees: str = ""
    """The words for agreeing."""

    @property
    def block(self) -> Block:
        """The only block of its form."""
        return self.form.blocks[0]


@dataclass(frozen=True)
class Offer:
    """A move that is open now. One who asked for it waits until a second person agrees."""

    move: UnitMove
    agreeing: bool = False
    waits: bool = False


_TABLE: Final = (
    UnitMove(
        "jawab",
        frozenset({"give_information"}),
        "information",
        one_page(
            "answer-partner",
            "Jawab pertanyaan mitra",
            "Answer the partner's question",
            _said("Jawaban, tanpa nama", "The answer, without names"),
        ),
    ),
    UnitMove(
        "tutup",
        frozenset({"close_loop"}),
        "loop-closure",
        one_page(
            "close-loop",
            "Baca hasil rujukan",
            "Read the referral's result",
            _said("Artinya bagi rencana", "What it means for the plan"),
        ),
        CASE_MANAGERS,
    ),
    UnitMove(
        "ubah",
        frozenset({"revise"}),
        "revision",
        one_page(
            "revise",
            "Ubah jumlah pertemuan",
            "Change the number of sessions",
            Field("sessions_planned", "Pertemuan", "Sessions", Kind.NUMBER, most=999),
            _said("Apa yang diminta, tanpa nama", "What is asked for, without names"),
        ),
    ),
    UnitMove(
        "batal-janji",
        frozenset({"cancel_appointment"}),
        "appointment-cancellation",
        one_page("cancel-appointment", "Batalkan janji temu", "Cancel the appointment", _NOTE),
    ),
    UnitMove(
        "batal",
        frozenset({"cancel"}),
        "cancellation",
        one_page("cancel", "Batalkan rujukan", "Cancel the referral", _REASON, _NOTE),
    ),
    UnitMove(
        "minta-batal",
        frozenset({"ask_cancellation"}),
        "cancellation-request",
        one_page("ask-to-stop", "Minta mitra berhenti", "Ask the partner to stop", _REASON, _NOTE),
    ),
    UnitMove(
        "tinggalkan",
        frozenset({"ask_abandonment", "abandon"}),
        "abandonment",
        one_page("abandon", "Tinggalkan mitra yang diam", "Give up a silent partner", _NOTE),
        asked_by="abandonment_asked_by",
        agrees=worded("Setujui: tinggalkan mitra yang diam"),
    ),
    UnitMove(
        "salah-kirim",
        frozenset({"ask_retraction", "retract"}),
        "retraction",
        one_page(
            "retract",
            "Tarik rujukan yang salah kirim",
            "Retract a referral sent in error",
            _said("Apa yang keliru, tanpa nama", "What was wrong, without names"),
        ),
        asked_by="retraction_asked_by",
        agrees=worded("Setujui: tarik rujukan yang salah kirim"),
    ),
)
UNIT_MOVES: Final[Mapping[str, UnitMove]] = {one.name: one for one in _TABLE}


def offers(sent: Mapping[str, Any], who: Actor) -> list[Offer]:
    """Return the moves that a referral allows now to the one who asks."""
    open_now = set(sent.get("moves") or ())
    mine = (one for one in _TABLE if one.moves & open_now and who.holds(one.policy.roles))
    return [_offer(one, sent, who) for one in mine]


def _offer(move: UnitMove, sent: Mapping[str, Any], who: Actor) -> Offer:
    asked_by = str(sent.get(move.asked_by) or "")
    return Offer(move, agreeing=bool(asked_by), waits=asked_by == str(who.id))
