"""All pages of the workspace, gathered on their blueprint."""

from services.intake.web import (
    cases,
    deadlines,
    drafts,
    guests,
    judging,
    partner_answers,
    plans,
    referring,
    reports,
    sent,
    sheets,
    start,
)
from services.intake.web.workspace import pages

#: The modules that put their pages on the blueprint when they are imported.
PAGES = (
    start,
    guests,
    drafts,
    reports,
    cases,
    sheets,
    plans,
    referring,
    sent,
    partner_answers,
    judging,
    deadlines,
)

__all__ = ["PAGES", "pages"]
