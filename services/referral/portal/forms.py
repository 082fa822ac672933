"""What a partner types, one schema a page."""

import re
from datetime import date, datetime, time
from typing import Any, Final

import marshmallow as ma

from services.referral.domain.reasons import PARTNERS
from shared.contracts.referral_words import BusinessState, ReferralResult
from shared.contracts.validation import worded
from shared.contracts.vocabulary import DeclineReason
from shared.http.schemas import Strict
from shared.web.times import OFFICE

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
_SHORT: Final = 300
_LONG: Final = 2000


def _text(label: str, longest: int = _LONG, **named: Any) -> ma.fields.String:
    return ma.fields.String(
        validate=ma.validate.Length(max=longest), metadata={"label": label}, **named
    )


def _reason(label: str) -> ma.fields.Enum[Any]:
    return ma.fields.Enum(
        DeclineReason,
        by_value=True,
        required=True,
        validate=ma.validate.OneOf(sorted(PARTNERS)),
        metadata={"label": label},
    )


class AnswerForm(Strict):
    """The three ways to answer."""

    answer = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(["terima", "tolak", "tanya"]),
        metadata={"label": worded("Jawaban")},
    )


class RefusalForm(Strict):
    """Why not, and who else might."""

    reason = _reason(worded("Alasan"))
    note = _text(worded("Keterangan"))
    suggested_institution_id = ma.fields.UUID(
        metadata={"label": worded("Lembaga lain yang mungkin dapat menolong")}
    )


class NoteForm(Strict):
    """Something that must be said."""

    note = _text(worded("Keterangan"), required=True)


class FailureForm(Strict):
    """Why the help could not be finished."""

    reason = _reason(worded("Alasan"))
    note = _text(worded("Keterangan"))


class HoldForm(Strict):
    """What is waited for, and why."""

    waiting_for = ma.fields.Enum(
        BusinessState,
        by_value=True,
        required=True,
        validate=ma.validate.OneOf([BusinessState.WAITING_PERSON, BusinessState.WAITING_DOCUMENT]),
        metadata={"label": worded("Apa yang ditunggu")},
    )
    note = _text(worded("Keterangan"), required=True)


class _WithTime(Strict):
    """A day and a time of day, made into one moment in the office's zone."""

    day = ma.fields.Date(metadata={"label": worded("Tanggal")})
    clock = ma.fields.String(metadata={"label": worded("Pukul")})

    @ma.validates_schema
    def fit(self, typed: dict[str, Any], **_: Any) -> None:
        """Refuse half a moment, and a time of day that no clock shows."""
        if "clock" in typed and not _CLOCK.fullmatch(typed["clock"]):
            raise ma.ValidationError({"clock": [worded("Tulis pukul seperti 09.30.")]})
        if ("day" in typed) != ("clock" in typed):
            missing = "clock" if "day" in typed else "day"
            raise ma.ValidationError({missing: ["required"]})

    @ma.post_load
    def join(self, typed: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the moment instead of its parts."""
        day, clock = typed.pop("day", None), typed.pop("clock", None)
        if day is not None and clock is not None:
            typed[self.moment] = _moment(day, clock)
        return typed

    moment = "appointment_at"


class AppointmentForm(_WithTime):
    """When the person is to come."""

    day = ma.fields.Date(required=True, metadata={"label": worded("Tanggal")})
    clock = ma.fields.String(required=True, metadata={"label": worded("Pukul")})
    note = _text(worded("Keterangan"))


class SessionForm(_WithTime):
    """Three taps: did she come, in short, and when again."""

    came = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(["ya", "tidak"]),
        metadata={"label": worded("Kehadiran")},
    )
    note = _text(worded("Ringkasan"), _SHORT)
    moment = "next_appointment_at"


class CompletionForm(Strict):
    """What came of it."""

    result = ma.fields.Enum(
        ReferralResult, by_value=True, required=True, metadata={"label": worded("Hasil")}
    )
    note = _text(worded("Ringkasan"), required=True)


class StoppingForm(Strict):
    """The unit wishes to cancel: stop, or go on."""

    answer = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(["berhenti", "teruskan"]),
        metadata={"label": worded("Jawaban")},
    )
    note = _text(worded("Keterangan"))


def _moment(day: date, clock: str) -> datetime:
    hour, minute = (int(part) for part in re.split(r"[.:]", clock))
    return datetime.combine(day, time(hour, minute), tzinfo=OFFICE)
