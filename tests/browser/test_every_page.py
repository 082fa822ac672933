"""Every page that links lead to: sound, narrow enough, light, quiet, and silent about people."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.standalone.seed.reports import KTP, OPENINGS
from tests.browser.crawling import Seen, crawl
from tests.browser.errands import a_case, accepted

STAFF_KB, PARTNER_KB = 60, 40
#: Words of the names that say nothing about anybody.
_COMMON = {"ibu", "anak", "nona", "ayah", "orang", "tua", "guru", "nenek", "latihan", "petugas"}
_COMMON |= {"kanit", "anggota", "patbm", "suami", "tiri", "perekrut", "sapa"}


def personal(answers: Any) -> Iterator[str]:
    """Names, NIK and telephone numbers in a report, and every word of a name by itself."""
    if isinstance(answers, list):
        for each in answers:
            yield from personal(each)
    elif isinstance(answers, dict):
        for key, value in answers.items():
            if key in ("nik", "phone"):
                yield value
            elif key in ("name", "guardian_name"):
                yield from (word for word in value.lower().split() if word not in _COMMON)
            else:
                yield from personal(value)


CANARIES = {word for report in (KTP, *(one[1] for one in OPENINGS)) for word in personal(report)}


def told_in(text: str) -> set[str]:
    return {word for word in CANARIES if word in text.lower()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "most", "at_least"),
    [
        ("manajer", STAFF_KB, 25),
        ("petugas", STAFF_KB, 10),
        ("psikolog-b", PARTNER_KB, 6),
    ],
)
def test_every_page_that_can_be_reached_is_as_it_should_be(doors, town, who, most, at_least):
    starts = start_of(who, town)
    page = doors.signed_in(who)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    seen = list(crawl(page, starts))

    assert len(seen) >= at_least
    assert [fault for one in seen for fault in faults(one, most)] == []
    assert any(told_in(one.text) for one in seen), "no page speaks of anybody: nothing was tested"
    assert {word for url in asked for word in told_in(url)} == set()
    assert not_english(page, seen) == []


def start_of(who, town) -> list[str]:
    """The first page, and one on which somebody's name stands."""
    if who == "psikolog-b":
        return ["/mitra/tugas", f"/mitra/rujukan/{accepted(town, who)}"]
    return ["/", f"/kasus/{a_case(town)}"] if who == "manajer" else ["/"]


def faults(one: Seen, most: int) -> Iterator[str]:
    """What is wrong with a page, in words; no page is named by what it holds."""
    wrong = {
        f"answered with {one.status}": one.status != 200,
        f"its language is {one.language!r}": one.language != "id",
        f"it has {one.headings} main headings": one.headings != 1,
        f"it scrolls sideways at {one.too_wide}": bool(one.too_wide),
        f"it weighs {one.weight} bytes": one.weight > most * 1000,
        f"its title is {one.title!r}": not one.title.endswith(" - RAJUT"),
        f"its title tells {told_in(one.title)}": bool(told_in(one.title)),
    }
    yield from (f"{one.address}: {said}" for said, is_so in wrong.items() if is_so)


def not_english(page, seen: list[Seen]) -> list[str]:
    """The pages that do not say that they are in English when that is asked for."""
    found = []
    for address in {one.address for one in seen}:
        answer = page.request.get(f"{address}?bahasa=en")
        if not re.search(r'<html lang="en"', answer.text()):
            found.append(f"{address}: {answer.status}")
    return found
