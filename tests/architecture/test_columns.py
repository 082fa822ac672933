"""Every column says which class of personal data it holds, and all that could hurt lies sealed."""

import pytest
from sqlalchemy import Column, MetaData, Table, Text, Uuid

from deploy.services import services
from shared.contracts.event import Publisher
from shared.contracts.protection import FieldClass
from shared.storage.columns import IN_CLEAR, column
from shared.storage.types import BlindIndex, CodeSet, EncryptedJson, EncryptedText, Json

SEALED = (EncryptedText, EncryptedJson, BlindIndex)
#: Text without an end in which only codes and numbers stand.
CODED = (CodeSet, Json)
#: Text without an end that nobody writes.
NO_SENTENCES = {"codes.redirect_uri": "compared with the addresses the machine registered"}


@pytest.fixture(scope="module", params=list(Publisher))
def metadata(request):
    return services()[request.param].metadata


def columns(metadata):
    return [each for table in metadata.sorted_tables for each in table.columns]


def unclassed(metadata):
    return [str(c) for c in columns(metadata) if not isinstance(c.info.get("class"), FieldClass)]


def in_the_open(metadata):
    """Columns of a class that hurts, in a type that anybody with the database could read."""
    return [
        str(each)
        for each in columns(metadata)
        if each.info.get("class") not in IN_CLEAR and not isinstance(each.type, SEALED)
    ]


def test_all_four_services_have_tables():
    assert set(services()) == set(Publisher)
    assert all(columns(each.metadata) for each in services().values())


def test_every_column_names_its_class(metadata):
    assert not unclassed(metadata)


def test_all_but_risk_and_none_is_sealed(metadata):
    assert not in_the_open(metadata)


def test_what_is_sealed_says_what_it_protects(metadata):
    sealed = [each for each in columns(metadata) if isinstance(each.type, SEALED)]

    assert not [str(each) for each in sealed if each.info["class"] is FieldClass.NONE]


def test_no_text_without_an_end_lies_in_clear(metadata):
    """Where there is room for a sentence, sooner or later somebody writes one."""
    roomy = [
        str(each)
        for each in columns(metadata)
        if not isinstance(each.type, (*SEALED, *CODED))
        and hasattr(each.type, "length")
        and isinstance(each.type, Text)
        and str(each) not in NO_SENTENCES
    ]

    assert not roomy


def test_no_column_fills_itself_from_the_clock_of_the_database(metadata):
    assert not [str(each) for each in columns(metadata) if each.server_default is not None]


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        (lambda: Table("t", MetaData(), Column("id", Uuid)), unclassed),
        (lambda: Table("t", MetaData(), column("n", Text, FieldClass.HEALTH)), in_the_open),
    ],
)
def test_a_column_that_breaks_the_rule_is_found(made, rule):
    table = made()

    assert rule(table.metadata) == [str(next(iter(table.columns)))]
