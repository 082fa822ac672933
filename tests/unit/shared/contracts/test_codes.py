"""The code lists: what the papers of the field name is there, in both languages."""

import pytest

from shared.contracts.codes import choices, codes, label


def test_the_kelurahan_are_forty_one():
    listed = [code for code in codes("AREA") if code not in {"LUAR", "NA"}]
    kecamatan = {code.rsplit(".", 1)[0] for code in listed}

    assert len(listed) == 41
    assert len(kecamatan) == 5


def test_the_hotline_of_the_city_has_one_code():
    assert [code for code in codes("CL15") if code.startswith("SIRAP")] == ["SIRAPP"]


def test_the_two_task_forces_with_one_acronym_are_two_codes():
    assert {"SATGAS_PPA", "SATGAS_PPA_KAWIN"} <= set(codes("CL14"))


@pytest.mark.parametrize("listed", [f"CL{number:02d}" for number in range(1, 41)] + ["AREA"])
def test_every_code_speaks_both_languages(listed):
    for code, indonesian in choices(listed, "id"):
        assert indonesian.strip()
        assert label(listed, code, "en").strip()


def test_an_unknown_code_is_shown_as_it_is():
    assert label("CL08", "TIDAK_ADA") == "TIDAK_ADA"
