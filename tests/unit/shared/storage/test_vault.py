"""The vault: erased keys, turned master keys, and what can be found without being read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identifiers import new_id
from shared.security.sealing import BrokenSeal, MasterKeys
from tests.support.sheets import begin, kept, kit, raw
from tests.support.threads import together


def test_an_erased_owner_cannot_be_read_again_and_nobody_else_is_touched(ground):
    gone, other = kept(ground), kept(ground)

    with begin(ground) as work:
        work.vault.destroy(gone.case_id)

    with pytest.raises(BrokenSeal), begin(ground) as work:
        work.sheets.get(gone.id)
    with begin(ground) as work:
        assert work.sheets.get(other.id).name == "Mawar"


def test_an_erased_owner_who_comes_back_gets_a_new_key(ground):
    old = kept(ground)
    with begin(ground) as work:
        work.sheets.get(old.id)
        work.vault.destroy(old.case_id)
        new = work.sheets.add(replace(old, id=new_id()))

    with begin(ground) as work:
        assert work.sheets.get(new.id).name == "Mawar"
    with pytest.raises(BrokenSeal), begin(ground) as work:
        work.sheets.get(old.id)


def _destroy_and_fail(ground, owner):
    with begin(ground) as work:
        work.vault.destroy(owner)
        raise ZeroDivisionError


def test_destroying_that_is_rolled_back_erases_nothing(ground):
    sheet = kept(ground)

    with pytest.raises(ZeroDivisionError):
        _destroy_and_fail(ground, sheet.case_id)

    with begin(ground) as work:
        assert work.sheets.get(sheet.id) == sheet


def test_with_a_new_master_key_old_and_new_can_be_read(ground):
    old = kept(ground)
    turned = replace(ground, masters=MasterKeys({**ground.masters.keys, 2: bytes(range(32))}))
    new = kept(turned)

    with begin(turned) as work:
        assert work.sheets.get(old.id) == old
        assert work.sheets.get(new.id) == new
    with begin(ground) as work, pytest.raises(BrokenSeal):
        work.sheets.get(new.id)


def test_another_master_key_under_the_same_number_opens_nothing(ground):
    sheet = kept(ground)

    with pytest.raises(BrokenSeal), begin(replace(ground, masters=MasterKeys.fresh())) as work:
        work.sheets.get(sheet.id)


def test_the_key_of_an_owner_lies_wrapped(ground):
    sheet = kept(ground)

    row = raw(ground, kit.keyring.select())

    key = ground.masters.unwrap(row.master_version, row.wrapped, sheet.case_id)
    assert (row.owner_id, len(key)) == (sheet.case_id, 32)
    assert key not in row.wrapped


def test_many_who_seal_first_for_the_same_owner_share_one_key(ground):
    case = new_id()

    added = together(8, lambda _: kept(ground, case_id=case))

    with begin(ground) as work:
        assert [work.sheets.get(one.id).name for one in added] == ["Mawar"] * 8


@given(one=st.text(), other=st.text())
def test_equal_values_have_equal_digests_and_others_do_not(one, other):
    masters = MasterKeys({1: bytes(32)})

    assert (masters.blind("nik", one) == masters.blind("nik", other)) == (one == other)
    assert masters.blind("nik", one) != masters.blind("phone", one)
    assert masters.blind("nik", one) != MasterKeys({1: bytes(31) + b"1"}).blind("nik", one)
    assert len(masters.blind("nik", one)) == 16


def test_a_digest_stays_the_same_when_the_master_key_is_turned():
    one, two = MasterKeys({1: bytes(32)}), MasterKeys({1: bytes(32), 2: bytes(range(32))})

    assert one.blind("nik", "9972055207930001") == two.blind("nik", "9972055207930001")


def test_a_file_of_keys_is_made_once_for_the_owner_alone(tmp_path):
    file = tmp_path / "master.json"

    made = MasterKeys.kept_in(file)

    assert MasterKeys.kept_in(file) == made
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(made.keys[1]) == 32


def test_of_many_processes_that_make_the_file_all_read_the_same_keys(tmp_path):
    file = tmp_path / "master.json"

    read = together(8, lambda _: MasterKeys.kept_in(file).keys[1])

    assert len(set(read)) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["master.json"]


def test_no_key_shows_in_what_python_prints_of_the_keys():
    assert "secret" not in repr(MasterKeys({1: b"secret"}))
