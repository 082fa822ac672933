"""What a partner writes stays without the person's name: it is read by more people than hers."""

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
    """The note holds a name of the person or companion, or a NIK."""

    code = "note_names_person"
    id = "Tulis tanpa nama dan tanpa NIK. Pakai kode orangnya."
    en = "Write without names and without the NIK. Use the person's code."


def check_nameless(note: str | None, sent: Mapping[ContentField, str]) -> None:
    """Raise NoteNamesPerson when the note holds a word of the names that were shared, or a NIK."""
    words = set(re.findall(r"\w+", (note or "").casefold()))
    if words & _words_of(sent) or _NIK.search(note or ""):
        raise NoteNamesPerson(fields={"note": ["not_valid"]})


def _words_of(sent: Mapping[ContentField, str]) -> frozenset[str]:
    text = " ".join(sent.get(name, "") for name in _NAMES).casefold()
    return frozenset(
        word
        for word in re.findall(r"\w+", text)
        if len(word) >= _SHORTEST and word not in _ADDRESS and not word.isdigit()
    )
