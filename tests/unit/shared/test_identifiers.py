"""Short codes survive a bad line: every slip of a letter is found. Identifiers sort by time."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.identifiers import ALPHABET, named_id, new_id, read_code, short_code

LETTERS = st.sampled_from(ALPHABET)
PREFIXES = st.sampled_from(["R", "P", "K", "L"])
CODES = st.builds(lambda prefix, _: (prefix, short_code(prefix)), PREFIXES, st.integers())


@given(CODES)
def test_a_code_is_read_as_it_is_written(made):
    prefix, code = made

    assert read_code(prefix, code) == code


@given(CODES, st.sampled_from([str.lower, str.strip, lambda c: c.replace("-", ""), " ".join]))
def test_a_code_is_read_however_it_is_typed(made, typed):
    prefix, code = made

    assert read_code(prefix, f"  {typed(code)} ") == code


@given(CODES)
def test_letters_that_are_misheard_are_read_as_what_was_meant(made):
    prefix, code = made
    heard = code[2:].replace("0", "O").replace("1", "I")

    assert read_code(prefix, f"{prefix}-{heard}") == code
    assert read_code(prefix, f"{prefix}-{heard.replace('I', 'l')}") == code


@given(CODES, st.integers(2, 9), LETTERS)
def test_one_wrong_letter_is_found(made, place, letter):
    prefix, code = made
    assume(code[place] != letter)

    assert read_code(prefix, code[:place] + letter + code[place + 1 :]) is None


@given(CODES, st.integers(2, 8), st.integers(2, 8))
def test_two_swapped_letters_are_found(made, one, other):
    prefix, code = made
    assume(code[one] != code[other])
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]

    assert read_code(prefix, "".join(letters)) is None


@given(CODES)
def test_a_code_of_one_kind_is_none_of_another(made):
    prefix, code = made

    assert all(read_code(other, code) is None for other in "RPK" if other != prefix)


@given(st.text())
def test_no_text_is_a_fault(typed):
    found = read_code("R", typed)

    assert found is None or found.startswith("R-")


@pytest.mark.parametrize("typed", ["", "R", "R-", "R-0", "-", "U", "R-UUUUUUUU", "R-ZZZZZZZZ"])
def test_what_is_no_code_is_none(typed):
    assert read_code("R", typed) is None


def test_codes_are_not_guessed_from_each_other():
    assert len({short_code("R") for _ in range(2000)}) == 2000


def test_identifiers_sort_by_the_time_they_were_made():
    made = [new_id() for _ in range(500)]

    assert made == sorted(made)
    assert {one.version for one in made} == {7}


def test_a_named_identifier_is_always_the_same():
    space = new_id()

    assert named_id(space, "a") == named_id(space, "a") != named_id(space, "b")
