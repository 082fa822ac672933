"""A partner's notes stay without names."""

import pytest

from services.referral.domain.nameless import NoteNamesPerson, check_nameless
from shared.contracts.referral_words import ContentField

SENT = {
    ContentField.CALL_NAME: "Ibu Mawar",
    ContentField.FULL_NAME: "Mawar Kenanga Binti 12",
    ContentField.COMPANION_NAME: "Dewi S.",
    ContentField.SUMMARY: "Sudah konseling",
}


@pytest.mark.parametrize(
    "note", ["mawar hadir", "Ditemani DEWI.", "NIK 9972055207930001", "kenanga"]
)
def test_a_name_or_a_nik_is_refused(note):
    with pytest.raises(NoteNamesPerson) as refused:
        check_nameless(SENT, question="Sudah?", note=note)
    assert set(refused.value.fields) == {"note"}


@pytest.mark.parametrize(
    "note", [None, "", "Ibu hadir, konseling lancar", "S. 12 menit", "Sudah tiga sesi"]
)
def test_words_of_address_and_everything_else_may_stand(note):
    check_nameless(SENT, note=note)
