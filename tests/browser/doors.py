"""How a test gets in: the sign-ins that the demo printed, and a browser for each person."""

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyotp

from tests.support.live import Live

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

HEIGHT = 844
PARTNERS = {"dokter", "kanit", "psikolog-a", "psikolog-b", "advokat", "rumah-aman"}
_PRINTED = re.compile(r"^  (\S+)\s+((?:[0-9a-f]{6}-?){3})  ([A-Z2-7]{32})", re.MULTILINE)
_STEP = 30


@dataclass
class Device:
    """A person's password and authenticator. A code is good once, the next one a little early."""

    password: str
    secret: str
    last: int = 0

    def code(self) -> str:
        """The next code that the door takes; waits when both of this half minute are used."""
        step = max(self.last + 1, int(time.time()) // _STEP)
        while step > int(time.time()) // _STEP + 1:
            time.sleep(0.2)
        self.last = step
        return pyotp.TOTP(self.secret).at(step * _STEP)


def devices(live: Live) -> dict[str, Device]:
    """The devices of everybody, as the demo printed them."""
    return {who: Device(word, key) for who, word, key in _PRINTED.findall(live.output())}


@dataclass
class Doors:
    """Signs people in through the real pages, once each, and notes what their browsers say."""

    browser: "Browser"
    url: str
    devices: dict[str, Device]
    kept: dict[str, Any] = field(default_factory=dict)
    opened: list["BrowserContext"] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def signed_in(self, who: str, *, width: int = 390, javascript: bool = True) -> "Page":
        """A new browser in which this person is signed in, on the first page of the front."""
        if who not in self.kept:
            page = self.outside(width=width)
            self.walk_in(page, who)
            self.kept[who] = page.context.storage_state()
            page.context.close()
        page = self.outside(width=width, javascript=javascript, storage_state=self.kept[who])
        page.goto(_home(who))
        return page

    def signed_in_anew(self, who: str, *, width: int = 390, javascript: bool = True) -> "Page":
        """The same with a session of its own, which a test may end."""
        page = self.outside(width=width, javascript=javascript)
        self.walk_in(page, who)
        return page

    def outside(self, *, width: int = 390, javascript: bool = True, **more: Any) -> "Page":
        """A browser in which nobody is signed in."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            locale="id-ID",
            timezone_id="Asia/Makassar",
            **more,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        self._listen(page)
        self.opened.append(context)
        return page

    def walk_in(self, page: "Page", who: str) -> None:
        """Sign in with password and code, from the first page of the front."""
        device = self.devices[who]
        page.goto(_home(who))
        page.get_by_label("Nama masuk").fill(who)
        page.get_by_label("Kata sandi", exact=True).fill(device.password)
        page.get_by_role("button", name="Lanjut", exact=True).click()
        page.get_by_label("Kode enam angka").fill(device.code())
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/auth/"))

    def close(self) -> None:
        """Close every browser that a test has opened."""
        while self.opened:
            self.opened.pop().close()

    def _listen(self, page: "Page") -> None:
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._see(request.url))

    def _hear(self, kind: str, text: str) -> None:
        # A form with errors is answered with 422, which Chromium writes down as well.
        if kind in ("error", "warning") and "status of 422" not in text:
            self.complaints.append(text)

    def _see(self, url: str) -> None:
        if not url.startswith((self.url, "data:")):
            self.complaints.append(f"asked another origin: {url}")


def _home(who: str) -> str:
    return "/mitra/tugas" if who in PARTNERS else "/"
