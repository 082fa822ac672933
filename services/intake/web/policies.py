"""Who may use the staff pages; the same rules as the API's."""

from services.intake.api.policies import (
    CASE_MANAGERS,
    CASE_WORKERS,
    COUNTER,
    REPORT_READERS,
    RESPONDERS,
    SECOND_PERSON,
)

__all__ = [
    "CASE_MANAGERS",
    "CASE_WORKERS",
    "COUNTER",
    "REPORT_READERS",
    "RESPONDERS",
    "SECOND_PERSON",
]
