"""Goes from page to page as far as the links lead, and notes what each page is like."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (390, 1280)
#: Pages of one kind, such as the pages of all cases, are alike: so many of each are looked at.
_OF_A_KIND = 2
_ANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[RPK]-[0-9A-Z-]+")
_LEAVES = ("/keluar-cepat", "/mitra/keluar-cepat")


@dataclass(frozen=True)
class Seen:
    """What a page is like, to eyes and to the line."""

    address: str
    status: int
    title: str
    language: str
    headings: int
    text: str
    too_wide: tuple[int, ...]
    weight: int


class Scale:
    """Weighs what a browser fetches for a page when it has kept nothing."""

    def __init__(self, page: "Page") -> None:
        self.begin()
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.on("Network.requestWillBeSent", self._ask)
        line.on("Network.loadingFinished", self._add)

    def begin(self) -> None:
        """Begin a page: what the last one had asked for and still comes in is not weighed."""
        self.weight = 0
        self._asked: set[str] = set()

    def _ask(self, told: dict[str, Any]) -> None:
        self._asked.add(told["requestId"])

    def _add(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self._asked:
            self.weight += int(told["encodedDataLength"])


def crawl(page: "Page", starts: list[str]) -> Iterator[Seen]:
    """Yield every kind of page that can be reached by links, the starting ones first."""
    scale, waiting, known = Scale(page), deque(starts), set(starts)
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        kind = _ANY.sub("*", address.partition("=")[0])
        kinds[kind] += 1
        if kinds[kind] > _OF_A_KIND:
            continue
        yield _look(page, scale, address)
        fresh = [link for link in _links(page) if link not in known]
        waiting.extend(fresh)
        known.update(fresh)


def _look(page: "Page", scale: Scale, address: str) -> Seen:
    scale.begin()
    answer = page.goto(address)
    assert answer is not None
    # The last script has run when it has marked the page.
    expect(page.locator("body.js-enabled")).to_have_count(1)
    return Seen(
        address=urlsplit(page.url).path,
        status=answer.status,
        title=page.title(),
        language=page.locator("html").get_attribute("lang") or "",
        headings=page.locator("h1").count(),
        text=page.locator("body").inner_text(),
        too_wide=tuple(width for width in WIDTHS if _scrolls(page, width)),
        weight=scale.weight,
    )


def _scrolls(page: "Page", width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 844})
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide > width


def _links(page: "Page") -> list[str]:
    found = page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    here = urlsplit(page.url)
    parts = [urlsplit(urljoin(page.url, link)) for link in found]
    return [
        one.path + (f"?{one.query}" if one.query else "")
        for one in parts
        if one.netloc == here.netloc and one.path not in _LEAVES and "bahasa=" not in one.query
    ]
