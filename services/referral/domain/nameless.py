"""Notes stay without the person's name.

A partner's are read by more people than hers; the unit's by a partner that may not yet know her.
"""

import re
from collections.abc import Mapping
from typing import Final

from shared.contracts.referral_words import ContentField
from shared.errors import Invalid

#: Fields by which a person is known.
_NAMES: Final = (ContentField.FULL_NAME, ContentField.CALL_NAME, ContentField.COMPANION_NAME)
#: Words of address that name nobody.
_ADDRESS: Final = frozenset(
    {"anak", "ibu", "bapak", "nona", "nyonya", "tuan", "adik", "kakak", "saudara", "saudari"}
)
_SHORTEST: Final = 3
_NIK: Final = re.compile(r"\b\d{16}\b")


class NoteNamesPerson(Invalid):
    """A text holds a name of the person or companion, or a NIK."""

    code = "note_names_person"
    id = "Tulis tanpa nama dan tanpa NIK. Pakai kode orangnya."
    en = "Write without names and without the NIK. Use the person's code."


def check_nameless(sent: Mapping[ContentField, str], **texts: str | None) -> None:
    """Raise NoteNamesPerson, naming each text with a word of the shared names, or a NIK."""
    named = [field for field, text in texts.items() if text and _names(text, sent)]
    if named:
        raise NoteNamesPerson(fields={field: ["not_valid"] for field in named})


def _names(text: str, sent: Mapping[ContentField, str]) -> bool:
    words = set(re.findall(r"\w+", text.casefold()))
    return bool(words & _words_of(sent) or _NIK.search(text))


def _words_of(sent: Mapping[ContentField, str]) -> frozenset[str]:
    text = " ".join(sent.get(name, "") for name in _NAMES).casefold()
    return frozenset(
        word
        for word in re.findall(r"\w+", text)
        if len(word) >= _SHORTEST and word not in _ADDRESS and not word.isdigit()
    )
