"""The code lists: what the papers of the field name is there, in both languages."""

import pytest

from shared.contracts.codes import choices, codes, label, row


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


@pytest.mark.parametrize("field", ["MED", "PSI", "HKM", "RSO", "REI"])
def test_each_of_the_five_fields_of_help_has_services(field):
    services = [code for code in codes("CL16") if code.startswith(f"{field}_")]

    assert field in codes("CL16")
    assert len(services) >= 6


def test_legal_help_is_either_aid_or_enforcement():
    kinds = {code: row("CL16", code)["simfoni"] for code in codes("CL16") if "HKM_" in code}

    assert set(kinds.values()) == {"BANTUAN_HUKUM", "PENEGAKAN_HUKUM"}
    assert kinds["HKM_LP"] == "PENEGAKAN_HUKUM"
    assert kinds["HKM_KONSUL"] == "BANTUAN_HUKUM"
