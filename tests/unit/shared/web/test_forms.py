from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, fields, validate
from werkzeug.datastructures import MultiDict

from shared.web.forms import empty, fill, read_form


class Child(Schema):
    age = fields.Integer(required=True)


class Home(Schema):
    village = fields.String(required=True, metadata={"label": "Kelurahan"})


class Report(Schema):
    name = fields.String(
        required=True, validate=validate.Length(max=20), metadata={"label": "Nama panggilan"}
    )
    born = fields.Date()
    needs = fields.List(fields.String(validate=validate.OneOf(["MED", "KON"])))
    home = fields.Nested(Home)
    children = fields.List(fields.Nested(Child))
    note = fields.String(allow_none=True)
    safe = fields.Boolean()


def read(*pairs: tuple[str, str]) -> Any:
    return read_form(Report(), MultiDict(pairs))


def test_a_good_form_is_what_the_schema_loads() -> None:
    form = read(
        ("_csrf", "t"),
        ("name", " Mawar "),
        ("born-day", "7"),
        ("born-month", "3"),
        ("born-year", "2012"),
        ("needs", "MED"),
        ("needs", "KON"),
        ("home.village", "Rite"),
        ("children.0.age", "4"),
        ("children.10.age", "2"),
        ("children.2.age", ""),
        ("note", ""),
        ("safe", "true"),
    )

    assert form.valid
    assert form.clean == {
        "name": "Mawar",
        "born": date(2012, 3, 7),
        "needs": ["MED", "KON"],
        "home": {"village": "Rite"},
        "children": [{"age": 4}, {"age": 2}],
        "note": None,
        "safe": True,
    }


def test_what_was_typed_comes_back_as_it_was() -> None:
    form = read(("name", " Mawar yang panjang sekali namanya "), ("needs", "MED"), ("needs", "X"))

    assert form.values == {"name": " Mawar yang panjang sekali namanya ", "needs": ["MED", "X"]}
    assert form.clean == {}


@pytest.mark.parametrize(
    ("pairs", "field", "message"),
    [
        ([], "name", "Missing data for required field."),
        ([("name", "  ")], "name", "Missing data for required field."),
        ([("born-day", "30"), ("born-month", "2"), ("born-year", "2026")], "born", "Not a valid"),
        ([("born-day", "30")], "born", "Not a valid date."),
        ([("born-day", "x"), ("born-month", "2"), ("born-year", "26")], "born", "Not a valid"),
        ([("born", "2026-02-30")], "born", "Not a valid date."),
        ([("needs", "MED"), ("needs", "X")], "needs", "Must be one of"),
        ([("home.street", "a"), ("home.village", "")], "name", "Missing"),
        ([("children.0.age", "four")], "children.0.age", "Not a valid integer."),
        ([("planted", "1")], "planted", "Unknown field."),
    ],
)
def test_each_fault_is_linked_to_its_field(
    pairs: list[tuple[str, str]], field: str, message: str
) -> None:
    assert read(*pairs).errors[field].startswith(message)


def test_faults_stand_in_the_order_of_the_fields() -> None:
    form = read(("planted", "1"), ("safe", "maybe"), ("needs", "X"))

    assert list(form.errors) == ["name", "needs", "safe", "planted"]


def test_each_fault_can_name_its_field() -> None:
    assert read().labels == {"name": "Nama panggilan", "home.village": "Kelurahan"}


def test_something_known_fills_the_form_and_reads_back_the_same() -> None:
    known = {
        "name": "Mawar",
        "born": date(2012, 3, 7),
        "needs": ["MED"],
        "home": {"village": "Rite"},
        "children": [{"age": 4}],
        "safe": True,
    }

    values = fill(Report(), known).values

    assert values["born-day"] == "7"
    assert read_form(Report(), MultiDict(values)).clean == known


def test_an_empty_form_has_no_faults() -> None:
    assert empty().valid


@given(st.dictionaries(st.sampled_from([*Report().fields, "born-day", "x.1"]), st.text()))
def test_nothing_typed_ever_breaks_the_reading(typed: dict[str, str]) -> None:
    form = read_form(Report(), MultiDict(typed))

    assert form.values == typed
    assert all(isinstance(message, str) for message in form.errors.values())
