import pytest
from marshmallow import Schema, ValidationError, fields, validate

from shared.contracts.validation import VALIDATION, code_of, is_standard, limit_of


class Everything(Schema):
    name = fields.String(required=True)
    code = fields.String(validate=validate.OneOf(["A", "B"]))
    long = fields.String(validate=validate.Length(max=3))
    short = fields.String(validate=validate.Length(min=3))
    between = fields.String(validate=validate.Length(min=2, max=3))
    born = fields.Date()
    at = fields.AwareDateTime()
    times = fields.Integer(validate=validate.Range(min=1, max=9))
    whole = fields.Integer()
    person_id = fields.UUID()
    kinds = fields.List(fields.String())
    word = fields.String(validate=validate.Regexp("^a"))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("code", "C", "wrong_code"),
        ("long", "abcd", "too_long"),
        ("short", "a", "too_short"),
        ("between", "a", "wrong_length"),
        ("between", "abcd", "wrong_length"),
        ("born", "2026-02-30", "impossible_date"),
        ("at", "yesterday", "not_a_time"),
        ("at", "2026-11-22T10:00:00", "not_a_time"),
        ("times", 10, "out_of_range"),
        ("whole", "three", "wrong_type"),
        ("person_id", "17", "not_a_uuid"),
        ("kinds", "A", "wrong_type"),
        ("word", "b", "not_valid"),
        ("name", None, "required"),
        ("name", 3, "wrong_type"),
        ("unheard_of", 1, "unknown_field"),
    ],
)
def test_every_default_message_of_the_library_has_its_code(
    field: str, value: object, code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Everything().load({"name": "x", field: value})

    (message,) = refused.value.messages_dict[field]
    assert code_of(message) == code
    assert is_standard(message)


def test_a_missing_field_is_required() -> None:
    with pytest.raises(ValidationError) as refused:
        Everything().load({})

    assert code_of(refused.value.messages_dict["name"][0]) == "required"


def test_a_message_worded_by_a_schema_keeps_its_words() -> None:
    assert code_of("Umur pelapor belum masuk akal.") == "not_valid"
    assert not is_standard("Umur pelapor belum masuk akal.")


@pytest.mark.parametrize("code", VALIDATION)
def test_our_own_sentences_and_codes_find_their_code_again(code: str) -> None:
    assert {code_of(code), *map(code_of, VALIDATION[code])} == {code}


def test_the_limit_of_a_length_can_be_shown() -> None:
    assert limit_of("Longer than maximum length 500.") == "500"
    assert limit_of("Not a valid date.") is None
