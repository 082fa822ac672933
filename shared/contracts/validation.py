"""Says, in Indonesian and English and with a stable code, what is wrong with a field.

Schemas carry plain strings; marshmallow's own defaults are English. Both edges, JSON and
HTML, look a message up here, so an API answers with the same code that a form explains.
"""

import re
from collections.abc import Mapping
from typing import Final

#: code -> (Bahasa Indonesia, English); the codes are for programs and never change.
VALIDATION: Final[Mapping[str, tuple[str, str]]] = {
    "required": ("Bagian ini perlu diisi.", "This needs an answer."),
    "unknown_field": ("Bagian ini tidak dikenal.", "This field is not known."),
    "wrong_type": ("Bentuk isian ini tidak sesuai.", "This is not the right kind of value."),
    "wrong_code": ("Pilih salah satu dari daftar.", "Choose one from the list."),
    "too_long": ("Isian ini terlalu panjang.", "This is too long."),
    "too_short": ("Isian ini terlalu pendek.", "This is too short."),
    "wrong_length": ("Panjang isian ini tidak sesuai.", "This is too short or too long."),
    "impossible_date": ("Tanggal ini tidak ada.", "This date does not exist."),
    "out_of_range": ("Angka ini di luar batas.", "This number is out of range."),
    "not_a_uuid": ("Nomor pengenal ini tidak sah.", "This is not a valid identifier."),
    "not_a_time": ("Waktu ini tidak sah.", "This is not a valid time."),
    "not_yet": ("Waktu ini belum terjadi.", "This time has not come yet."),
    "not_after": ("Waktu ini harus sesudahnya.", "This must be later."),
    "too_far_ahead": ("Waktu ini terlalu jauh.", "This is too far ahead."),
    "said_twice": ("Ini sudah disebut.", "This is said twice."),
    "not_wanted": ("Bagian ini tidak perlu diisi.", "This is not wanted here."),
    "not_of_this_case": ("Ini bukan bagian dari kasus ini.", "This is not part of this case."),
    "contradicts_judgement": (
        "Ini tidak sesuai dengan penilaian.",
        "This does not fit the judgement.",
    ),
    "not_valid": ("Isian ini tidak sah.", "This is not valid."),
}

#: What a message that is neither ours nor known is called.
OTHERWISE: Final = "not_valid"

#: marshmallow's default messages (4.4, fields.py, schema.py and validate.py), first match wins.
_DEFAULTS: Final = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"^Missing data for required field\.$", "required"),
        (r"^Field may not be null\.$", "required"),
        (r"^Unknown field\.$", "unknown_field"),
        (r"^Must be one of: ", "wrong_code"),
        (r"^One or more of the choices you made was ", "wrong_code"),
        (r"^Longer than maximum length (?P<limit>\d+)\.$", "too_long"),
        (r"^Shorter than minimum length (?P<limit>\d+)\.$", "too_short"),
        (r"^Length must be ", "wrong_length"),
        (r"^Must be (greater|less) than", "out_of_range"),
        (r"^Number too large\.$", "out_of_range"),
        (r"^Special numeric values", "out_of_range"),
        (r"^Not a valid UUID\.$", "not_a_uuid"),
        (r"^Not a valid date\.$", "impossible_date"),
        (r"^Not a valid (naive |aware )?(datetime|time|period of time)\.$", "not_a_time"),
        (r"^Not a valid (string|number|integer|boolean|list|tuple|mapping)", "wrong_type"),
        (r"^Invalid (input )?type\.$", "wrong_type"),
        (r"^(Not a valid |Invalid (value|input)|String does not match)", "not_valid"),
    )
)
_OURS: Final = {text: code for code, texts in VALIDATION.items() for text in texts}


def code_of(message: str) -> str:
    """The stable code of a message; one that a schema words itself is `not_valid`."""
    if message in VALIDATION:
        return message
    if message in _OURS:
        return _OURS[message]
    return next((code for pattern, code in _DEFAULTS if pattern.search(message)), OTHERWISE)


def is_standard(message: str) -> bool:
    """Whether the table's sentence may stand in for this message without losing anything."""
    known = message in VALIDATION or message in _OURS
    return known or any(pattern.search(message) for pattern, _ in _DEFAULTS)


def limit_of(message: str) -> str | None:
    """The length that a default message names, so that a screen can say it too."""
    found = (pattern.search(message) for pattern, _ in _DEFAULTS)
    return next((hit["limit"] for hit in found if hit and "limit" in hit.groupdict()), None)


def worded(message: str) -> str:
    """Mark a sentence that is said later, so that it is found for translation."""
    return message
