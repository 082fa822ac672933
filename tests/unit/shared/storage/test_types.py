"""Columns refuse what they must not keep: naive times, unknown codes, plain text."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from shared.contracts.vocabulary import RiskLevel, Service
from shared.storage.types import (
    BlindIndex,
    Code,
    CodeSet,
    EncryptedJson,
    EncryptedText,
    Json,
    Sealed,
    UtcDateTime,
)
from tests.support.sheets import NOON, begin, kept, raw, sheets

SQLITE = sqlite.dialect()
WITA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        (UtcDateTime(), datetime(2026, 3, 2, 12), ValueError),  # noqa: DTZ001 - the point of it
        (Code(RiskLevel), "SANGAT_TINGGI_SEKALI", ValueError),
        (Code(RiskLevel), next(iter(Service)), ValueError),
        (CodeSet(RiskLevel), {"ENTAH"}, ValueError),
        (CodeSet(RiskLevel), "RENDAH", TypeError),
        (EncryptedText(), "Mawar", TypeError),
        (EncryptedText(), b"Mawar", TypeError),
        (EncryptedJson(), {"a": 1}, TypeError),
        (BlindIndex(), "9972055207930001", TypeError),
        (BlindIndex(), b"9972055207930001x", TypeError),
    ],
)
def test_what_must_not_be_kept_is_refused(kind, value, error):
    with pytest.raises(error):
        kind.process_bind_param(value, SQLITE)


@pytest.mark.parametrize(
    "kind",
    [
        UtcDateTime(),
        Code(RiskLevel),
        CodeSet(RiskLevel),
        Json(),
        EncryptedText(),
        EncryptedJson(),
        BlindIndex(),
    ],
)
def test_nothing_stays_nothing(kind):
    assert kind.process_bind_param(None, SQLITE) is None
    assert kind.process_result_value(None, SQLITE) is None


def test_an_encrypted_column_takes_what_is_sealed():
    assert EncryptedText().process_bind_param(Sealed(b"x"), SQLITE) == b"x"


def test_a_time_comes_back_in_utc_whatever_its_zone_was(ground):
    sheet = kept(ground, seen_at=NOON.astimezone(WITA))

    with begin(ground) as work:
        found = work.sheets.get(sheet.id).seen_at

    assert (found, found.utcoffset()) == (NOON, timedelta(0))


def test_a_plain_text_does_not_reach_the_database_even_past_the_rows(ground):
    sheet = kept(ground)

    with pytest.raises(Exception, match="sealed values only"), begin(ground) as work:
        work.connection.execute(sheets.update().values(name="Melati"))

    with begin(ground) as work:
        assert work.sheets.get(sheet.id).name == "Mawar"


def test_codes_are_kept_by_value_and_found_by_member(ground):
    sheet = kept(ground, risk=RiskLevel.TINGGI, wanted=frozenset(Service))

    with begin(ground) as work:
        found = work.sheets.find(sheets.c.risk == RiskLevel.TINGGI)

    assert [one.id for one in found] == [sheet.id]
    assert found[0].wanted == frozenset(Service)
    assert raw(ground, sheets.select().with_only_columns(sheets.c.risk))[0] is RiskLevel.TINGGI
