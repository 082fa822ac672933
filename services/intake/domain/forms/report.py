"""F2 Lembar Pengaduan: the whole complaint form, blocks A to F (domain.md 2.1)."""

from typing import Final

from services.intake.domain.forms.field import Form
from services.intake.domain.forms.report_incident import INCIDENT, REQUEST, TRAFFICKING
from services.intake.domain.forms.report_perpetrator import ALLEGED_PERPETRATOR
from services.intake.domain.forms.report_person import PERSON
from services.intake.domain.forms.report_reporter import REPORTER

REPORT: Final = Form(
    "F2",
    "Lembar pengaduan",
    "Complaint form",
    (REPORTER, PERSON, ALLEGED_PERPETRATOR, INCIDENT, TRAFFICKING, REQUEST),
)
