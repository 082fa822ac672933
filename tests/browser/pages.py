"""What a person does on a page: fill in, press, follow the next step."""

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def fill(page: "Page", **answers: Any) -> None:
    """Answer the fields of a form by their names; a field that is not there fails the test."""
    for name, answer in answers.items():
        found = page.locator(f'main [name="{name.replace("__", "-")}"]')
        kind = found.first.get_attribute("type") or found.first.evaluate("one => one.tagName")
        if kind in ("radio", "checkbox"):
            for each in answer if isinstance(answer, list) else [answer]:
                found.and_(page.locator(f'[value="{each}"]')).check()
        elif kind == "SELECT":
            found.select_option(answer)
        else:
            found.fill(answer)


def press(page: "Page", words: str, *, wrong: bool = False) -> None:
    """Press a button, and see whether the form was taken."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).first.click()
    expect(page.locator(".govuk-error-summary")).to_have_count(1 if wrong else 0)


def follow(page: "Page", words: str) -> None:
    """Follow a link by its words."""
    with page.expect_navigation():
        # Not by its role: a link that looks like a button has the role of a button.
        page.locator("main a", has_text=re.compile(f"^{re.escape(words)}$")).first.click()


def take_next_step(page: "Page", words: str) -> None:
    """Take the one step that a case page offers; it must be the one that is meant."""
    step = page.locator(".rajut-next .govuk-button")
    expect(step).to_have_count(1)
    expect(step).to_have_text(words)
    with page.expect_navigation():
        step.click()


def running_stage(page: "Page") -> str:
    """The words of the stage at which the case stands."""
    return page.locator(".rajut-stages li", has_text="Berjalan").inner_text()
