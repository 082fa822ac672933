"""Who may report: the person, her family, the community; also without a name."""

import pytest

from services.intake.domain.forms.check import check_form
from services.intake.domain.forms.report import REPORT
from tests.support.intake import report_answers


@pytest.mark.parametrize(
    "reporter_type", ["KORBAN", "KELUARGA", "MASYARAKAT", "TEMAN_TETANGGA", "ANONIM"]
)
def test_a_report_is_taken_from_each_of_them(reporter_type):
    told = report_answers()
    reporter = {"reporter_type": reporter_type, "channel": "TELEPON"}
    told["reporter"] = {"reported_at": told["reporter"]["reported_at"], **reporter}

    assert check_form(REPORT, told) == {}


def test_a_reporter_that_is_none_of_them_is_refused():
    told = report_answers()
    told["reporter"] = told["reporter"] | {"reporter_type": "TETANGGA_JAUH"}

    assert list(check_form(REPORT, told)) == ["reporter.reporter_type"]
