"""How a journey touches a page: with a pointer, or with the keyboard alone. The journey does not know which."""

import base64
import hmac
import re
import struct
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright
from tests import counts
from tests.patience import PATIENCE_SECONDS

CHROMIUM = "/usr/bin/chromium-headless-shell"
OFF = [
    "AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning", "WebUIOmniboxAimPopup", "WebUIOmniboxPopup",
]  # fmt: skip
"""What Playwright turns off, for a list of ours stands instead of its own; and two pages that the address bar draws
in each new window, which nobody sees here."""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", f"--disable-features={','.join(OFF)}",
]  # fmt: skip
MOST_TABS = 400
STOPS_ON_THE_WAY = """wanted => {
  const seen = new Set(), stops = [...document.querySelectorAll("a[href], button, input, select, summary, textarea")]
    .filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility())
    .filter(one => one.type !== "radio" || one === wanted || (!seen.has(one.name) && seen.add(one.name)))
  const here = stops.indexOf(document.activeElement), there = stops.indexOf(wanted), all = stops.length
  const onwards = there > here ? there - here - 1 : there + all - here - 1
  const back = here > there ? here - there - 1 : here + all - there
  return [Math.max(0, onwards), here < 0 ? all : Math.max(0, back)]
}"""
"""How many stops there are at least between where the keyboard is and what is wanted, onwards and back. Fields may have
more than one."""
TOTP_SECONDS = 30


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


class Hand:
    """One person at one browser."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("domcontentloaded", lambda _: counts.add("pages drawn"))

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.base + path)

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f'main [name="{name}"]:visible').fill(text)

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f'main [name="{name}"][value="{value}"]').check()

    def select(self, name: str, label: str) -> None:
        """Choose from a list the entry whose text holds `label`."""
        box = self.page.locator(f'main select[name="{name}"]')
        value = box.locator("option", has_text=re.compile(re.escape(label))).first.get_attribute("value")
        box.select_option(value)

    def tick(self, name: str, *, on: bool = True) -> None:
        self.check(self.page.locator(f'main [type="checkbox"][name="{name}"]').first, on=on)

    def check(self, box: Locator, *, on: bool = True) -> None:
        box.set_checked(on)

    def press(self, selector: str) -> None:
        """Press the first button or link that `selector` finds, and wait for the page that follows."""
        self._press(self.page.locator(selector).first)

    def _press(self, target: Locator) -> None:
        with self.page.expect_navigation():
            target.click()

    def submit(self) -> None:
        """Send the form of the page's main part."""
        self.press("main form:not(.languages) button.button:not([data-kind=plain])")

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()


class KeyboardHand(Hand):
    """The same by keyboard alone: Tab to get there, Space, Enter, arrows and letters to act."""

    def _focus(self, target: Locator, *, either_way: bool = True) -> None:
        """Tab, or Shift and Tab where that is shorter. What has more than one stop is entered from its beginning."""
        wanted = target.element_handle()
        onwards, back = self.page.evaluate(STOPS_ON_THE_WAY, wanted)
        key, stops = ("Shift+Tab", back) if either_way and back < onwards else ("Tab", onwards)
        for _ in range(stops):
            self.page.keyboard.press(key)
        for _ in range(MOST_TABS):
            if self.page.evaluate("wanted => document.activeElement === wanted", wanted):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not get to {target}")

    def fill(self, name: str, text: str) -> None:
        field = self.page.locator(f'main [name="{name}"]:visible').first
        kind = field.get_attribute("type") or ""
        self._focus(field, either_way=kind not in {"date", "time"})
        if kind == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
        elif kind == "time":
            hour, minute = map(int, text.split(":"))
            self.page.keyboard.type(f"{(hour - 1) % 12 + 1:02}{minute:02}{'AM' if hour < 12 else 'PM'}")
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)
        assert field.input_value() == text

    def choose(self, name: str, value: str) -> None:
        """A group of radio buttons is one stop; the arrows choose in it."""
        group = self.page.locator(f'main [name="{name}"]')
        stop = self.page.locator(f'main [name="{name}"]:checked')
        self._focus(stop.first if stop.count() else group.first, either_way=False)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if self.page.locator(f'main [name="{name}"][value="{value}"]').is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not get to {value}")

    def select(self, name: str, label: str) -> None:
        box = self.page.locator(f'main select[name="{name}"]')
        self._focus(box)
        options = box.locator("option").all_inner_texts()
        wanted = next(number for number, text in enumerate(options) if label in text)
        for _ in range(wanted):
            self.page.keyboard.press("ArrowDown")
        assert label in box.locator("option:checked").inner_text()

    def check(self, box: Locator, *, on: bool = True) -> None:
        if box.is_checked() != on:
            self._focus(box)
            self.page.keyboard.press("Space")
        assert box.is_checked() == on

    def _press(self, target: Locator) -> None:
        self._focus(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def totp(secret: str, now: float) -> str:
    """The six digits that an authenticator app shows. Source: RFC 6238."""
    counter = struct.pack(">Q", int(now // TOTP_SECONDS))
    digest = hmac.digest(base64.b32decode(secret.replace(" ", "")), counter, "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def context(browser: Browser, **options: Any) -> Any:
    one = browser.new_context(locale="en-US", **options)
    one.set_default_timeout(1000 * PATIENCE_SECONDS)
    return one
